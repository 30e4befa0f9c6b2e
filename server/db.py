"""The one database: its metadata, its connections, and how each kind of transaction begins.

Three ways in, and no other. ``reading`` cannot write; ``writing`` is for the registry and cannot
be opened by a GET; ``aside`` is for what a GET may leave behind (sessions, read audit, login
throttle): its own short transaction, never inside a writing one: SQLite would wait for itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from server import highwater
from server.config import settings

MIGRATIONS = Path(__file__).parent.parent / "migrations"
UPGRADE_LOCK = 0x44445200
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# FULL, not NORMAL: in WAL mode NORMAL may lose the last commits at a power cut, and a laptop was
# already told that they are durable. It costs one fsync a commit; a sync is few commits.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")
_MODE = "ddr_mode"
# Who can say how far a transaction came that has taken numbers: kept beside the data once it is
# committed. Asked at its end, because a savepoint that is rolled back gives its numbers back.
REACHED = "ddr_reached"
_BEGIN = {
    "read": ("PRAGMA query_only=ON", "BEGIN"),
    "write": ("PRAGMA query_only=OFF", "BEGIN IMMEDIATE"),
}


class Base(DeclarativeBase):
    """Holds the metadata of every table; constraint names are the same on both engines."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


metadata = Base.metadata
db = SQLAlchemy(model_class=Base)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


def init_app(app: Flask, url: str) -> None:
    """Connect an app to the database at this address."""
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    with app.app_context():
        tune(db.engine)


def engine_options(url: str) -> dict[str, Any]:
    """How the pool and the driver are set up for this address."""
    pool: dict[str, Any] = {"pool_size": 8, "max_overflow": 24, "pool_timeout": 15}
    # A failed statement's values are people's: they must not reach a log with its message.
    pool["hide_parameters"] = True
    if url.startswith("sqlite"):
        return pool
    return pool | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def tune(engine: sa.Engine) -> sa.Engine:
    """Make SQLite begin transactions as asked and not as its driver guesses."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _on_connect)
        sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    # The driver would otherwise begin lazily and deferred: a transaction that reads before it
    # writes then fails with "database is locked" at once, whatever the timeout.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(conn: sa.Connection) -> None:
    mode = conn.get_execution_options().get(_MODE, "read")
    for statement in _BEGIN[mode]:
        conn.exec_driver_sql(statement)


@contextmanager
def _begun(engine: sa.Engine, mode: str) -> Iterator[sa.Connection]:
    with engine.connect() as plain:
        conn = plain.execution_options(**{_MODE: mode})
        if engine.dialect.name == "postgresql":
            reads = mode == "read"
            level = "REPEATABLE READ" if reads else "READ COMMITTED"
            conn = conn.execution_options(isolation_level=level, postgresql_readonly=reads)
        with conn.begin():
            yield conn


@contextmanager
def reading() -> Iterator[sa.Connection]:
    """A transaction that sees one moment of the registry and cannot change it."""
    with _begun(db.engine, "read") as conn:
        yield conn


@contextmanager
def writing() -> Iterator[sa.Connection]:
    """A transaction for the registry. A request that only reads cannot open one."""
    if has_request_context() and request.method in SAFE_METHODS:
        raise RuntimeError(f"{request.endpoint}: a {request.method} only reads")
    _refuse_nested()
    with _begun(db.engine, "write") as conn:
        conn.info.pop(REACHED, None)
        token = _writing.set(True)
        try:
            yield conn
        finally:
            _writing.reset(token)
        tell = conn.info.pop(REACHED, None)
        reached = tell(conn) if tell else None
    if reached:
        highwater.raise_to(settings().data, reached)


@contextmanager
def aside() -> Iterator[sa.Connection]:
    """A short transaction for sessions, read audit and throttle, open to a GET too."""
    _refuse_nested()
    with _begun(db.engine, "write") as conn:
        yield conn


def insert_new(conn: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert those rows that clash with none: two who insert the same at once both go on."""
    conn.execute(_insert_new(table, conn.dialect.name), rows)


@cache
def _insert_new(table: sa.Table, dialect: str) -> sa.Insert:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


def _refuse_nested() -> None:
    if _writing.get():
        raise RuntimeError("a writing transaction is open; on SQLite this one would wait for it")


def upgrade(url: str) -> None:
    """Bring the database at this address to the newest migration, in one transaction."""
    engine = tune(sa.create_engine(url, **engine_options(url)))
    try:
        with _begun(engine, "write") as conn:
            if conn.dialect.name == "postgresql":
                conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
            config = _alembic()
            config.attributes["connection"] = conn
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def is_current(conn: sa.Connection) -> bool:
    """Whether every migration that this version knows has been applied, and none beyond."""
    heads = ScriptDirectory.from_config(_alembic()).get_heads()
    return set(MigrationContext.configure(conn).get_current_heads()) == set(heads)


def _alembic() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
