"""After every sync both ends come to the same, and what differs is found and put right, by itself alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from field_client import home, repair, sync
from field_client.cipher import transaction
from field_client.store import acts, digests, facts, rows, saving, staging
from field_client.transport import Line
from schema import frames
from schema.change import Change
from schema.digest import entry_hash
from schema.entities import ENTITIES
from server import digests as there
from server.db import reading, writing
from server.sync.known import told_last
from server.tables import bucket
from tests.field_client.registry import Registry, serving
from tests.schema.programme import STORE_A, A, B

MANY = 300


@pytest.fixture
def registry(registry_url: str, tmp_path: Path) -> Iterator[Registry]:
    """The served registry, on both engines."""
    with serving(registry_url, tmp_path) as served:
        yield served


@pytest.fixture
def hellos(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The HELLO of each sync that was sent."""
    sent: list[dict[str, Any]] = []
    exchange = Line.exchange

    def listened(line: Line, body: bytes, path: str = "/sync/1") -> Iterator[bytes]:
        if path == "/sync/1":
            sent.append(frames.read_frame(body.splitlines()[0])[1])
        return exchange(line, body, path)

    monkeypatch.setattr(Line, "exchange", listened)
    return sent


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


def person(**values: object) -> Change:
    said = {"name": "Ibrahim Sow", "sex": "male", "birth_date": "1990-01-01", "caseload_id": A}
    return acts.create("person", {**said, **values})


def case(who: Change) -> Change:
    return acts.create("case", {"person_id": who.record, "caseload_id": A, "process": "adult"})


def save(laptop: home.Unlocked, *changes: Change) -> None:
    with laptop.opened() as db:
        saving.save(db, list(changes))


def edit(laptop: home.Unlocked, noun: str, record_id: str, **values: object) -> None:
    with laptop.opened() as db:
        changed = acts.change(db, noun, record_id, values)
        assert changed
        saving.save(db, [changed])


def told(registry: Registry) -> dict[str, tuple[int, int]]:
    """What the registry's buckets come to."""
    with registry.app.app_context(), reading() as conn:
        names = {
            row.id: frames.bucket_name(row.compartment, row.scope)
            for row in conn.execute(bucket.select())
        }
        return {names[number]: digest for number, digest in there.told(conn, names).items()}


def kept(laptop: home.Unlocked) -> dict[str, tuple[int, int]]:
    with laptop.opened() as db:
        return {name: tuple(digest) for name, digest in facts.get(db, "digests").items()}


def agrees(laptop: home.Unlocked, registry: Registry) -> bool:
    """Whether every bucket kept here comes to what it comes to there, and its kept hashes are true."""
    everywhere = told(registry)
    with laptop.opened() as db:
        readable = [
            name for name, verbs in facts.get(db, "told")["buckets"].items() if "read" in verbs
        ]
        found = digests.agreement(db)
        assert found
        true = all(map(_is_true, _hashed(db)))
    mine = {name: digest for name, digest in everywhere.items() if name in readable}
    return true and not found.unequal and kept(laptop) == mine


def _hashed(db: Database) -> Iterator[tuple[int | None, str, rows.Row]]:
    for entity in ENTITIES:
        for row in rows.select(db, f'SELECT * FROM "{entity.noun}"'):
            yield row["entry_hash"], entity.noun, rows.understood(entity.noun, row)


def _is_true(one: tuple[int | None, str, rows.Row]) -> bool:
    hashed, noun, row = one
    return hashed is None or hashed == entry_hash(rows.as_record(noun, row))


def test_both_ends_come_to_the_same_after_every_kind_of_change(registry: Registry) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "second")
    who = person(custom={"b": [1, 2.5], "a": None}, phone="+000 1")
    passage = case(who)
    gun = {"case_id": passage.record, "store_id": STORE_A, "class": "small-arm", "type": "rifle"}
    passed = {"case_id": passage.record, "gate": "registered", "date": "2026-10-01"}
    save(awa, who, passage, acts.create("weapon", gun), acts.create("gate_event", passed))
    for laptop in (awa, other):
        sync.run(laptop)
        assert agrees(laptop, registry)
    edit(awa, "person", who.record, phone=None, name="Ibrahim Sów")
    edit(other, "person", who.record, name="Ibrahima Sow")
    registry.write(
        Change(
            "create",
            "area",
            "01940000-0000-7000-8000-0000000000d7",
            {"pcode": "X", "name": "X", "level": 0, "shoe": 4.5},
        )
    )
    for laptop in (awa, other, awa):
        sync.run(laptop)
        assert agrees(laptop, registry)
    registry.write(Change("set", "case", passage.record, {"caseload_id": B}))
    for laptop in (awa, other):
        sync.run(laptop)
        assert agrees(laptop, registry)
        assert f"case:{A}" not in kept(laptop)


