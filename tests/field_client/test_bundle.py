"""A stick between a laptop and a real registry: what it carries, and what it never changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_client import bundle, home, sync
from field_client.store import acts, facts, outbox, reading, states
from schema.change import Change
from schema.problems import Revoked
from server import devices
from server.actor import SYSTEM
from server.db import writing
from server.sync import bundle as desk
from tests.databases import FreshDatabase
from tests.field_client.registry import Registry, serving
from tests.field_client.test_sync import change, register, shown


@pytest.fixture
def registry(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[Registry]:
    """The served registry."""
    with serving(fresh_database("sqlite"), tmp_path) as served:
        yield served


@pytest.fixture
def awa(registry: Registry) -> home.Unlocked:
    """Awa's laptop, which has synced once."""
    return registry.laptop("awa")


def write(laptop: home.Unlocked, name: str = "up") -> Path:
    """What a laptop writes to a stick."""
    path = laptop.folder.parent / name
    bundle.write(laptop, path)
    return path


def arrive(registry: Registry, path: Path) -> tuple[desk.Accepted, Path]:
    """A stick comes to the registry: what it brought, and where the answer lies."""
    with registry.app.app_context(), path.open("rb") as file:
        done = desk.accept(file, SYSTEM)
    answer = path.with_name(f"{path.name}.reply")
    answer.write_bytes(done.reply)
    return done, answer


def where(laptop: home.Unlocked, record_id: str) -> str:
    with laptop.opened() as db:
        return states.state_of(db, record_id).state


def only_here(laptop: home.Unlocked) -> int:
    with laptop.opened() as db:
        return states.pending(db).only_here


def test_a_stick_there_and_back_is_a_sync(registry: Registry, awa: home.Unlocked) -> None:
    who, _ = register(awa)
    registry.write(acts.create("area", {"pcode": "XX09", "name": "East", "level": 1}))
    done, answer = arrive(registry, write(awa))
    assert (done.units, done.fresh, done.outcomes) == (1, 1, {"applied": 1})
    assert registry.row("person", who.record)
    back = bundle.read(awa, answer)
    assert (back.confirmed, back.fetched, back.late, back.more) == (1, 1, False, False)
    assert where(awa, who.record) == "registry"
    with awa.opened() as db:
        assert reading.find_id(db, "area", "XX09")
    again = sync.run(awa)
    assert (again.sent, again.fetched) == (0, 0)


def test_writing_a_stick_confirms_nothing(registry: Registry, awa: home.Unlocked) -> None:
    who, _ = register(awa)
    assert where(awa, who.record) == "here"
    write(awa)
    assert (where(awa, who.record), only_here(awa)) == ("stick", 1)
    with awa.opened() as db:
        assert len(outbox.unsent(db)) == 1
    change(awa, "person", who.record, phone="77")
    assert where(awa, who.record) == "here"
    assert sync.run(awa).sent == 2
    assert where(awa, who.record) == "registry"


def test_a_stick_written_twice_read_twice_and_after_a_sync_does_no_harm(
    registry: Registry, awa: home.Unlocked
) -> None:
    who, _ = register(awa)
    first, second = write(awa, "first"), write(awa, "second")
    _, answer = arrive(registry, first)
    done, other = arrive(registry, second)
    assert (done.units, done.fresh) == (1, 0)
    assert sync.run(awa).sent == 1
    for path in (answer, other, answer):
        assert bundle.read(awa, path).confirmed == 0
    assert where(awa, who.record) == "registry"
    change(awa, "person", who.record, phone="77")
    assert sync.run(awa).sent == 1
    row = registry.row("person", who.record)
    assert row
    assert row["phone"] == "77"


def test_sticks_and_syncs_of_two_officers_in_any_order_end_alike(
    registry: Registry, awa: home.Unlocked
) -> None:
    other = registry.laptop("awa", "awa2")
    who, _ = register(awa)
    early = write(awa, "early")
    change(awa, "person", who.record, phone="77")
    late = write(awa, "late")
    sync.run(awa)
    sync.run(other)
    change(other, "person", who.record, alias="Ibra")
    _, answer = arrive(registry, write(other))
    for path in (late, early):
        arrive(registry, path)
    bundle.read(other, answer)
    sync.run(awa)
    for laptop in (awa, other):
        row = shown(laptop, "person", who.record)
        assert row
        assert (row["phone"], row["alias"]) == ("77", "Ibra")
        assert only_here(laptop) == 0


