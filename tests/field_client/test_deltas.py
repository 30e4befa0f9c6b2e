"""Of a record that a laptop holds it is told only what was written since, and comes to the same."""

from typing import Any

import pytest
from sqlite_utils import Database

from field_client import budget, sync
from field_client.store import acts, staging
from schema.change import Change
from tests.field_client.agreeing import MANY, agrees, case, edit, person, person_row, save
from tests.field_client.registry import Registry


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The tables of each page that came."""
    came: list[dict[str, Any]] = []
    page = staging.page

    def listened(db: Database, line: bytes, said: dict[str, Any]) -> None:
        came.extend(said["tables"])
        page(db, line, said)

    monkeypatch.setattr(staging, "page", listened)
    return came


def test_of_a_record_that_is_here_only_what_was_written_since_is_told(
    registry: Registry, tables: list[dict[str, Any]]
) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "second")
    who = person(phone="+000 1", alias="Bah", custom={"a": 1})
    passage = case(who)
    save(awa, who, passage)
    for laptop in (awa, other):
        sync.run(laptop)
    passed = {"case_id": passage.record, "gate": "registered", "date": "2026-10-01"}
    edit(awa, "person", who.record, phone=None, name="Ibrahima Sow", custom={"a": 1, "b": 2})
    save(awa, acts.create("gate_event", passed))
    sync.run(awa)
    tables.clear()
    sync.run(other)
    told = {table["entity"]: table for table in tables}
    assert {noun for noun, table in told.items() if table.get("delta")} == {"person", "case"}
    assert sorted(told["person"]["columns"]) == ["custom", "id", "name", "ver"]
    assert told["person"]["cleared"] == {"phone": [0]}
    assert sorted(told["case"]["columns"]) == ["gate", "id", "ver"]
    assert agrees(other, registry)
    with other.opened() as db:
        row = person_row(db, who.record)
        assert (row["name"], row["phone"], row["alias"]) == ("Ibrahima Sow", None, "Bah")


def test_what_is_told_since_is_since_the_rows_that_are_here_not_since_the_last_page(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "second")
    people = [person(name=f"Person {n}") for n in range(MANY)]
    save(awa, *people)
    sync.run(awa)
    sync.run(other)
    for n in range(MANY):
        edit(awa, "person", people[n].record, alias=f"Alias {n}")
    edit(awa, "person", people[0].record, phone="+000 9")
    sync.run(awa)
    monkeypatch.setattr(budget, "asked", lambda db: 2)
    assert sync.run(other).round_trips > 1
    assert agrees(other, registry)
    with other.opened() as db:
        row = person_row(db, people[0].record)
        assert (row["alias"], row["phone"]) == ("Alias 0", "+000 9")


def test_a_field_that_this_version_does_not_know_is_kept_under_what_is_told(
    registry: Registry,
) -> None:
    awa = registry.laptop("awa")
    who = person()
    save(awa, who)
    sync.run(awa)
    registry.write(Change("set", "person", who.record, {"shoe_size": 42}))
    sync.run(awa)
    registry.write(Change("set", "person", who.record, {"hat": 7, "phone": "+000 4"}))
    sync.run(awa)
    assert agrees(awa, registry)
    with awa.opened() as db:
        assert person_row(db, who.record)["extra"] == {"shoe_size": 42, "hat": 7}