def test_what_lies_on_top_is_not_added_up(registry: Registry) -> None:
    awa, other = registry.laptop("awa"), registry.laptop("awa", "second")
    who = person()
    save(awa, who, case(who))
    sync.run(awa)
    sync.run(other)
    edit(other, "person", who.record, phone="+000 2")
    with other.opened() as db:
        before = digests.agreement(db)
        shown = rows.fetch(db, "person", who.record)
        assert shown
        assert shown["phone"] == "+000 2"
    registry.write(Change("set", "person", who.record, {"alias": "Bah"}))
    sync.run(other)
    assert before
    assert agrees(other, registry)


def test_a_sync_with_nothing_to_say_is_one_word_and_one_round_trip(
    registry: Registry, hellos: list[dict[str, Any]]
) -> None:
    awa = registry.laptop("awa")
    registry.write(Change("set", "caseload", B, {"name": "Other"}))
    sync.run(awa)
    hellos.clear()
    done = sync.run(awa)
    [hello] = hellos
    assert (done.round_trips, done.fetched, done.unequal) == (1, 0, 0)
    assert hello["known"]
    assert not {"cursors", "whole", "epoch", "epoch_id", "base"} & hello.keys()


def test_a_registry_that_forgot_the_word_asks_in_the_same_sync(
    registry: Registry, hellos: list[dict[str, Any]]
) -> None:
    awa = registry.laptop("awa")
    with registry.app.app_context(), writing() as conn:
        conn.execute(told_last.update().values(word="0" * 16))
    save(awa, person())
    hellos.clear()
    done = sync.run(awa)
    assert (done.sent, done.round_trips) == (1, 2)
    assert ["cursors" in hello for hello in hellos] == [False, True]
    assert agrees(awa, registry)
    assert sync.run(awa).round_trips == 1


@pytest.mark.repairs
def test_what_differs_is_found_and_only_that_is_fetched(
    registry: Registry, hellos: list[dict[str, Any]], repaired: list[str]
) -> None:
    awa = registry.laptop("awa")
    people = [person(name=f"Person {n}") for n in range(MANY)]
    save(awa, *people)
    sync.run(awa)
    gone, altered, surplus = people[3], people[5], "01940000-0000-7000-8000-0000000000a9"
    with awa.opened() as db, transaction(db):
        db.execute("DELETE FROM person WHERE id = ?", (gone.record,))
        db.execute(
            "UPDATE person SET name = 'X', entry_hash = NULL WHERE id = ?", (altered.record,)
        )
        rows.lay(db, "person", {**_row(db, people[7].record), "id": surplus})
    registry.write(Change("set", "person", people[9].record, {"alias": "Bah"}))
    done = sync.run(awa)
    assert (done.unequal, repaired) == (1, [f"case:{A}"])
    assert sorted(hellos[-1]["want"][f"case:{A}"]["person"]) == sorted(
        [gone.record, altered.record, surplus]
    )
    assert agrees(awa, registry)
    with awa.opened() as db:
        assert _row(db, altered.record)["name"] == "Person 5"
        assert rows.fetch(db, "person", surplus) is None
    assert sync.run(awa).round_trips == 1
    with registry.app.app_context(), reading() as conn:
        assert conn.execute(told_last.select()).one().differed == 1


def _row(db: Database, record_id: str) -> rows.Row:
    found = rows.fetch(db, "person", record_id)
    assert found
    return found


@pytest.mark.repairs
def test_a_repair_keeps_what_lies_on_top(registry: Registry) -> None:
    awa = registry.laptop("awa")
    who, other = person(), person(name="Other")
    save(awa, who, other)
    sync.run(awa)
    with awa.opened() as db:
        db.execute("UPDATE person SET name = 'X', entry_hash = NULL WHERE id = ?", (who.record,))
        with transaction(db):
            mine = repair.entries(db, [f"case:{A}"])[f"case:{A}"]
        facts.put(db, known=None)
    edit(awa, "person", who.record, phone="+000 3")
    sync.run(awa)
    stored = registry.row("person", who.record)
    assert stored
    assert (stored["name"], stored["phone"]) == ("Ibrahim Sow", "+000 3")
    assert len(mine) == 2
    assert agrees(awa, registry)


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
        row = _row(db, who.record)
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
    monkeypatch.setattr(sync, "BUDGET", 2)
    assert sync.run(other).round_trips > 1
    assert agrees(other, registry)
    with other.opened() as db:
        row = _row(db, people[0].record)
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
        assert _row(db, who.record)["extra"] == {"shoe_size": 42, "hat": 7}
