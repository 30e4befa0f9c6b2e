"""Lists by key: 50 rows, the way on and the way back, and a count that says where it stopped counting.

However many people there are, a page reads about as many rows as it shows: each lane is read in the
order of its index and no further than the page, and of many lanes only those that can reach it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from schema.ids import is_id
from schema.problems import Invalid
from server.registry.lanes import Clause, Lane, inside
from server.tables import bucket

ROWS = 50
COUNTED = 1000
T = TypeVar("T")
U = TypeVar("U")
Column = Any
Row = tuple[Any, ...]
_COMMA, _GAP = ",", " "


@dataclass(frozen=True)
class Turn:
    """Which page of a list: what comes after this id, or before that one; neither is the first page."""

    after: str = ""
    before: str = ""

    @property
    def key(self) -> str:
        """The id at which this page begins or ends. Raises Invalid."""
        key = self.before or self.after
        if key and not is_id(key):
            raise Invalid("A list goes on from the key it gave.", fields={"after": ["Not a key."]})
        return key


FIRST = Turn()


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list. count: how many there are, at most COUNTED + 1; after, before: to go on."""

    rows: tuple[T, ...]
    count: int
    after: str = ""
    before: str = ""

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED

    def of(self, rows: Sequence[U]) -> "Page[U]":
        """The same page with other rows."""
        return Page(tuple(rows), self.count, self.after, self.before)


def cut(found: Sequence[T], turn: Turn, count: int, key: Callable[[T], str]) -> Page[T]:
    """The page that ROWS + 1 found rows make; they were found backwards where the turn goes back."""
    beyond = len(found) > ROWS
    rows = tuple(found[:ROWS])[:: -1 if turn.before else 1]
    if not rows:
        return Page((), count)
    later = beyond or bool(turn.before)
    earlier = bool(turn.after) or (bool(turn.before) and beyond)
    return Page(rows, count, key(rows[-1]) if later else "", key(rows[0]) if earlier else "")


@dataclass(frozen=True)
class Walk:
    """Rows of a table by these columns, whose last is unique; falling is from the highest down.

    at: the values of the columns in the row at which to go on, None for the start.
    """

    table: Any
    columns: tuple[Column, ...]
    falling: bool
    where: tuple[Clause, ...] = ()
    at: tuple[Any, ...] | None = None

    def turned(self, turn: Turn, at: tuple[Any, ...] | None) -> "Walk":
        """The same walk from a row on, or from it back."""
        return Walk(self.table, self.columns, self.falling != bool(turn.before), self.where, at)

    def sorting(self, columns: Sequence[Column]) -> list[Any]:
        """How these columns are sorted on this walk."""
        return [column.desc() if self.falling else column.asc() for column in columns]

    def clauses(self) -> list[Clause]:
        """What a row of this walk must be."""
        if self.at is None:
            return list(self.where)
        row = sa.tuple_(*self.columns) if len(self.columns) > 1 else self.columns[0]
        pairs = zip(self.columns, self.at, strict=True)
        marks = [sa.literal(value, column.type) for column, value in pairs]
        key: Any = sa.tuple_(*marks) if len(marks) > 1 else marks[0]
        return [*self.where, row < key if self.falling else row > key]


def walk(conn: sa.Connection, path: Walk, chosen: Sequence[Lane]) -> list[Row]:
    """The columns' values of a page's rows and one more, of all these lanes together."""
    wide = [lane for lane in chosen if lane.scope is None]
    narrow = [lane for lane in chosen if lane.scope is not None]
    if len(narrow) == 1:
        wide, narrow = [*wide, *narrow], []
    found = [*_each(conn, path, wide), *_many(conn, path, narrow)]
    return sorted(found, reverse=path.falling)[: ROWS + 1]


def _each(conn: sa.Connection, path: Walk, chosen: Sequence[Lane]) -> list[Row]:
    """The first rows of these few lanes."""
    if not chosen:
        return []
    parts = [_first(path, inside(path.table, [lane])).limit(ROWS + 1) for lane in chosen]
    if len(parts) == 1:
        return [tuple(row) for row in conn.execute(parts[0])]
    together = sa.union_all(*(sa.select(part.subquery()) for part in parts))
    return [tuple(row) for row in conn.execute(together)]


def _many(conn: sa.Connection, path: Walk, chosen: Sequence[Lane]) -> list[Row]:
    """The first rows of any number of lanes, in one short statement.

    Of many lanes only the ROWS + 1 whose own first rows come first can have a row on this page. The
    rows of each come as one text: a lateral join, in words that SQLite knows too.
    """
    if not chosen:
        return []
    reaching = _reaching(path, chosen)
    rows = _first(path, _of_lane(path, reaching)).limit(ROWS + 1).correlate(reaching).subquery()
    texts = [sa.cast(column, sa.String(80)) for column in rows.c]
    text = sum(((_GAP + part) for part in texts[1:]), texts[0])
    joined = sa.select(sa.func.aggregate_strings(text, _COMMA)).scalar_subquery()
    lines = conn.execute(sa.select(joined.correlate(reaching)).select_from(reaching)).scalars()
    found = [one.split(_GAP) for line in lines for one in line.split(_COMMA)]
    found.sort(key=_sorting(path), reverse=path.falling)
    return [_read(path, parts) for parts in found[: ROWS + 1]]


def _reaching(path: Walk, chosen: Sequence[Lane]) -> sa.Subquery:
    """The lanes that can have a row on this page."""
    first = _first(path, _of_lane(path, bucket)).limit(1)
    tops = [
        first.with_only_columns(column).correlate(bucket).scalar_subquery().label(f"top{place}")
        for place, column in enumerate(path.columns)
    ]
    found = sa.select(bucket.c.compartment, bucket.c.scope, *tops)
    lane = found.where(inside(bucket, chosen)).subquery()
    heads = [lane.c[f"top{place}"] for place in range(len(path.columns))]
    query = sa.select(lane.c.compartment, lane.c.scope).where(heads[0].is_not(None))
    return query.order_by(*path.sorting(heads)).limit(ROWS + 1).subquery()


def _first(path: Walk, lane: Clause) -> sa.Select[Any]:
    """The rows of a lane in order."""
    query = sa.select(*path.columns).where(lane, *path.clauses())
    return query.order_by(*path.sorting(path.columns))


def _of_lane(path: Walk, lane: Any) -> Clause:
    c = path.table.c
    return sa.and_(c.compartment == lane.c.compartment, c.scope == lane.c.scope)


def _sorting(path: Walk) -> Callable[[list[str]], Any]:
    """Ids and words sort as their text; numbers do not."""
    if not any(isinstance(column.type, sa.Integer) for column in path.columns):
        return lambda parts: parts
    return lambda parts: _read(path, parts)


def _read(path: Walk, parts: Sequence[str]) -> Row:
    """The values in a row's texts."""
    return tuple(_value(*pair) for pair in zip(path.columns, parts, strict=True))


def _value(column: Column, text: str) -> Any:
    if isinstance(column.type, sa.Uuid):
        return str(UUID(text))
    return int(text) if isinstance(column.type, sa.Integer) else text


def counted(conn: sa.Connection, found: sa.Select[Any], most: int = COUNTED) -> int:
    """How many rows a query has, counted to ``most`` and one more."""
    limited = found.limit(most + 1).subquery()
    return int(conn.execute(sa.select(sa.func.count()).select_from(limited)).scalar_one())
