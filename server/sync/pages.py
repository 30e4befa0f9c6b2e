"""Pages: the records of a bucket that changed after a cursor, as columns, straight from the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

import orjson
import sqlalchemy as sa

from schema.entities import NOUN_OF, NUMBERS, ORDER
from server.sync import deltas
from server.tables import IsoDay, Json, entry, fields_of, table_of

Column = sa.ColumnElement[Any]
Table = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """Part of a bucket. to: the cursor after it; rows: how many."""

    to: int
    tables: list[dict[str, Any]]
    rows: int
    last: bool


def changed(conn: sa.Connection, cursors: dict[int, int]) -> set[int]:
    """Which of these buckets (number: cursor) have anything after their cursor."""
    found: set[int] = set()
    for cursor in set(cursors.values()):
        ids = [number for number, at in cursors.items() if at == cursor]
        found |= set(conn.execute(_CHANGED, {"ids": ids, "cursor": cursor}).scalars())
    return found


def page(
    conn: sa.Connection,
    bucket_id: int,
    after: int,
    most: int,
    whole: int | None,
    base: int | None = None,
) -> Page:
    """The next page of a bucket.

    base: the number at which the laptop's own rows stand; what it holds is told by what was written since.
    whole: the head at which a pull of the whole bucket began; what had left by then is not told.
    """
    listed = conn.execute(_listing(), {"bucket": bucket_id, "after": after, "most": most}).all()
    if not listed:
        return Page(after, [], 0, last=True)
    to = listed[-1].seq
    part = {"bucket": bucket_id, "after": after, "to": to}
    left = any(row.removed for row in listed)
    removed = _removed(conn, part, whole or 0) if left else {}
    nouns = {NOUN_OF[row.entity] for row in listed if not row.removed}
    found: list[Table] = []
    for noun in sorted(nouns | removed.keys(), key=ORDER.__getitem__):
        found += _tables(conn, noun, part, removed.get(noun, []), base)
    rows = sum(len(table["rows"][0]) for table in found if table["rows"])
    return Page(to, found, rows, last=len(listed) < most)


def has_lost(conn: sa.Connection, bucket_id: int, after: int) -> bool:
    """Whether anything that was in a bucket at this number is there no more."""
    since = sa.and_(entry.c.bucket_id == bucket_id, entry.c.seq > after)
    return bool(conn.execute(sa.select(sa.exists().where(since, entry.c.removed))).scalar())


def count_since(conn: sa.Connection, bucket_id: int, after: int, most: int) -> int:
    """How many records of a bucket changed after this number, counted no further than ``most``."""
    since = sa.select(entry.c.seq).where(entry.c.bucket_id == bucket_id, entry.c.seq > after)
    counted = sa.select(sa.func.count()).select_from(since.limit(most).subquery())
    return int(conn.execute(counted).scalar_one())


_BUCKET = sa.table("bucket", sa.column("id", sa.Integer))
_CHANGED = sa.select(_BUCKET.c.id).where(
    _BUCKET.c.id.in_(sa.bindparam("ids", expanding=True)),
    sa.select(entry.c.seq)
    .where(entry.c.bucket_id == _BUCKET.c.id, entry.c.seq > sa.bindparam("cursor"))
    .exists(),
)


@cache
def _listing() -> sa.Select[Any]:
    return (
        sa.select(entry.c.entity, entry.c.seq, entry.c.removed)
        .where(entry.c.bucket_id == sa.bindparam("bucket"), entry.c.seq > sa.bindparam("after"))
        .order_by(entry.c.seq)
        .limit(sa.bindparam("most"))
    )


def _within(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.where(
        entry.c.bucket_id == sa.bindparam("bucket"),
        entry.c.seq > sa.bindparam("after"),
        entry.c.seq <= sa.bindparam("to"),
    ).order_by(entry.c.seq)


def _removed(conn: sa.Connection, part: dict[str, int], since: int) -> dict[str, list[str]]:
    """Ids that left the bucket in this part, by noun."""
    query = _within(sa.select(entry.c.entity, entry.c.record_id)).where(entry.c.removed)
    found: dict[str, list[str]] = {}
    for row in conn.execute(query, part | {"after": max(part["after"], since)}):
        found.setdefault(NOUN_OF[row.entity], []).append(row.record_id)
    return found


def named(
    conn: sa.Connection, bucket_id: int, wanted: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Records of a bucket by name, as a page's tables; those that are not in it are told as removed."""
    found = []
    for noun in sorted(wanted.keys() & ORDER.keys(), key=ORDER.__getitem__):
        names, query, fragments = _reader(noun, conn.dialect.name)
        ids = sorted(set(wanted[noun]))
        # The reader's own bounds, open at both ends.
        part = {"bucket": bucket_id, "after": -1, "to": 1 << 62}
        rows = conn.execute(query.where(entry.c.record_id.in_(ids)), part).all()
        columns, values = _turned(names, rows, fragments)
        gone = sorted(set(ids) - {row[0] for row in rows})
        found.append({"entity": noun, "columns": columns, "rows": values, "removed": gone})
    return found


