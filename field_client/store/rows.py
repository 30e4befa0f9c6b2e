"""Rows of the noun tables: as records for judge, and as dicts for pages."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlite_utils import Database

from field_client.store import tables
from schema.entities import BY_NOUN
from schema.record import PARENT_FIELD, PENDING, Bucket, Record

Row = dict[str, Any]
# How many ids one query asks for.
PART = 400


def select(db: Database, sql: str, params: Sequence[Any] = ()) -> list[Row]:
    """The rows of a query, as dicts."""
    cursor = db.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def one(db: Database, sql: str, params: Sequence[Any] = ()) -> Any:
    """The first value of a query, None when there is none."""
    found = db.execute(sql, params).fetchone()
    return found[0] if found else None


@cache
def _special(noun: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tables.json_names(BY_NOUN[noun]), tables.flag_names(BY_NOUN[noun])


def understood(noun: str, row: Row) -> Row:
    """A stored row with its values as they are on the wire."""
    opened, flags = _special(noun)
    row.pop(tables.ROW_HASH, None)
    for name in opened:
        if row[name] is not None:
            row[name] = json.loads(row[name])
    for name in flags:
        if row[name] is not None:
            row[name] = bool(row[name])
    return row


def fetch(db: Database, noun: str, record_id: str) -> Row | None:
    """One record's row, None when it is not here."""
    found = select(db, f'SELECT * FROM "{noun}" WHERE id = ?', (record_id,))
    return understood(noun, found[0]) if found else None


def fetch_where(db: Database, noun: str, where: str, params: Sequence[Any] = ()) -> list[Row]:
    """The rows of a noun that fit."""
    found = select(db, f'SELECT * FROM "{noun}" WHERE {where}', params)
    return [understood(noun, row) for row in found]


def standing(db: Database, noun: str, ids: Sequence[str]) -> dict[str, Row]:
    """The rows of a noun with these ids, by id, as far as they are here."""
    return {
        row["id"]: row
        for part in parts(ids)
        for row in fetch_where(db, noun, f"id IN ({marks(part)})", part)
    }


def parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Ids in as many as one query asks for."""
    for start in range(0, len(ids), PART):
        yield ids[start : start + PART]


def marks(values: Sequence[Any]) -> str:
    """A place for each of these values in a statement."""
    return ", ".join("?" * len(values))


def as_record(noun: str, row: Mapping[str, Any]) -> Record:
    """A row as judge sees it. Nothing here is newer than its author: what is shown has been seen."""
    return Record(
        noun,
        row["id"],
        {name: row[name] for name in BY_NOUN[noun].describe()},
        scope=row["scope"],
        compartment=row["compartment"],
        gate=row.get("gate"),
        ver=row["ver"],
        extra=row["extra"] or {},
    )


def as_row(record: Record, ver: int) -> Row:
    """A record as a row, at this version of the registry's."""
    gate = {"gate": record.gate} if record.entity == "case" else {}
    stamps = {"ver": ver, "scope": record.scope, "compartment": record.compartment, **gate}
    return {"id": record.id, **stamps, **record.values, "extra": dict(record.extra) or None}


def as_json(value: Any) -> str | None:
    """A value of several parts as it stands in its column."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class LocalRows:
    """The laptop's tables as judge looks into them (``schema.record.Rows``)."""

    def __init__(self, db: Database, chain: str, complete: frozenset[str]) -> None:
        self.db = db
        self.chain = chain
        self.complete = complete
        self.found: dict[tuple[str, str], Record | None] = {}

    def find(self, entity: str, record_id: str) -> Record | None:
        """The record as it is shown, None when it is not here."""
        key = (entity, record_id)
        if key not in self.found:
            row = fetch(self.db, entity, record_id) if entity in BY_NOUN else None
            self.found[key] = self._recorded(entity, row) if row else None
        return self.found[key]

    def below(self, entity: str, parent_id: str) -> list[Record]:
        """What hangs on this parent and is here."""
        rows = fetch_where(self.db, entity, f'"{PARENT_FIELD[entity]}" = ?', (parent_id,))
        found = [self._recorded(entity, row) for row in rows]
        return [self.found.setdefault(record.key, record) or record for record in found]

    def alike(self, entity: str, name: str, value: Any) -> list[str]:
        """Ids of records here with this value."""
        rows = select(self.db, f'SELECT id FROM "{entity}" WHERE "{name}" = ?', (value,))
        return [row["id"] for row in rows]

    def found_eligible(self, criteria_set_id: str, but: str) -> int | None:
        """Nobody counts across caseloads on a laptop: the registry does."""
        return None

    def bucket_at(self, record: Record, base: int) -> Bucket:
        """Where the registry has the record, or where it was made here."""
        shadow = self._shadow(record)
        return (shadow["compartment"], shadow["scope"]) if shadow else record.bucket

    def knows(self, entity: str, record_id: str) -> bool:
        """Whether all records of this noun are here, so that what is missing does not exist."""
        return entity in self.complete

    def _shadow(self, record: Record) -> Row | None:
        text = one(
            self.db,
            "SELECT row FROM shadow WHERE record_id = ? AND entity = ?",
            (record.id, record.entity),
        )
        return json.loads(text) if text else None

    def _recorded(self, entity: str, row: Row) -> Record:
        record = as_record(entity, row)
        sql = "SELECT row IS NULL FROM shadow WHERE record_id = ? AND entity = ?"
        if not one(self.db, sql, (record.id, entity)):
            return record
        # Made here and not known to have arrived: who may only create may still correct it (R17).
        return record.but(first=PENDING, origin=self.chain)
