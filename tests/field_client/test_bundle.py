"""A stick between a laptop and a real registry: what it carries, and what it never changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_client import bundle, home, sync
from field_client.store import acts, facts, outbox, reading, saving, states
from schema.change import Change
from schema.problems import NotABundle, OtherBundle, Refused, Revoked
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