def _tables(
    conn: sa.Connection, noun: str, part: dict[str, int], removed: list[str], base: int | None
) -> list[Table]:
    """A page's part for one noun: whole rows, and what was written of those that the laptop holds."""
    if not base:
        names, query, fragments = _reader(noun, conn.dialect.name)
        columns, values = _turned(names, conn.execute(query, part).all(), fragments)
        return [{"entity": noun, "columns": columns, "rows": values, "removed": removed}]
    names, query, fragments = _reader(noun, conn.dialect.name, deltas.SINCE)
    rows = conn.execute(query, part).all()
    whole, since, cleared = deltas.split(noun, names, rows, base)
    columns, values = _turned(names, whole, fragments)
    said: list[Table] = [{"entity": noun, "columns": columns, "rows": values, "removed": removed}]
    if since:
        columns, values = _turned(names, since, fragments)
        delta = {"entity": noun, "columns": columns, "rows": values, "removed": []}
        said.append({**delta, "delta": True, "cleared": cleared})
    return said if whole or removed else said[1:]


def _turned(
    names: tuple[str, ...], rows: Sequence[Any], fragments: frozenset[str]
) -> tuple[list[str], list[Sequence[Any]]]:
    """The columns that hold anything, by name and values."""
    columns: list[str] = []
    values: list[Sequence[Any]] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=False):
        if column.count(None) < len(column):
            columns.append(name)
            values.append(
                [v and orjson.Fragment(v) for v in column] if name in fragments else column
            )
    return columns, values


@cache
def _reader(
    noun: str, dialect: str, since: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], sa.Select[Any], frozenset[str]]:
    """(column names, the query of a page's rows, which columns are JSON text) of a noun.

    since: columns that stand behind those in each row.
    """
    table = table_of(noun)
    gate = ("gate",) if noun == "case" else ()
    names = ("id", "ver", "scope", "compartment", *gate, *fields_of(noun), "extra")
    fragments = frozenset(n for n in names if isinstance(table.c[n].type, Json))
    columns = [_as_wire(table.c[name], dialect).label(name) for name in (*names, *since)]
    live = sa.and_(entry.c.entity == NUMBERS[noun], sa.not_(entry.c.removed))
    joined = sa.select(*columns).join_from(entry, table, table.c.id == entry.c.record_id)
    return names, _within(joined.where(live)), fragments


def _as_wire(column: "sa.Column[Any]", dialect: str) -> Column:
    """A column as it is sent, made by the database: Python would turn each value on its own."""
    if isinstance(column.type, Json):
        return sa.type_coerce(column, sa.Text)
    if isinstance(column.type, IsoDay | sa.Uuid) and dialect == "postgresql":
        return sa.cast(column, sa.Text)
    if isinstance(column.type, IsoDay):
        return sa.type_coerce(column, sa.Text)
    return _hyphenated(column) if isinstance(column.type, sa.Uuid) else column


def _hyphenated(column: "sa.Column[Any]") -> Column:
    """An id that SQLite keeps as 32 digits, as it is written."""
    digits = sa.type_coerce(column, sa.Text)
    parts: list[Column] = [
        sa.func.substr(digits, start, size, type_=sa.Text) for start, size in _GROUPS
    ]
    return reduce(lambda text, part: text + "-" + part, parts)


_GROUPS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
