"""Somebody is found to be a child late: sealed, settled, moved, and nobody is told."""

from datetime import date

import pytest

from schema.clocks import BY_NAME, due
from schema.policy import COMPARTMENTS, EVERYWHERE, POLICY, SEALED, Grant, Sight
from schema.record import Working
from tests.schema.conference import agreed, opinion, proposal
from tests.schema.programme import CAST, A, Programme, case, create, ident, person, service, write

CASE = {"case_id": ident("case of Abel")}
YOUNG = {"birth_date": "2010-01-01", "birth_date_precision": "day"}
MONEY = {
    "fatou": (Grant("payment-officer", A),),
    "george": (Grant("payment-officer", A),),
    "issa": (Grant("site-supervisor", A),),
    "jonas": (Grant("site-supervisor", A),),
    "kadi": (Grant("case-worker", A),),
}
MILITARY = ("background", "background_check", "criterion_check")


@pytest.fixture
def programme(monkeypatch) -> Programme:
    """Abel was taken for an adult: asked about an armed group, screened, and paid once."""
    for name, grants in MONEY.items():
        monkeypatch.setitem(CAST, name, grants)
    made = Programme()
    made.arrive("celine", create("package", "P1", code="P1", name="P", state="draft"))
    made.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"), screened())
    for who, change in (*asked(), *paid()):
        held = made.arrive(who, change).held
        assert held is None, (change, held)
    return made


def screened():
    said = {**CASE, "gate": "screened", "date": "2026-11-01", "reason": "eligible"}
    return create("gate_event", "screened", **said)


def asked():
    """(who, what) of what nobody asks a child."""
    group = {"armed_group_id": ident("group"), "role": "cook"}
    yield "kadi", create("background", "background", **CASE, **group)
    running = {"status": "running", "authority": "…", "date": "2026-11-01"}
    yield "hawa", create("background_check", "background_check", **CASE, **running)


def paid():
    """(who, what) of one instalment that was paid and one that was not."""
    said = {**CASE, "package_id": ident("P1"), "counts_from": "2026-11-02"}
    yield "fatou", create("entitlement", "entitlement", **said)
    for number in (1, 2):
        said = {"entitlement_id": ident("entitlement"), "number": number, "currency": "XOF"}
        said |= {"due_date": "2026-11-20", "amount": 50_000, "modality": "cash"}
        yield "fatou", create("instalment", f"instalment {number}", **said)
    for who in ("issa", "jonas"):
        yield who, event("authorised", 1, f"by {who}")
    yield "george", event("paid", 1, payee_check="card", receipt="R-1")


def event(what: str, number: int, name: str = "", **values: object):
    said = {"event": what, "date": "2026-11-20", "reason": "Because", **values}
    about = {"instalment_id": ident(f"instalment {number}")}
    return create("payment_event", name or f"{what} {number}", **about, **said)


@pytest.fixture
def late(programme) -> Programme:
    """Now Abel is known to be 16."""
    programme.arrive("celine", write("person", "Abel", **YOUNG))
    return programme


def compartment(programme: Programme, noun: str, name: str) -> str:
    return programme.rows[noun, ident(name)].bucket[0]


def test_everything_is_with_child_protection_and_what_was_military_with_nobody(late):
    there = (("person", "Abel"), ("case", "case of Abel"), ("service", "lesson"))
    money = (("entitlement", "entitlement"), ("instalment", "instalment 1"), PAID)
    assert {compartment(late, *key) for key in (*there, *money)} == {"child"}
    sealed = {key[0] for key, row in late.rows.items() if row.bucket[0] == SEALED}
    assert sealed == {"background", "background_check"}


PAID = ("payment_event", "paid 1")


def test_nobody_reads_what_is_sealed():
    assert SEALED in COMPARTMENTS
    everything = Sight.of(Grant(role, EVERYWHERE) for role in POLICY)
    assert not any(everything.may(verb, SEALED, A) for verb in ("read", "create", "change"))


@pytest.mark.parametrize("who", ["kadi", "celine", "esther"])
def test_and_nobody_changes_it(late, who):
    said = write("background", "background", role="fighter")
    assert late.judge(who, said).held.reason == "not-allowed"


def test_it_is_there_again_for_who_turns_out_to_be_an_adult(late):
    agreed(late, "Abel")
    decided = {"age_decision": "adult", "age_decision_reason": "Birth certificate"}
    assert late.arrive("esther", write("person", "Abel", **decided)).held is None
    assert compartment(late, "background", "background") == "background"


@pytest.mark.parametrize("what", ["authorised", "paid", "released", "returned"])
@pytest.mark.parametrize("number", [1, 2])
def test_nothing_more_is_paid_and_nothing_is_asked_back(late, what, number, monkeypatch):
    everything = (*MONEY["fatou"], *MONEY["issa"], *CAST["esther"])
    monkeypatch.setitem(CAST, "somebody", everything)
    held = late.judge("somebody", event(what, number, "another")).held
    asked_back = what in ("released", "returned")
    own = ("child-is-paid-no-more",) if asked_back else ("paid-to-the-eligible", "payment-in-order")
    assert held.reason in own


def test_what_was_paid_waits_for_a_decision_by_two(late):
    assert told(late, "child-was-paid") == [CASE["case_id"]]
    late.arrive("esther", proposal("Abel", "payments"))
    late.arrive("grace", opinion("grace", "Abel", "payments"))
    assert told(late, "child-was-paid") == [CASE["case_id"]]
    late.arrive("halima", opinion("halima", "Abel", "payments"))
    assert told(late, "child-was-paid") == []


def test_whose_pay_was_an_adults_has_nothing_to_settle(programme):
    assert told(programme, "child-was-paid") == []


def told(programme: Programme, name: str, on: date = date(2026, 11, 22)) -> list[str]:
    clock = BY_NAME[name]
    records = [r for r in programme.rows.values() if r.entity == clock.noun]
    return [one.case_id for one in due(clock, records, Working(programme), on)]


def test_turning_18_is_a_task_until_something_is_agreed_with_them(late):
    assert told(late, "turning-18", date(2027, 12, 30)) == []
    assert told(late, "turning-18", date(2028, 1, 1)) == [CASE["case_id"]]
    late.arrive("esther", create("child_event", "end", **CASE, act="ended", date="2026-11-22"))
    assert told(late, "turning-18", date(2028, 1, 1)) == []


@pytest.mark.parametrize("kind", ["spouse", "sibling"])
def test_no_answer_tells_an_officer_that_somebody_is_a_child(late, kind):
    """What names a child whom the author does not see is answered as what names nobody."""
    late.arrive("awa", person("Bintou"), case("Bintou"))
    said = {"case_id": ident("case of Bintou"), "kind": kind}
    told = [
        late.judge("awa", create("relative", "tie", **said, person_id=ident(name))).held
        for name in ("Abel", "nobody")
    ]
    assert [held.reason for held in told] == ["unknown-reference"] * 2
    assert told[0].sentence == told[1].sentence