def test_an_officer_who_lives_on_sticks_meets_no_dispute_with_what_a_stick_had_shown(
    registry: Registry, awa: home.Unlocked
) -> None:
    who, _ = register(awa)
    for phone in (None, "77", "88"):
        if phone:
            change(awa, "person", who.record, phone=phone)
            registry.write(Change("set", "person", who.record, {"alias": f"A{phone}"}))
        _, answer = arrive(registry, write(awa))
        assert bundle.read(awa, answer).disputed == 0
    change(awa, "person", who.record, alias="mine")
    done, answer = arrive(registry, write(awa))
    assert done.outcomes == {"applied": 1}


def test_r22_a_late_answer_gives_only_its_outcomes(registry: Registry, awa: home.Unlocked) -> None:
    who, _ = register(awa)
    _, answer = arrive(registry, write(awa))
    registry.write(acts.create("area", {"pcode": "XX09", "name": "East", "level": 1}))
    sync.run(awa)
    registry.end_grants("awa")
    sync.run(awa)
    with awa.opened() as db:
        before = facts.get(db, "stage_state"), facts.base(db), facts.get(db, "last_contact")
    back = bundle.read(awa, answer)
    assert (back.late, back.fetched, back.confirmed) == (True, 0, 0)
    with awa.opened() as db:
        after = facts.get(db, "stage_state"), facts.base(db), facts.get(db, "last_contact")
    assert after == before
    assert shown(awa, "person", who.record) is None


def test_r22_an_answer_to_other_cursors_brings_its_outcomes_and_no_row(
    registry: Registry, awa: home.Unlocked
) -> None:
    path = write(awa)
    registry.write(acts.create("area", {"pcode": "XX09", "name": "East", "level": 1}))
    sync.run(awa)
    who, _ = register(awa)
    arrive(registry, write(awa, "second"))
    _, answer = arrive(registry, path)
    back = bundle.read(awa, answer)
    assert (back.late, back.fetched) == (True, 0)
    assert where(awa, who.record) == "stick"


def test_r25_a_revoked_laptop_writes_its_whole_log(registry: Registry, awa: home.Unlocked) -> None:
    who, _ = register(awa)
    sync.run(awa)
    change(awa, "person", who.record, phone="77")
    with registry.app.app_context(), writing() as conn, awa.opened() as db:
        devices.revoke(conn, SYSTEM, facts.device(db).id, "lost at the crossing")
    with pytest.raises(Revoked):
        sync.run(awa)
    done, answer = arrive(registry, write(awa))
    assert (done.units, done.fresh, done.outcomes) == (2, 1, {"held": 1})
    back = bundle.read(awa, answer)
    assert (back.confirmed, back.held, back.fetched) == (1, 1, 0)
    assert shown(awa, "person", who.record) is None


def test_the_whole_log_goes_on_a_stick_when_it_is_asked_for(
    registry: Registry, awa: home.Unlocked
) -> None:
    register(awa)
    sync.run(awa)
    path = awa.folder.parent / "whole"
    assert bundle.write_whole(awa, path).units == 1
    done, _ = arrive(registry, path)
    assert (done.units, done.fresh) == (1, 0)


def test_a_log_with_a_line_that_was_sealed_since_goes_whole_on_a_stick(
    registry: Registry, awa: home.Unlocked
) -> None:
    who, _ = register(awa)
    sync.run(awa)
    change(awa, "person", who.record, birth_date="2015-06-01")
    path = awa.folder.parent / "whole"
    bundle.write_whole(awa, path)
    done, answer = arrive(registry, path)
    assert (done.units, done.fresh) == (2, 1)
    bundle.read(awa, answer)
    assert only_here(awa) == 0
