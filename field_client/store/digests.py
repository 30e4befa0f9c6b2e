"""What each bucket comes to by the registry's rows that are kept here, and whether the registry agrees.

Each row carries its entry's hash, made when it was laid; a row that lay under an overlay has none, and
gets it when it is next added up. A row is added up only while nothing lies on it. Of a noun that this
version does not know, only the hash is kept, in ``unread``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from field_client import moments
from field_client.store import facts, rows
from field_client.store.rows import Row, select
from field_client.store.tables import ROW_HASH
from schema.digest import NONE, Digest, content_hash
from schema.entities import BY_NOUN, ENTITIES
from schema.frames import bucket_name, bucket_parts

Said = Mapping[str, Any]
STAMPS = ("ver", "scope", "compartment")
NOT_VALUES = frozenset((*STAMPS, "id", "extra"))


@dataclass(frozen=True)
class Agreement:
    """How far the registry's buckets and those kept here come to the same, when last compared."""

    buckets: int
    records: int
    unequal: tuple[str, ...]
    at: str


def hashes(noun: str, said: Mapping[str, Any]) -> list[int]:
    """The entry hash of each row of a page. said: values by column, as they came."""
    names = [name for name in said if name not in NOT_VALUES]
    extras = said.get("extra") or [None] * len(said["id"])
    stamps = zip(*(said.get(name) or [None] * len(said["id"]) for name in STAMPS), strict=True)
    values = zip(*(said[name] for name in names), strict=True) if names else [()] * len(said["id"])
    return [
        content_hash(
            noun, record_id, where, {**(extra or {}), **dict(zip(names, row, strict=True))}
        )
        for record_id, where, extra, row in zip(said["id"], stamps, extras, values, strict=True)
    ]


def hash_of(noun: str, row: Row) -> int:
    """The entry hash of one row as it is read."""
    values = {n: value for n, value in row.items() if value is not None and n not in NOT_VALUES}
    stamps = (row["ver"], row["scope"], row["compartment"])
    return content_hash(noun, row["id"], stamps, {**(row["extra"] or {}), **values})


def added_up(db: Database, readable: Iterable[str]) -> dict[str, Digest]:
    """What each of these buckets comes to; called while nothing is laid on top."""
    wanted, found = set(readable), dict[str, Digest]()
    for noun in (*BY_NOUN, "unread"):
        for row in _sums(db, noun):
            name = bucket_name(row["compartment"], row["scope"])
            if name in wanted:
                count, total = found.get(name, (0, 0))
                found[name] = (count + row["n"], total + row["s"])
    return found


def _sums(db: Database, noun: str) -> list[Row]:
    """How many rows of a noun each bucket has, and what they come to."""
    sql = (
        f"SELECT compartment, scope, count(*) AS n, count({ROW_HASH}) AS known, sum({ROW_HASH}) AS s"
        f' FROM "{noun}" GROUP BY 1, 2'
    )
    sums = select(db, sql)
    if all(row["known"] == row["n"] for row in sums):
        return sums
    _fill(db, noun)
    return select(db, sql)


def entries(db: Database, bucket: str) -> list[tuple[str, str, int]]:
    """(noun, id, hash) of every record of a bucket, worked out anew from its rows."""
    where, found = bucket_parts(bucket), []
    for entity in ENTITIES:
        noun = entity.noun
        sql = f'UPDATE "{noun}" SET {ROW_HASH} = NULL WHERE compartment = ? AND scope = ?'
        db.execute(sql, where)
        _fill(db, noun)
        sql = f'SELECT id, {ROW_HASH} AS h FROM "{noun}" WHERE compartment = ? AND scope = ?'
        found += [(noun, row["id"], row["h"]) for row in select(db, sql, where)]
    sql = f"SELECT entity, id, {ROW_HASH} AS h FROM unread WHERE compartment = ? AND scope = ?"
    return found + [(row["entity"], row["id"], row["h"]) for row in select(db, sql, where)]


def _fill(db: Database, noun: str) -> None:
    """Work out the hashes that are missing."""
    found = rows.fetch_where(db, noun, f"{ROW_HASH} IS NULL")
    pairs = [(hash_of(noun, row), row["id"]) for row in found]
    db.conn.executemany(f'UPDATE "{noun}" SET {ROW_HASH} = ? WHERE id = ?', pairs)


def compare(db: Database, said: Said | None, mine: Mapping[str, Digest]) -> tuple[str, ...]:
    """The buckets in which the rows do not come to what the registry says (None: what it said last)."""
    theirs = facts.get(db, "digests") if said is None else said
    facts.put(db, digests=mine)
    if theirs is None:
        facts.put(db, agreement=None)
        return ()
    unequal = [n for n in {**theirs, **mine} if tuple(theirs.get(n, NONE)) != mine.get(n, NONE)]
    records = sum(count for count, _ in mine.values())
    found = Agreement(len(mine), records, tuple(sorted(unequal)), moments.now())
    facts.put(db, agreement=vars(found))
    return found.unequal


def agreement(db: Database) -> Agreement | None:
    """What the last comparison came to; None when nothing has been compared."""
    said = facts.get(db, "agreement")
    return Agreement(**{**said, "unequal": tuple(said["unequal"])}) if said else None


def are_equal(db: Database) -> bool:
    """Whether the rows came to what the registry said when they were last compared."""
    found = agreement(db)
    return found is not None and not found.unequal
