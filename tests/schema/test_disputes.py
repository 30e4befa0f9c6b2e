"""Two values for one field: kept side by side until a person chooses."""

import pytest

from schema.change import Change
from tests.schema.programme import A, Programme, case, ident, person, write


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case in caseload A."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    return made


def row(programme: Programme, entity: str, name: str):
    return programme.rows[entity, ident(name)]


def test_the_same_field_is_disputed_and_the_first_stays_in_force(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    judged = programme.arrive(
        "awa", write("person", "Abel", {"name": "Abel"}, name="Abil"), base=base
    )
    assert judged.outcome == "disputed"
    assert row(programme, "person", "Abel").get("name") == "Abul"
    [dispute] = programme.disputes()
    assert dispute.get("side") == {"name": "Abil"}
    assert dispute.get("inforce") == {"name": "Abul"}
    assert dispute.bucket == ("case", A)


def test_the_same_value_twice_is_no_dispute(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    assert (
        programme.arrive("awa", write("person", "Abel", name="Abul"), base=base).outcome
        == "applied"
    )
    assert not programme.disputes()


def test_date_and_precision_dispute_as_one_value(programme):
    base = programme.n
    born = {"birth_date": "1990-05-01", "birth_date_precision": "day"}
    programme.arrive("celine", write("person", "Abel", born, birth_date="1991-05-01"), base=base)
    judged = programme.arrive(
        "awa", write("person", "Abel", born, birth_date_precision="year"), base=base
    )
    assert judged.outcome == "disputed"
    assert programme.disputes()[0].get("side") == {
        "birth_date": "1990-05-01",
        "birth_date_precision": "year",
        "birth_date_told": None,
    }


def test_a_later_edit_of_ones_own_side_replaces_it(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    programme.arrive("awa", write("person", "Abel", name="Abil"), base=base)
    programme.arrive("awa", write("person", "Abel", {"name": "Abil"}, name="Abyl"), base=base, n=2)
    assert [dispute.get("side") for dispute in programme.disputes()] == [{"name": "Abyl"}]


def test_saying_what_is_in_force_gives_ones_own_side_up(programme):
    disputed(programme)
    [dispute] = programme.disputes()
    judged = programme.arrive("awa", write("person", "Abel", {"name": "Abil"}, name="Abul"), n=2)
    assert (judged.outcome, programme.disputes()) == ("applied", [])
    closed = programme.rows["dispute", dispute.id]
    said = [closed.get(name) for name in ("state", "value", "side", "settled_by")]
    assert said == ["settled", {"name": "Abul"}, {"name": "Abil"}, "awa"]


def test_saying_what_is_in_force_leaves_the_side_of_somebody_else(programme):
    disputed(programme)
    judged = programme.arrive("celine", write("person", "Abel", name="Abul"), n=3)
    assert not judged.changed
    assert [dispute.get("side") for dispute in programme.disputes()] == [{"name": "Abil"}]


def test_a_second_offline_edit_of_one_laptop_has_seen_the_first(programme):
    base = programme.n
    programme.arrive("awa", write("person", "Abel", {"name": "Abel"}, name="Abil"), base=base)
    judged = programme.arrive(
        "awa", write("person", "Abel", {"name": "other"}, name="Abyl"), base=base, n=2
    )
    assert judged.outcome != "disputed"
    assert row(programme, "person", "Abel").get("name") == "Abyl"


def settle(programme: Programme, value: str, inforce: str, side: str) -> Change:
    [dispute] = programme.disputes()
    said = {
        "value": {"name": value},
        "inforce": {"name": inforce},
        "side": {"name": side},
        "reason": "asked",
    }
    return Change("settle", "dispute", dispute.id, said)


def disputed(programme: Programme) -> None:
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    programme.arrive("awa", write("person", "Abel", name="Abil"), base=base)


def test_settling_puts_the_chosen_value_in_force(programme):
    disputed(programme)
    programme.arrive("celine", settle(programme, "Abil", "Abul", "Abil"))
    assert row(programme, "person", "Abel").get("name") == "Abil"
    assert not programme.disputes()


def test_a_settlement_of_what_has_changed_since_closes_nothing(programme):
    disputed(programme)
    act = settle(programme, "Abil", "Abul", "Abil")
    programme.arrive("celine", write("person", "Abel", name="Abal"))
    programme.arrive("awa", act, n=5)
    assert row(programme, "person", "Abel").get("name") == "Abal"
    assert {d.get("side")["name"] for d in programme.disputes()} == {"Abil"}


def test_settled_twice_differently_the_first_stands_and_the_second_is_a_new_dispute(programme):
    disputed(programme)
    first = settle(programme, "Abul", "Abul", "Abil")
    second = settle(programme, "Abil", "Abul", "Abil")
    programme.arrive("celine", first)
    programme.arrive("awa", second, n=7)
    assert row(programme, "person", "Abel").get("name") == "Abul"
    assert [d.get("side") for d in programme.disputes()] == [{"name": "Abil"}]


def test_a_stranger_settles_nothing(programme):
    disputed(programme)
    assert (
        programme.judge("bakary", settle(programme, "Abil", "Abul", "Abil")).held.reason
        == "not-allowed"
    )
