"""Many rows at once: COPY on PostgreSQL, the driver's executemany on SQLite; never multi-row VALUES.

Rows are tuples of what the driver stores, in the order of ``columns``.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
    conn: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]
) -> None:
    """Write rows that are there, found by the first column."""
    if rows:
        mark = _mark(conn)
        pairs = ", ".join(f'"{name}" = {mark}' for name in columns[1:])
        sql = f'UPDATE "{table.name}" SET {pairs} WHERE "{columns[0]}" = {mark}'  # noqa: S608 - names come from the declaration
        conn.exec_driver_sql(sql, [(*row[1:], row[0]) for row in rows])


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


def encoded_id(conn: sa.Connection, record_id: str) -> str:
    """An id as the driver stores it."""
    return record_id if conn.dialect.name == "postgresql" else record_id.replace("-", "")
