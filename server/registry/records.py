"""One record of any noun: as it stands, as it stood, what hangs on it, and lists of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from schema.entities import NUMBERS, entity_of
from schema.ids import is_id
from schema.policy import Sight
from schema.problems import NotFound, UnknownField
from schema.record import Record
from server.loaded import record_of
from server.registry.lanes import Clause, Lane, inside, lanes, may
from server.registry.paging import ROWS, Page, Turn, Walk, counted, cut, walk
from server.tables import bucket, entry, history, table_of

Values = Mapping[str, Any]
# These have their own indexes by scope and id; the others are listed by their bucket entries.
INDEXED = ("case", "weapon")
STAMPS = ("id", "scope", "compartment")


def get(conn: sa.Connection, sight: Sight, noun: str, record_id: str) -> Record:
    """The record as it stands. Raises NotFound, whether it is not there or not to be seen."""
    found = find(conn, sight, noun, record_id)
    if found is None:
        raise NotFound
    return found


def find(conn: sa.Connection, sight: Sight, noun: str, record_id: str) -> Record | None:
    """The record, None where it is not there or not to be seen."""
    entity_of(noun)
    if not is_id(record_id):
        return None
    table = table_of(noun)
    row = conn.execute(sa.select(table).where(table.c.id == record_id)).mappings().first()
    record = record_of(noun, row) if row else None
    return record if record and may(sight, "read", record) else None


def some(conn: sa.Connection, sight: Sight, noun: str, ids: Iterable[str]) -> dict[str, Record]:
    """Those of these records that are there and may be seen, by id."""
    table = table_of(noun)
    query = sa.select(table).where(table.c.id.in_(sorted({one for one in ids if is_id(one)})))
    found = (record_of(noun, row) for row in conn.execute(query).mappings())
    return {record.id: record for record in found if may(sight, "read", record)}


def values_at(conn: sa.Connection, record: Record, number: int) -> Values:
    """The values a record had at this change number: what a form showed. Empty before it was made.

    Whoever asks names the number: what was said in another compartment is not told.
    """
    if record.ver <= number:
        return record.values
    query = sa.select(history.c.payload).where(
        history.c.record_id == record.id,
        history.c.entity == record.entity,
        history.c.compartment == record.compartment,
        history.c.seq <= number,
    )
    payload = conn.execute(query.order_by(history.c.seq.desc()).limit(1)).scalar()
    values: Values = orjson.loads(payload)["values"] if payload else {}
    return values


def below(conn: sa.Connection, sight: Sight, noun: str, name: str, parent_id: str) -> list[Record]:
    """The records of this noun whose field names this parent, in the order in which they came."""
    if not lanes(sight, noun):
        return []
    table = table_of(noun)
    query = sa.select(table).where(table.c[name] == parent_id).order_by(table.c.first, table.c.id)
    found = [record_of(noun, row) for row in conn.execute(query).mappings()]
    return [record for record in found if may(sight, "read", record)]


def hanging(
    conn: sa.Connection, sight: Sight, parts: Sequence[tuple[str, str]], parent_id: str
) -> dict[str, list[Record]]:
    """What hangs on a record, by noun; parts: (noun, name of the field that names the record).

    One statement finds the nouns of which there are any, and one more reads each of those.
    """
    held = _held(conn, parts, parent_id)
    return {
        noun: below(conn, sight, noun, name, parent_id) if noun in held else []
        for noun, name in parts
    }


def _held(conn: sa.Connection, parts: Sequence[tuple[str, str]], parent_id: str) -> frozenset[str]:
    asked = [
        sa.select(sa.literal(noun)).where(sa.exists().where(table_of(noun).c[name] == parent_id))
        for noun, name in parts
    ]
    return frozenset(conn.execute(sa.union_all(*asked)).scalars()) if asked else frozenset()


def listed(conn: sa.Connection, sight: Sight, noun: str, asked: Values, turn: Turn) -> Page[Record]:
    """A page of the records of a noun that have these values, newest first. Raises UnknownField."""
    chosen = lanes(sight, noun)
    if not chosen:
        return Page((), 0)
    table = table_of(noun)
    where = tuple(_equals(noun, name, value) for name, value in sorted(asked.items()))
    ids = _ids(conn, noun, chosen, where, turn)
    rows = sa.select(sa.literal(1)).select_from(table).where(inside(table, chosen), *where)
    page = cut(ids, turn, counted(conn, rows), str)
    found = conn.execute(sa.select(table).where(table.c.id.in_(page.rows))).mappings()
    records = {row["id"]: record_of(noun, row) for row in found}
    return page.of([records[i] for i in page.rows])


def _equals(noun: str, name: str, value: Any) -> Clause:
    stamps = (*STAMPS, "gate") if noun == "case" else STAMPS
    fields = {**entity_of(noun).describe(), **dict.fromkeys(stamps)}
    if name not in fields or getattr(fields[name], "kind", "") == "open":
        raise UnknownField(f"{noun} has no field {name!r} to list by.", field=name)
    column = table_of(noun).c[name]
    if value is not None and isinstance(column.type, sa.Uuid) and not is_id(value):
        return sa.false()
    return column.is_(None) if value is None else column == value


def _ids(
    conn: sa.Connection, noun: str, chosen: Sequence[Lane], where: Sequence[Clause], turn: Turn
) -> list[str]:
    table = table_of(noun)
    at = (turn.key,) if turn.key else None
    path = Walk(table, (table.c.id,), falling=True, where=tuple(where)).turned(turn, at)
    if noun in INDEXED:
        return [str(row[0]) for row in walk(conn, path, chosen)]
    if any(lane.scope is None for lane in chosen):
        query = sa.select(table.c.id).where(inside(table, chosen), *path.clauses())
        return list(
            conn.execute(query.order_by(*path.sorting([table.c.id])).limit(ROWS + 1)).scalars()
        )
    return _by_entry(conn, noun, chosen, path)


def _by_entry(conn: sa.Connection, noun: str, chosen: Sequence[Lane], path: Walk) -> list[str]:
    """Ids by bucket entries, which are in the order of ids for each bucket and noun."""
    theirs = sa.select(bucket.c.id).where(inside(bucket, chosen))
    query = sa.select(entry.c.record_id).join(path.table, path.table.c.id == entry.c.record_id)
    query = query.where(
        entry.c.bucket_id.in_(theirs),
        entry.c.entity == NUMBERS[noun],
        entry.c.removed.is_(False),
        *path.clauses(),
    )
    return list(
        conn.execute(query.order_by(*path.sorting([entry.c.record_id])).limit(ROWS + 1)).scalars()
    )
