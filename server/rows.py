"""Set-based writes of a chunk: rows, name tokens, bucket entries. Called by ``apply`` alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from schema.digest import entry_hash
from schema.entities import NUMBERS, ORDER
from schema.names import NAME_FIELDS
from schema.names import tokens as folded
from schema.record import Bucket, Key, Record
from server import bulk, digests, stored
from server.tables import STAMPS, bucket, entry, name_token, table_of

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
        columns = stored.columns_of(noun)
        encode = stored.encoder(noun, columns, conn.dialect.name)
        new = [encode(r) for r in by_noun[noun] if before[r.key] is None]
        bulk.insert_rows(conn, table_of(noun), columns, _parents_first(noun, new, columns))
        _update(conn, noun, by_noun[noun], before)


def _update(conn: sa.Connection, noun: str, changed: Sequence[Record], before: Before) -> None:
    """Write the columns in which any of these records differs from before, in one statement."""
    old = [(record, was) for record in changed if (was := before[record.key]) is not None]
    written = {name for record, was in old for name in _differing(record, was)}
    columns = ("id", *(name for name in stored.columns_of(noun) if name in written))
    encode = stored.encoder(noun, columns, conn.dialect.name)
    bulk.update_rows(conn, table_of(noun), columns, [encode(record) for record, _ in old])


def _differing(record: Record, was: Record) -> Iterator[str]:
    """The columns in which a record is no longer what it was."""
    yield "ver"
    if record.values is not was.values:
        now, then = record.values, was.values
        yield from (n for n in {**then, **now} if now.get(n) != then.get(n))
    for place in _STAMPED:
        if record[place] != was[place]:
            yield Record._fields[place]


# The places of a Record that are columns of the same name.
_STAMPED = tuple(Record._fields.index(n) for n in (*STAMPS, "gate") if n not in ("id", "ver"))


def _parents_first(noun: str, made: list[bulk.Row], columns: tuple[str, ...]) -> list[bulk.Row]:
    # Only areas refer to their own kind; a foreign key is checked row by row on SQLite.
    if noun != "area":
        return made
    level = columns.index("level")
    return sorted(made, key=lambda row: row[level] or 0)


Tokens = tuple[list[bulk.Row], list[bulk.Row]]


def turned(conn: sa.Connection, last: Last, before: Before) -> Tokens:
    """(name tokens that are to go, those that are to come) of people, as they are stored."""
    gone: list[bulk.Row] = []
    come: list[bulk.Row] = []
    for (noun, person_id), record in last.items():
        if noun == "person":
            old, new = _turned(before[noun, person_id], record)
            stored = bulk.encoded_id(conn, person_id)
            gone.extend((stored, word) for word in old)
            come.extend((stored, word, record.scope, record.compartment) for word in new)
    return gone, come


def tokens(conn: sa.Connection, turned: Tokens) -> None:
    """Write the folded name tokens of people, with their bucket: those that are new, and no others."""
    gone, come = turned
    bulk.delete_rows(conn, name_token, TOKEN_COLUMNS[:2], gone)
    bulk.insert_rows(conn, name_token, TOKEN_COLUMNS, come)


def _turned(was: Record | None, record: Record) -> tuple[set[str], set[str]]:
    """(tokens that are to go, tokens that are to come) of a person."""
    if was is None:
        return set(), set(folded(record.values))
    if was.bucket != record.bucket:
        return set(folded(was.values)), set(folded(record.values))
    then, now = was.values, record.values
    other = [name for name in NAME_FIELDS if then.get(name) != now.get(name)]
    if not other:
        return set(), set()
    old, new = folded(then, other), folded(now, other)
    stay = folded(now, [name for name in NAME_FIELDS if name not in other])
    return set(old - new - stay), set(new - old - stay)


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
