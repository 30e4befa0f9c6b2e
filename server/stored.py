"""Records as the driver stores them, both ways: what the write path reads and writes by the thousand.

Past SQLAlchemy's types, which cost more than the statement: each column has one small function, or none.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa

from schema.record import NOTHING, Record
from server import bulk
from server.tables import STAMPS, fields_of, table_of

Turn = Callable[[Any], Any] | None
_PLACE = {name: place for place, name in enumerate(Record._fields)}


@cache
def columns_of(noun: str) -> tuple[str, ...]:
    """The columns of a noun's table, its stamps first."""
    gate = ("gate",) if noun == "case" else ()
    return (*STAMPS, *gate, *fields_of(noun))


@cache
def encoder(noun: str, columns: tuple[str, ...], dialect: str) -> Callable[[Record], bulk.Row]:
    """What makes a record a row of these columns, stamps before fields, as the driver takes it."""
    table, fields = table_of(noun), frozenset(fields_of(noun))
    turned = [(name, bulk.encoder(table.c[name], dialect)) for name in columns]
    stamps = [(_PLACE[name], turn) for name, turn in turned if name not in fields]
    values = [(name, turn) for name, turn in turned if name in fields]

    def encode(record: Record) -> bulk.Row:
        get = record.values.get
        return (
            *[turn(record[place] or None) if turn else record[place] for place, turn in stamps],
            *[turn(get(name)) if turn else get(name) for name, turn in values],
        )

    return encode


@cache
def _decoder(noun: str, dialect: str) -> Callable[[Sequence[Any]], Record]:
    """What makes a row of ``columns_of`` a record."""
    table, names = table_of(noun), fields_of(noun)
    turns = [(n, turn) for n in names if (turn := bulk.decoder(table.c[n], dialect))]
    as_id, as_json = bulk.decoder(table.c.id, dialect) or str, orjson.loads
    stamped = len(columns_of(noun)) - len(names)
    gated = stamped > len(STAMPS)

    def decode(row: Sequence[Any]) -> Record:
        values = {n: v for n, v in zip(names, row[stamped:], strict=True) if v is not None}
        for name, turn in turns:
            if name in values:
                values[name] = turn(values[name])
        id_, ver, first, moved, scope, compartment, origin, n, fver, extra = row[: len(STAMPS)]
        gate = row[stamped - 1] if gated else None
        written = as_json(fver) if fver else NOTHING
        beyond = as_json(extra) if extra else NOTHING
        return Record(
            noun, as_id(id_), values, scope, compartment, gate, ver, first, origin, n, moved, written, beyond
        )  # fmt: skip

    return decode


def find(
    conn: sa.Connection, noun: str, name: str, wanted: Collection[Any], tail: str = ""
) -> list[Record]:
    """The records with one of these values in a column. tail: in which order, and whether locked."""
    rows = bulk.select_rows(conn, table_of(noun), columns_of(noun), name, wanted, tail)
    return list(map(_decoder(noun, conn.dialect.name), rows))


def versions(
    conn: sa.Connection, noun: str, ids: Collection[str], tail: str = ""
) -> dict[str, int]:
    """The number of the last change of each of these records. tail: as ``find`` takes it."""
    table = table_of(noun)
    as_id = bulk.decoder(table.c.id, conn.dialect.name) or str
    rows = bulk.select_rows(conn, table, ("id", "ver"), "id", ids, tail)
    return {as_id(record_id): ver for record_id, ver in rows}
