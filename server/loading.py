"""What a chunk of Units will be judged on: locked first, then loaded set by set.

Locks are taken in (noun, id) order on what is written and on all that it hangs on, up to the person or
the weapon: whoever writes below a person holds the person. FOR NO KEY UPDATE, not FOR UPDATE: ids never
change, and a foreign key's check must not wait for a writer who waits for the counter. What a record hangs
on is read before it is locked: where it hangs on something else by then, all is let go and begun again.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from schema.change import CREATE, Unit
from schema.entities import BY_NOUN, ORDER, SCOPES
from schema.ids import is_id
from schema.record import ALIKE, PARENT_FIELD, Key, Record
from server import stored
from server.loaded import Loaded, Wanted


def load(conn: sa.Connection, units: Sequence[Unit]) -> Loaded:
    """Lock and load what these Units touch, and what stands beside it with the same serial or number."""
    loaded = _locked(conn, units)
    _load_marks(loaded, units)
    _load_alike(loaded, units)
    return loaded


def _locked(conn: sa.Connection, units: Sequence[Unit]) -> Loaded:
    if not _has_row_locks(conn):
        return _fetched(conn, _named(units))
    while True:
        with conn.begin_nested() as locks:
            wanted = _named(units)
            loaded = _fetched(conn, wanted)
            _want_alike(loaded, wanted, units)
            keys = _ancestry(loaded, wanted)
            _lock(loaded, keys)
            if set(_ancestry(loaded, wanted)) <= set(keys):
                return loaded
            # What is undone gives its locks back, so the next try too takes them in order.
            locks.rollback()


def _fetched(conn: sa.Connection, wanted: Wanted) -> Loaded:
    loaded = Loaded(conn)
    loaded.locks = _has_row_locks(conn)
    for entity in sorted(wanted, key=ORDER.__getitem__, reverse=True):
        loaded.fetch(entity, wanted[entity])
    return loaded


def _has_row_locks(conn: sa.Connection) -> bool:
    """SQLite has one writer at a time and needs none."""
    return conn.dialect.name == "postgresql"


def _want_alike(loaded: Loaded, wanted: Wanted, units: Sequence[Unit]) -> None:
    """Who has a value in common is marked with it, so it is locked too, and looked up anew after that."""
    _load_alike(loaded, units)
    for entity, ids in loaded.alike_ids().items():
        wanted[entity] |= ids
        loaded.fetch(entity, ids)
    loaded.forget_alike()


def _named(units: Sequence[Unit]) -> Wanted:
    """What the Units name: the records themselves and all they refer to."""
    wanted: Wanted = defaultdict(set)
    for unit in units:
        for change in unit.changes:
            entity = BY_NOUN.get(change.entity)
            if entity is None:
                continue
            wanted[change.entity].add(change.record)
            for name, ref in entity.refs().items():
                target = change.values.get(name)
                if ref.to and isinstance(target, str) and is_id(target):
                    wanted[ref.to].add(target)
    return wanted


def _ancestry(loaded: Loaded, wanted: Wanted) -> list[Key]:
    """The records named and all they hang on, in the order in which everybody locks."""
    found: set[Key] = set()
    level = {(e, i) for e, ids in wanted.items() for i in ids}
    while here := [key for key in level - found if _is_locked(loaded, key)]:
        found.update(here)
        level = {above for key in here if (above := _above(loaded.rows[key]))}
        for noun in {noun for noun, _ in level}:
            loaded.fetch(noun, {i for above, i in level if above == noun})
    return sorted(found, key=lambda key: (ORDER[key[0]], key[1]))


def _is_locked(loaded: Loaded, key: Key) -> bool:
    return key in loaded.rows and BY_NOUN[key[0]].compartment != "reference"


def _above(record: Record) -> Key | None:
    if record.entity in ("dispute", "flag"):
        return str(record.get("entity")), str(record.get("record_id"))
    name = PARENT_FIELD.get(record.entity, "")
    ref = BY_NOUN[record.entity].refs().get(name)
    if ref is None or ref.to in SCOPES or not record.get(name):
        return None
    return ref.to, record.get(name)


def _lock(loaded: Loaded, keys: list[Key]) -> None:
    """Lock rows, and read anew those that somebody has written before they were ours."""
    by_noun: dict[str, list[str]] = {}
    for entity, record_id in keys:
        by_noun.setdefault(entity, []).append(record_id)
    for entity, ids in by_noun.items():
        stands = stored.versions(loaded.conn, entity, ids, _IN_ORDER_AND_LOCKED)
        moved = [i for i, ver in stands.items() if loaded.rows[entity, i].ver != ver]
        for record in stored.find(loaded.conn, entity, "id", moved) if moved else ():
            loaded.rows[record.key] = record


_IN_ORDER_AND_LOCKED = "ORDER BY id FOR NO KEY UPDATE"


def _load_marks(loaded: Loaded, units: Sequence[Unit]) -> None:
    """Disputes and flags of what is there, in two queries."""
    ids = {c.record for u in units for c in u.changes if (c.entity, c.record) in loaded.rows}
    if ids:
        loaded.fetch_below("dispute", ids)
        loaded.fetch_below("flag", ids)


def _load_alike(loaded: Loaded, units: Sequence[Unit]) -> None:
    values: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for change in (change for unit in units for change in unit.changes):
        record = loaded.rows.get((change.entity, change.record))
        for name in ALIKE.get(change.entity, ()):
            for value in (change.values.get(name), record and record.get(name)):
                if isinstance(value, str) and (change.verb == CREATE or value):
                    values[change.entity, name].add(value)
    for (entity, name), found in values.items():
        loaded.fetch_alike(entity, name, found)
