"""What laptops still show of a record that a restored registry has lost: kept, shown, never applied.

After a restore a laptop hands in its own Units again. What others had written, on pages or by import, is
in nobody's outbox; a laptop that had pulled it may hold the only copy. It is offered as a witness: a
person looks at it and writes again what is missing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schema.entities import BY_NOUN
from schema.ids import is_id
from schema.policy import Sight
from schema.problems import NotASync
from schema.record import Record
from server import devices, epochs, moments
from server.arrivals.tables import Row, rows, witness
from server.db import insert_new
from server.loaded import Loaded

LARGEST = 1 << 53
# As the table has room for them: an id, a noun, a scope, a compartment.
LONGEST = {"entity": 40, "id": 36, "scope": 36, "compartment": 16}


@dataclass(frozen=True)
class Offered:
    """One record as a laptop shows it. ver: its number at the registry that was lost."""

    entity: str
    record_id: str
    ver: int
    compartment: str
    scope: str
    payload: str

    @classmethod
    def read(cls, body: Any) -> "Offered":
        """What a WITNESS frame carries. Raises NotASync."""
        entity, row = body if isinstance(body, list) and len(body) == 2 else (None, None)
        if not isinstance(row, dict) or not _are_words({**row, "entity": entity}):
            raise NotASync("A WITNESS names a kind of record and carries its row.")
        ver, record_id = row.get("ver"), row["id"]
        if not is_id(record_id) or isinstance(ver, bool) or not isinstance(ver, int):
            raise NotASync("A WITNESS carries a record's id and its number.")
        if not 0 <= ver <= LARGEST:
            raise NotASync("A WITNESS carries a record's id and its number.")
        text = json.dumps(row, sort_keys=True)
        return cls(str(entity), record_id, ver, row["compartment"], row["scope"], text)


@dataclass(frozen=True)
class Witnessed:
    """The newest witness of a record beside what the registry has. differs: None when it has nothing.

    by: whose laptop showed it. values: None where they are not for the reader.
    """

    entity: str
    record_id: str
    by: str
    received_at: str
    differs: tuple[str, ...] | None
    values: Mapping[str, Any] | None


@dataclass(frozen=True)
class Counted:
    """How many records laptops witness. back: those that are here again as they were shown."""

    records: int
    back: int
    differ: int
    missing: int


def store(conn: sa.Connection, device_id: str, offered: Iterable[Offered]) -> None:
    """Keep what a laptop offers, as far as this registry does not know it itself."""
    is_known, at = epochs.known(conn), moments.moment()
    epoch = epochs.standing(conn).epoch
    found = [
        {
            **{n: getattr(one, n) for n in Offered.__dataclass_fields__},
            "hash": hashlib.sha256(one.payload.encode()).hexdigest(),
            "device_id": device_id,
            "epoch": epoch,
            "received_at": at,
        }
        for one in offered
        if not is_known(one.ver)
    ]
    if found:
        insert_new(conn, witness, found)


def counted(conn: sa.Connection) -> Counted:
    """What has come back of what laptops witness, and what has not."""
    found = [differs for _, _, differs in _compared(conn)]
    missing, back = found.count(None), found.count(())
    return Counted(len(found), back, len(found) - missing - back, missing)


def listed(conn: sa.Connection, sight: Sight, most: int) -> list[Witnessed]:
    """What is not here as laptops showed it, newest first, with values for whoever may read them.

    Where a record has moved since, into child above all, that is who may read it in both places.
    """
    shown = []
    for row, here, differs in _compared(conn):
        homes = [(row["compartment"], row["scope"]), *([here.bucket] if here else [])]
        may = all(sight.may("read", *home) for home in homes)
        if differs != () and (may or sight.anywhere("read", "admin")):
            by = devices.holder(conn, row["device_id"])
            values = _values(row) if may else None
            named = differs if may or differs is None else ("",)
            one = Witnessed(row["entity"], row["record_id"], by, row["received_at"], named, values)
            shown.append(one)
        if len(shown) == most:
            break
    return shown


def _are_words(said: Mapping[str, Any]) -> bool:
    values = [(said.get(name), longest) for name, longest in LONGEST.items()]
    return all(isinstance(v, str) and 0 < len(v) <= most and v.isprintable() for v, most in values)


def _compared(conn: sa.Connection) -> list[tuple[Row, Record | None, tuple[str, ...] | None]]:
    """The newest witness of each record, the registry's, and the fields in which that differs."""
    newest: dict[str, Row] = {}
    for row in rows(conn, sa.select(witness).order_by(witness.c.ver.desc(), witness.c.hash)):
        newest.setdefault(row["record_id"], row)
    here = _here(conn, list(newest.values()))
    pairs = [(row, here.get(row["record_id"])) for row in newest.values()]
    return [(row, found, _difference(row, found)) for row, found in pairs]


def _here(conn: sa.Connection, wanted: Sequence[Row]) -> dict[str, Record]:
    """What the registry has of these records now."""
    seen = Loaded(conn)
    by_noun: dict[str, set[str]] = {}
    for row in wanted:
        if row["entity"] in BY_NOUN:
            by_noun.setdefault(row["entity"], set()).add(row["record_id"])
    for noun, ids in by_noun.items():
        seen.fetch(noun, ids)
    return {record.id: record for record in seen.rows.values()}


def _difference(row: Row, here: Record | None) -> tuple[str, ...] | None:
    if here is None:
        return None
    said, values = _values(row), here.values
    return tuple(name for name in sorted({*said, *values}) if said.get(name) != values.get(name))


def _values(row: Row) -> dict[str, Any]:
    """The declared fields that a witness fills."""
    entity = BY_NOUN.get(row["entity"])
    fields = entity.describe() if entity else {}
    said = json.loads(row["payload"])
    return {name: said[name] for name in fields if said.get(name) is not None}
