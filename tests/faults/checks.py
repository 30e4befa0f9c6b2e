"""What must hold after a fault, when the laptop has synced again."""

import sqlalchemy as sa

from field_client import home
from field_client.store import outbox, overlay, rows
from schema.entities import BY_NOUN
from schema.frames import bucket_name
from schema.record import Key, Record
from server.arrivals.tables import arrival
from server.db import reading
from server.loaded import record_of
from server.tables import history, table_of
from server.verify import verify
from tests.field_client.registry import Registry

Held = dict[Key, tuple[int, dict[str, object]]]


def outcomes(registry: Registry, units: list[str]) -> list[str]:
    """What became of these Units, each of which arrived once and took effect once."""
    acting = sa.select(arrival.c.outcome).where(arrival.c.acting)
    records = sa.select(history.c.entity, history.c.record_id)
    found: list[str] = []
    with registry.app.app_context(), reading() as conn:
        for unit in units:
            found += conn.execute(acting.where(arrival.c.unit_id == unit)).scalars()
            written = conn.execute(records.where(history.c.unit_id == unit)).all()
            assert len(written) == len(set(written)), f"{unit} took effect twice"
        assert verify(conn).wrong == []
    return found


def saved(laptop: home.Unlocked) -> list[str]:
    """The Units of a laptop's log; nothing is left to send or to show."""
    with laptop.opened() as db:
        assert outbox.unsent(db) == []
        assert db.table("stage").count == 0
        assert rows.one(db, "PRAGMA cipher_integrity_check") is None
        return [row["unit_id"] for row in outbox.held(db)]


def all_is_well(registry: Registry, laptop: home.Unlocked) -> None:
    """Every Unit of a laptop's log is in force, disputed or held, once, and its rows are the registry's."""
    units = saved(laptop)
    found = outcomes(registry, units)
    assert len(found) == len(units)
    assert set(found) <= {"applied", "merged", "disputed", "held"}
    read = _read(laptop)
    here, there = _here(laptop, read), _there(registry, read)
    apart = {key for key in here.keys() | there.keys() if here.get(key) != there.get(key)}
    assert not apart, [(key, here.get(key), there.get(key)) for key in apart]


def _read(laptop: home.Unlocked) -> set[str]:
    """The buckets that a laptop reads, by name."""
    with laptop.opened() as db:
        return {row["bucket"] for row in rows.select(db, "SELECT bucket FROM cursor")}


def _here(laptop: home.Unlocked, read: set[str]) -> Held:
    """What a laptop has of these, with nothing of its own on top."""
    found: Held = {}
    with laptop.opened() as db:
        db.execute("BEGIN IMMEDIATE")
        overlay.lift_all(db)
        for noun in BY_NOUN:
            for row in rows.fetch_where(db, noun, "1"):
                if bucket_name(row["compartment"], row["scope"]) in read:
                    found[noun, row["id"]] = _bare(rows.as_record(noun, row))
        db.execute("ROLLBACK")
    return found


def _there(registry: Registry, read: set[str]) -> Held:
    """What the registry has of these."""
    found: Held = {}
    with registry.app.app_context(), reading() as conn:
        for noun in BY_NOUN:
            for row in conn.execute(sa.select(table_of(noun))).mappings():
                if bucket_name(row["compartment"], row["scope"]) in read:
                    record = record_of(noun, row)
                    found[record.key] = _bare(record)
    return found


def _bare(record: Record) -> tuple[int, dict[str, object]]:
    said = {name: value for name, value in record.values.items() if value not in (None, {})}
    return record.ver, said
