"""After every sync both ends come to the same, and what differs is found and put right, by itself alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from field_client import repair, sync
from field_client.cipher import transaction
from field_client.store import acts, digests, facts, rewriting, rows
from field_client.transport import Line
from schema import frames
from schema.change import Change
from server.db import reading, writing
from server.sync.known import told_last
from tests.field_client.agreeing import MANY, agrees, case, edit, kept, person, person_row, save
from tests.field_client.registry import Registry
from tests.schema.programme import STORE_A, A, B


@pytest.fixture
def hellos(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The HELLO of each sync that was sent."""
    sent: list[dict[str, Any]] = []
    exchange = Line.exchange

    def listened(line: Line, body: bytes, path: str = "/sync/1", **how: Any) -> Iterator[Any]:
        if path == "/sync/1":
            sent.append(frames.read_frame(body.splitlines()[0])[1])
        return exchange(line, body, path, **how)

    monkeypatch.setattr(Line, "exchange", listened)
    return sent


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
        rewriting.lay(db, "person", {**person_row(db, people[7].record), "id": surplus})
    registry.write(Change("set", "person", people[9].record, {"alias": "Bah"}))
    done = sync.run(awa)
    assert (done.unequal, repaired) == (1, [f"case:{A}"])
    assert sorted(hellos[-1]["want"][f"case:{A}"]["person"]) == sorted(
        [gone.record, altered.record, surplus]
    )
    assert agrees(awa, registry)
    with awa.opened() as db:
        assert person_row(db, altered.record)["name"] == "Person 5"
        assert rows.fetch(db, "person", surplus) is None
    assert sync.run(awa).round_trips == 1
    with registry.app.app_context(), reading() as conn:
        assert conn.execute(told_last.select()).one().differed == 1


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
