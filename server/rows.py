"""Set-based writes of a chunk: rows, name tokens, bucket entries. Called by ``apply`` alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from schema.digest import entry_hash
from schema.entities import NUMBERS, ORDER
from schema.names import tokens as folded
from schema.record import Bucket, Key, Record
from server import bulk, digests
from server.tables import STAMPS, bucket, entry, fields_of, name_token, table_of

Last = Mapping[Key, Record]
Before = Mapping[Key, Record | None]
Left = Mapping[Key, Sequence[tuple[str, str, int]]]
ENTRY_COLUMNS = ("bucket_id", "entity", "record_id", "seq", "removed", "hash")
TOKEN_COLUMNS = ("person_id", "token", "scope", "compartment")


def records(conn: sa.Connection, last: Last, before: Before) -> None:
    """Write the records' rows, parents first."""
    by_noun: dict[str, list[Record]] = {}
    for record in last.values():
        by_noun.setdefault(record.entity, []).append(record)
    for noun in sorted(by_noun, key=ORDER.__getitem__):
        columns = _columns(noun)
        encode = _encoder(noun, conn.dialect.name)
        new = [encode(r) for r in by_noun[noun] if before[r.key] is None]
        old = [encode(r) for r in by_noun[noun] if before[r.key] is not None]
        bulk.insert_rows(conn, table_of(noun), columns, _parents_first(noun, new, columns))
        bulk.update_rows(conn, table_of(noun), columns, old)


def _parents_first(noun: str, made: list[bulk.Row], columns: tuple[str, ...]) -> list[bulk.Row]:
    # Only areas refer to their own kind; a foreign key is checked row by row on SQLite.
    if noun != "area":
        return made
    level = columns.index("level")
    return sorted(made, key=lambda row: row[level] or 0)


@cache
def _columns(noun: str) -> tuple[str, ...]:
    gate = ("gate",) if noun == "case" else ()
    return (*STAMPS, *gate, *fields_of(noun))


@cache
def _encoder(noun: str, dialect: str) -> Callable[[Record], bulk.Row]:
    """What makes a record a row as the driver takes it."""
    table = table_of(noun)
    names = fields_of(noun)
    encoders = [(name, bulk.encoder(table.c[name], dialect)) for name in names]
    as_id = bulk.encoder(table.c.id, dialect) or str
    as_json = bulk.encoder(table.c.fver, dialect) or str

    def encode(record: Record) -> bulk.Row:
        get = record.values.get
        stamps = (
            as_id(record.id),
            record.ver,
            record.first,
            record.moved,
            record.scope,
            record.compartment,
            record.origin,
            record.origin_n,
            as_json(record.fver) if record.fver else None,
            as_json(record.extra) if record.extra else None,
        )
        gate = (record.gate,) if noun == "case" else ()
        return (
            *stamps,
            *gate,
            *(turn(get(name)) if turn else get(name) for name, turn in encoders),
        )

    return encode


def tokens(conn: sa.Connection, last: Last, before: Before) -> None:
    """Write the folded name tokens of people, with their bucket."""
    made: list[bulk.Row] = []
    stale: list[str] = []
    for (noun, person_id), record in last.items():
        was = before[noun, person_id]
        if noun != "person" or (
            was and was.bucket == record.bucket and folded(was.values) == folded(record.values)
        ):
            continue
        if was is not None:
            stale.append(person_id)
        stored = bulk.encoded_id(conn, person_id)
        made.extend(
            (stored, word, record.scope, record.compartment) for word in folded(record.values)
        )
    if stale:
        conn.execute(sa.delete(name_token).where(name_token.c.person_id.in_(stale)))
    bulk.insert_rows(conn, name_token, TOKEN_COLUMNS, made)


def buckets_of(
    conn: sa.Connection, changes: Iterable[tuple[Record, Any]], left: Left
) -> dict[Bucket, int]:
    """The numbers of all buckets that a chunk touches; new ones are made."""
    wanted = {record.bucket for record, _ in changes}
    wanted |= {(compartment, scope) for moves in left.values() for compartment, scope, _ in moves}
    found = _known_buckets(conn, wanted)
    missing = [
        {"compartment": compartment, "scope": scope}
        for compartment, scope in sorted(wanted - found.keys())
    ]
    if not missing:
        return found
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    conn.execute(insert(bucket).on_conflict_do_nothing(), missing)
    return _known_buckets(conn, wanted)


def _known_buckets(conn: sa.Connection, wanted: set[Bucket]) -> dict[Bucket, int]:
    scopes = {scope for _, scope in wanted}
    query = sa.select(bucket.c.compartment, bucket.c.scope, bucket.c.id).where(
        bucket.c.scope.in_(scopes)
    )
    found = {(row.compartment, row.scope): row.id for row in conn.execute(query)}
    return {key: found[key] for key in wanted if key in found}


def entries(
    conn: sa.Connection,
    last: Last,
    before: Before,
    left: Left,
    buckets: Mapping[Bucket, int],
    first: int,
    was: digests.Moves,
) -> None:
    """Put records into their buckets, and take them out of those they left.

    first: the chunk's first number; was: what its records came to before it.
    """
    hashes = {key: entry_hash(record) for key, record in last.items()}
    digests.move(conn, was, last, hashes, buckets)
    new: list[bulk.Row] = []
    moved: dict[tuple[int, int, str], bulk.Row] = {}
    for key, record in last.items():
        number, stored = NUMBERS[key[0]], bulk.encoded_id(conn, record.id)
        for compartment, scope, place in left.get(key, ()):
            home = buckets[compartment, scope]
            moved[home, number, stored] = (home, number, stored, first + place, True, 0)
        home = buckets[record.bucket]
        row = (home, number, stored, record.ver, False, hashes[key])
        if before[key] is None and key not in left:
            new.append(row)
        else:
            moved[home, number, stored] = row
    bulk.insert_rows(conn, entry, ENTRY_COLUMNS, new)
    bulk.upsert_rows(conn, entry, ENTRY_COLUMNS, ENTRY_COLUMNS[:3], sorted(moved.values()))
