"""A synthetic programme is the same each time, of all kinds of people, and written like any other."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest
import sqlalchemy as sa
from flask import Flask

from schema.change import Change
from schema.dates import may_be_child
from server.db import reading
from server.seeding import people
from server.seeding.dice import TODAY
from server.seeding.sowing import Sown, sow
from server.tables import table_of
from server.verify import verify

MANY = 400
FIRST_ID = "018cc251-f400-7768-8366-5adc38647853"
FIRST_NUMBER, FIRST_NAME = "M1BG2-Q2G7Y4", "Lazare Vallée"


@pytest.fixture(scope="module")
def said() -> list[people.Said]:
    return list(chain.from_iterable(people.said_of(7, place) for place in range(MANY)))


@pytest.fixture
def sown(app: Flask) -> Iterator[Sown]:
    with app.app_context():
        yield sow(120, 7)


def written(said: list[people.Said], noun: str) -> list[dict[str, object]]:
    changes = chain.from_iterable(one.unit.changes for one in said)
    return [dict(c.values) for c in changes if c.entity == noun and c.verb == "create"]


def count(noun: str, *where: sa.ColumnElement[bool]) -> int:
    with reading() as conn:
        query = sa.select(sa.func.count()).select_from(table_of(noun)).where(*where)
        return int(conn.execute(query).scalar() or 0)


def test_the_same_numbers_give_the_same_people(said: list[people.Said]) -> None:
    again = list(chain.from_iterable(people.said_of(7, place) for place in range(MANY)))
    assert [one.unit.as_text() for one in again] == [one.unit.as_text() for one in said]
    assert next(people.said_of(8, 0)).unit.as_text() != said[0].unit.as_text()


def test_the_programme_is_fixed_to_the_letter(said: list[people.Said]) -> None:
    """Whoever changes how people are made changes everybody's demo: say so in the changelog."""
    person = said[0].unit.changes[0]
    assert (person.record, person.values["number"], person.values["name"]) == (
        FIRST_ID,
        FIRST_NUMBER,
        FIRST_NAME,
    )


def test_there_are_all_kinds_of_people(said: list[people.Said]) -> None:
    persons = written(said, "person")
    ages = [TODAY.year - int(str(p["birth_date"])[:4]) for p in persons if p.get("birth_date")]
    assert {"male", "female"} <= {p["sex"] for p in persons}
    assert {p["language"] for p in persons} == {"fra", "ara", "spa", "eng"}
    assert min(ages) < 15
    assert max(ages) > 60
    assert any("given_name" not in p for p in persons)
    assert any(ord(str(p["name"])[0]) > 0x600 for p in persons)
    assert any("birth_date" not in p for p in persons)
    assert {w["case_id"] for w in written(said, "weapon")} < {_case(o) for o in said}


def test_some_women_carry_no_weapon_and_no_child_does(said: list[people.Said]) -> None:
    armed = {w["case_id"] for w in written(said, "weapon")}
    sexes = {_case(one): one.unit.changes[0].values for one in said if _case(one)}
    women = [case for case, person in sexes.items() if person["sex"] == "female"]
    assert 0 < len([case for case in women if case in armed]) < len(women) / 2
    processes = {_case(one): one.unit.changes[1].values["process"] for one in said if _case(one)}
    assert {processes[case] for case in armed} == {"adult"}
    assert {p for c, p in processes.items() if _may_be_child(sexes[c])} == {"child"}


def test_some_visits_are_late_and_none_was_made_ahead(said: list[people.Said]) -> None:
    visits = written(said, "follow_up")
    today = TODAY.isoformat()
    assert any(v["due_date"] < today and "done_date" not in v for v in visits)
    assert any(v["due_date"] > today for v in visits)
    assert all(v.get("done_date", "") <= today for v in visits)


def test_what_is_sown_is_in_force_and_the_registry_agrees_with_itself(sown: Sown) -> None:
    assert set(sown.outcomes) == {"applied", "disputed"}
    assert count("person") == 120
    assert count("case", table_of("case").c.gate.is_not(None)) == 120
    assert count("person", table_of("person").c.compartment == "child") > 0
    with reading() as conn:
        assert verify(conn).faults == 0


def test_sown_twice_it_adds_nothing_and_a_longer_one_adds_the_rest(sown: Sown) -> None:
    before = {noun: count(noun) for noun in ("person", "gate_event", "dispute", "area")}
    again = sow(120, 7)
    assert again.records.total() == 0
    assert {noun: count(noun) for noun in before} == before
    assert sow(130, 7).records["person"] == 10
    assert count("person") == 130


def test_there_is_something_to_settle_and_something_to_look_at(sown: Sown) -> None:
    sow(300, 7)
    assert count("dispute", table_of("dispute").c.state == "open") > 0
    assert count("flag") > 0


def _case(one: people.Said) -> str:
    change: Change = one.unit.changes[-1] if len(one.unit.changes) == 1 else one.unit.changes[1]
    return change.record if change.entity == "case" else ""


def _may_be_child(person: dict[str, str]) -> bool:
    on: date = TODAY
    doubt = person.get("may_be_under_18")
    return bool(doubt) or may_be_child(
        person.get("birth_date"), person.get("birth_date_precision"), on
    )
