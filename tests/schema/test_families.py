"""Families: each in their own right; one phone or wallet for two is looked at; nobody's child shows through."""

import pytest

from schema.judge import as_form
from schema.policy import EVERYWHERE, Grant
from tests.schema.programme import CAST, B, Programme, case, create, ident, person, write

RULES = ("phone-once", "wallet-once")
YOUNG = {"birth_date": "2012-05-01"}


@pytest.fixture
def programme(monkeypatch) -> Programme:
    """Abel and Ruth of caseload A and Dina of B, each with a case of their own."""
    monkeypatch.setitem(CAST, "paying", (Grant("payment-officer", EVERYWHERE),))
    made = Programme()
    for name in ("Abel", "Ruth"):
        made.arrive("awa", person(name), case(name))
    made.arrive("bakary", person("Dina", caseload_id=B), case("Dina", caseload_id=B))
    return made


def tie(of: str, to: str, **values):
    said = {"case_id": ident(f"case of {of}"), "person_id": ident(to), "kind": "informal"}
    return create("relative", f"{of} and {to}", **{**said, **values})


def marked(programme: Programme) -> dict[str, str]:
    """Who has an open flag of these rules."""
    names = {
        ident(name): name
        for name in ("Abel", "Ruth", "Dina", "Child", "paid A", "paid A2", "paid R")
    }
    return {
        names[flag.get("record_id")]: flag.get("rule")
        for flag in programme.flags()
        if flag.get("state") == "open" and flag.get("rule") in RULES
    }


def test_a_spouse_is_a_person_with_her_own_case_and_the_tie_is_one_sided(programme):
    programme.arrive("awa", tie("Abel", "Ruth", came_alone=True))
    row = programme.rows["relative", ident("Abel and Ruth")]
    assert row.get("case_id") == ident("case of Abel")
    assert row.bucket == programme.rows["case", ident("case of Abel")].bucket
    ruth = programme.rows["case", ident("case of Ruth")]
    assert ruth.get("person_id") == ident("Ruth")
    assert programme.below("relative", ruth.id) == []


def test_a_man_may_have_several_wives_and_a_wife_of_another_scope(programme):
    programme.arrive("awa", tie("Abel", "Ruth", kind="one-of-several"))
    held = programme.judge("awa", tie("Abel", "Dina", kind="one-of-several")).held
    assert held is None


def test_nobody_is_a_relative_of_oneself(programme):
    held = programme.judge("awa", tie("Abel", "Abel")).held
    assert held.reason == "relative-is-somebody-else"


@pytest.mark.parametrize("kind", ["spouse", "one-of-several", "informal", "former"])
def test_a_child_is_nobodys_spouse_on_either_side(programme, kind, monkeypatch):
    programme.arrive("esther", person("Child", **YOUNG), case("Child", process="child"))
    monkeypatch.setitem(CAST, "both", (*CAST["celine"], *CAST["esther"]))
    for of, to in (("Abel", "Child"), ("Child", "Abel")):
        judged = programme.judge("both", tie(of, to, kind=kind))
        assert judged.held.reason == "no-child-is-a-spouse"
        assert as_form(judged).held
    unseen = programme.judge("celine", tie("Abel", "Child", kind=kind))
    assert unseen.held.reason == "unknown-reference"


def test_a_tie_goes_with_the_case_into_the_child_process(programme):
    programme.arrive("awa", tie("Abel", "Ruth", kind="sibling"))
    programme.arrive("awa", write("person", "Abel", may_be_under_18=True))
    assert programme.rows["relative", ident("Abel and Ruth")].compartment == "child"


def test_one_phone_of_two_is_looked_at_on_both_across_scopes_and_names_neither(programme):
    programme.arrive("awa", write("person", "Abel", phone="+999 55 01"))
    assert marked(programme) == {}
    programme.arrive("bakary", write("person", "Dina", phone="+999 55 01"))
    assert marked(programme) == {"Abel": "phone-once", "Dina": "phone-once"}
    flags = [flag for flag in programme.flags() if flag.get("rule") == "phone-once"]
    by_record = {flag.get("record_id"): flag for flag in flags}
    mine, other = by_record[ident("Abel")], by_record[ident("Dina")]
    assert mine.scope != other.scope
    assert ident("Dina") not in str(mine.values)
    assert ident("Abel") not in str(other.values)


def test_the_mark_goes_when_one_has_another_phone(programme):
    for name, who in (("Abel", "awa"), ("Ruth", "awa")):
        programme.arrive(who, write("person", name, phone="1"))
    programme.arrive("awa", write("person", "Ruth", {"phone": "1"}, phone="2"))
    assert marked(programme) == {}


def test_a_childs_phone_is_no_hint_on_a_grown_persons(programme):
    programme.arrive("awa", write("person", "Abel", phone="1"))
    programme.arrive("esther", person("Child", phone="1", **YOUNG), case("Child", process="child"))
    assert marked(programme) == {}


def test_one_wallet_of_two_people_is_looked_at_and_of_one_person_is_not(programme):
    for name in ("Abel", "Ruth"):
        passed = {"case_id": ident(f"case of {name}"), "gate": "screened", "reason": "eligible"}
        programme.arrive("awa", create("gate_event", f"gate {name}", **passed, date="2026-11-01"))
    named = {"code": "P2", "name": "Second", "modality": "cash", "currency": "XOF"}
    programme.arrive("celine", create("package", "P2", **named, state="draft"))
    for name, of, wallet in (("A", "Abel", "W1"), ("A2", "Abel", "W1"), ("R", "Ruth", "W2")):
        package = {"package_id": ident("P2")} if name == "A2" else {}
        said = {
            "case_id": ident(f"case of {of}"),
            "counts_from": "2026-11-01",
            "wallet": wallet,
            **package,
        }
        assert not programme.arrive("paying", create("entitlement", f"paid {name}", **said)).held
    assert marked(programme) == {}
    programme.arrive("paying", write("entitlement", "paid R", {"wallet": "W2"}, wallet="W1"))
    assert marked(programme) == dict.fromkeys(("paid A", "paid A2", "paid R"), "wallet-once")
