"""What a client of one's own could send: settlements, ids, bases and fields that no form would make."""

import pytest

from schema.change import Change
from tests.schema.conference import agreed
from tests.schema.programme import A, B, Programme, case, create, ident, person, service, write
from tests.schema.test_disputes import settle

LATER = 1 << 50


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case and a lesson in caseload A."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"))
    return made


def row(programme: Programme, entity: str, name: str):
    return programme.rows[entity, ident(name)]


def disputed(programme: Programme, noun: str, name: str, field: str, *values: object) -> None:
    """Two laptops say different things at once."""
    base = programme.n
    for who, value in zip(("awa", "celine"), values, strict=True):
        programme.arrive(who, write(noun, name, **{field: value}), base=base)


def choice(programme: Programme, value, **more) -> Change:
    """The settlement that chooses this value, whatever was in dispute."""
    [dispute] = programme.disputes()
    record = programme.rows[dispute.get("entity"), dispute.get("record_id")]
    side = dispute.get("side")
    inforce = {name: record.get(name) for name in side}
    said = {"value": {**side, next(iter(side)): value}, "inforce": inforce, "side": side}
    return Change("settle", "dispute", dispute.id, {**said, **more})


def test_a_settlement_moves_nothing_where_its_author_may_not_create(programme):
    base = programme.n
    programme.arrive("celine", write("case", "case of Abel", caseload_id=B), base=base)
    programme.arrive("celine", write("case", "case of Abel", caseload_id=A))
    programme.arrive("celine", create("caseload", "C"))
    programme.arrive("celine", write("case", "case of Abel", caseload_id=ident("C")), base=base)
    assert programme.judge("awa", choice(programme, ident("C"))).held.reason == "not-allowed"


def test_a_settlement_names_only_what_is_there(programme):
    programme.arrive("celine", create("organisation", "one"), create("organisation", "two"))
    disputed(programme, "service", "lesson", "provider_id", ident("one"), ident("two"))
    held = programme.judge("awa", choice(programme, ident("nobody"))).held
    assert (held.reason, held.missing) == ("unknown-reference", (ident("nobody"),))


def test_a_settlement_does_not_decide_on_age_for_who_may_not(programme):
    young = {"birth_date": "2009-01-01", "birth_date_precision": "day"}
    programme.arrive("awa", person("Idris", **young), case("Idris"))
    agreed(programme, "Idris")
    base = programme.n
    for decision in ("adult", "child"):
        programme.arrive(
            "esther",
            write("person", "Idris", age_decision=decision, age_decision_reason="Heard"),
            base=base,
        )
    assert row(programme, "person", "Idris").bucket == ("case", A)
    assert programme.judge("awa", choice(programme, "child")).held.reason == "age-decision"


def test_a_reason_is_words(programme):
    disputed(programme, "person", "Abel", "name", "Abil", "Abul")
    held = programme.judge("awa", choice(programme, "Abil", reason=["no", "words"])).held
    assert (held.reason, list(held.fields)) == ("invalid", ["reason"])


def test_nobody_else_takes_a_decision_on_age_back(programme):
    young = {"birth_date": "2009-01-01", "birth_date_precision": "day"}
    programme.arrive("awa", person("Idris", **young), case("Idris"))
    agreed(programme, "Idris")
    programme.arrive(
        "esther", write("person", "Idris", age_decision="adult", age_decision_reason="Heard")
    )
    held = programme.judge("awa", write("person", "Idris", age_decision=None)).held
    assert held.reason == "age-decision"


def test_a_base_that_was_never_given_overwrites_nothing(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    judged = programme.judge("awa", write("person", "Abel", name="Abil"), base=-1)
    assert judged.outcome == "disputed"


def test_bases_reach_no_further_than_the_unit_s_own(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    forged = Change("set", "person", ident("Abel"), {"name": "Abil"}, {}, {"name": LATER})
    assert programme.judge("awa", forged, base=base).outcome == "disputed"


def test_an_id_used_again_by_another_noun_gets_hold_of_no_dispute(programme):
    disputed(programme, "person", "Abel", "name", "Abil", "Abul")
    programme.arrive("bakary", person("Boubou", caseload_id=B), case("Boubou", caseload_id=B))
    programme.arrive("bakary", service("Abel", of="Boubou"))
    programme.arrive("celine", write("case", "case of Boubou", caseload_id=A))
    programme.arrive("celine", write("case", "case of Boubou", caseload_id=B))
    assert row(programme, "service", "Abel").bucket == ("case", B)
    assert programme.disputes()[0].bucket == ("case", A)


def test_a_unit_that_disputes_two_records_of_one_id_opens_two_disputes(programme):
    programme.arrive("awa", service("Abel", of="Abel"))
    base = programme.n
    for who, value in (("celine", "one"), ("awa", "other")):
        said = {"custom": {"note": value}}
        programme.arrive(
            who, write("person", "Abel", **said), write("service", "Abel", **said), base=base, n=2
        )
    assert sorted(d.get("entity") for d in programme.disputes()) == ["person", "service"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"hiv_status": "x"},
        {"custom": {"notes": {"HIV": "x"}}},
        {"custom": [{"Vetting evidence": 1}]},
    ],
)
def test_a_forbidden_field_is_held_wherever_it_hides(programme, hidden):
    held = programme.judge("awa", write("person", "Abel", **hidden)).held
    assert held.reason == "no-forbidden-field"


def test_a_settlement_of_another_field_is_held(programme):
    disputed(programme, "person", "Abel", "name", "Abil", "Abul")
    act = settle(programme, "Abil", "Abil", "Abul")
    other = Change("settle", "dispute", act.record, {**act.values, "value": {"alias": "x"}})
    assert programme.judge("awa", other).held.reason == "invalid"
