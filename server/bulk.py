"""Many rows at once: COPY on PostgreSQL, the driver's executemany on SQLite; never multi-row VALUES.

Rows are tuples of what the driver stores, in the order of ``columns``.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import orjson
import psycopg
import sqlalchemy as sa

from server.tables import IsoDay, Json

Row = tuple[Any, ...]
# Below this, the round trip of setting COPY up costs more than it saves.
COPY_FROM = 8


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for reference cycles rarely while many rows are made: they make none, and it costs a fifth."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def insert_rows(
    conn: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    """Insert rows that are known not to be there."""
    if not rows:
        return
    if conn.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        _copy(conn, table, columns, rows)
    else:
        conn.exec_driver_sql(_insert(table.name, tuple(columns), _mark(conn)), list(rows))


def update_rows(
    conn: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Sequence[Row],
    keys: int = 1,
) -> None:
    """Write rows that are there, found by the first columns: one, or as many as there are keys."""
    if rows:
        mark = _mark(conn)
        pairs = ", ".join(f'"{name}" = {mark}' for name in columns[keys:])
        same = " AND ".join(f'"{name}" = {mark}' for name in columns[:keys])
        sql = f'UPDATE "{table.name}" SET {pairs} WHERE {same}'  # noqa: S608 - names come from the declaration
        conn.exec_driver_sql(sql, [(*row[keys:], *row[:keys]) for row in rows])


def select_rows(
    conn: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    name: str,
    wanted: Collection[Any],
    tail: str = "",
) -> Sequence[Sequence[Any]]:
    """The rows with one of these values in a column, as the driver has them.

    The values go in one parameter, so the statement is the same however many they are.
    """
    dialect = conn.dialect.name
    turn = encoder(table.c[name], dialect)
    values = [turn(value) for value in wanted] if turn else list(wanted)
    one = values if dialect == "postgresql" else orjson.dumps(values).decode()
    sql = f"{_select(table, tuple(columns), name, dialect)} {tail}"
    return conn.exec_driver_sql(sql, (one,)).all()


@cache
def _select(table: sa.Table, columns: tuple[str, ...], name: str, dialect: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    among = "IN (SELECT value FROM json_each(?))"
    if dialect == "postgresql":
        kinds = ((sa.Uuid, "uuid"), (sa.BigInteger, "bigint"), (sa.String, "text"))
        kind = next(word for kind, word in kinds if isinstance(table.c[name].type, kind))
        among = f"= ANY(%s::{kind}[])"
    return f'SELECT {names} FROM "{table.name}" WHERE "{name}" {among}'  # noqa: S608 - names come from the declaration


def delete_rows(
    conn: sa.Connection, table: sa.Table, keys: Sequence[str], rows: Sequence[Row]
) -> None:
    """Delete the rows with these keys."""
    if rows:
        mark = _mark(conn)
        same = " AND ".join(f'"{name}" = {mark}' for name in keys)
        sql = f'DELETE FROM "{table.name}" WHERE {same}'  # noqa: S608 - names come from the declaration
        conn.exec_driver_sql(sql, list(rows))


def upsert_rows(
    conn: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    keys: Sequence[str],
    rows: Sequence[Row],
) -> None:
    """Insert rows, or write those that are there."""
    if rows:
        wanted = ", ".join(f'"{name}"' for name in keys)
        pairs = ", ".join(f'"{n}" = excluded."{n}"' for n in columns if n not in keys)
        sql = f"{_insert(table.name, tuple(columns), _mark(conn))} ON CONFLICT ({wanted}) DO UPDATE SET {pairs}"
        conn.exec_driver_sql(sql, list(rows))


@cache
def _insert(name: str, columns: tuple[str, ...], mark: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{name}" ({names}) VALUES ({", ".join([mark] * len(columns))})'  # noqa: S608 - names come from the declaration


def _mark(conn: sa.Connection) -> str:
    return "%s" if conn.dialect.name == "postgresql" else "?"


def _copy(
    conn: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    statement = f'COPY "{table.name}" ({names}) FROM STDIN'
    driver: Any = conn.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        # COPY goes past SQLAlchemy, and whoever isolates a failing Unit knows only its errors.
        raise sa.exc.DBAPIError.instance(
            statement, None, error, psycopg.Error, hide_parameters=True, dialect=conn.dialect
        ) from error


def encoder(column: "sa.Column[Any]", dialect: str) -> Callable[[Any], Any] | None:
    """What turns a value into what the driver stores; None when it is stored as it is."""
    if isinstance(column.type, Json):
        return lambda value: None if value is None else orjson.dumps(value).decode()
    if isinstance(column.type, sa.Uuid) and dialect == "sqlite":
        return lambda value: None if value is None else value.replace("-", "")
    if isinstance(column.type, (IsoDay, sa.Uuid)):
        return None
    return None


def decoder(column: "sa.Column[Any]", dialect: str) -> Callable[[Any], Any] | None:
    """What turns what the driver stores, and is not nothing, into a value; None when it is one."""
    if isinstance(column.type, Json):
        return orjson.loads
    if isinstance(column.type, sa.Uuid):
        return _hyphened if dialect == "sqlite" else str
    if isinstance(column.type, sa.Boolean) and dialect == "sqlite":
        return bool
    if isinstance(column.type, IsoDay) and dialect == "postgresql":
        return date.isoformat
    return None


def _hyphened(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def encoded_id(conn: sa.Connection, record_id: str) -> str:
    """An id as the driver stores it."""
    return record_id if conn.dialect.name == "postgresql" else record_id.replace("-", "")
