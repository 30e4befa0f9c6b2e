"""A registry that was filled long ago is brought to the newest migration with all that it held."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic import command

from server import create_app
from server.db import (
    MIGRATIONS,
    AlembicConfig,
    db,
    engine_options,
    metadata,
    reading,
    tune,
    upgrade,
)
from server.verify import verify
from tests.databases import FreshDatabase
from tests.migrations.test_versions import drift
from tests.server.cast import RegistryProgramme
from tests.server.conftest import app, cast_registry
from tests.server.test_verify import programme

__all__ = ["app", "cast_registry", "programme"]

THEN = "0004"
LAPTOP, OTHER = "01940000-0000-7000-8000-0000000000e1", "01940000-0000-7000-8000-0000000000e2"
# (chain, announced, head, at), as was then kept what each incarnation was told.
TOLD = (
    (f"d:{LAPTOP}/1", 4, 10, "2026-10-01T08:00:00.000Z"),
    (f"d:{LAPTOP}/2", 4, 10, "2026-10-01T07:00:00.000Z"),
    (f"d:{LAPTOP}/2", 5, 12, "2026-10-02T08:00:00.000Z"),
    (f"d:{OTHER}/1", 1, 12, "2026-10-02T09:00:00.000Z"),
)


@contextmanager
def beginning(url: str) -> Iterator[sa.Connection]:
    """A writing transaction of a database that no app serves yet."""
    engine = tune(sa.create_engine(url, **engine_options(url)))
    try:
        with engine.execution_options(ddr_mode="write").begin() as conn:
            yield conn
    finally:
        engine.dispose()


def as_then(conn: sa.Connection) -> None:
    """The tables of that time, empty."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = conn
    command.upgrade(config, THEN)


def copy(source: sa.Connection, target: sa.Connection) -> None:
    """What there were columns for, of every table that there was."""
    inspected = sa.inspect(target)
    for table in metadata.sorted_tables:
        if table.name not in inspected.get_table_names():
            continue
        there = {column["name"] for column in inspected.get_columns(table.name)}
        shared = [column for column in table.columns if column.name in there]
        rows = [dict(row) for row in source.execute(sa.select(*shared)).mappings()]
        plain = sa.table(table.name, *(sa.column(c.name, c.type) for c in shared))
        target.execute(sa.delete(plain))
        if rows:
            target.execute(sa.insert(plain), rows)


@pytest.fixture
def filled(programme: RegistryProgramme, fresh_database: FreshDatabase, engine_name: str) -> str:
    """A database of that time with some work of the cast, and two laptops that were told."""
    url = fresh_database(engine_name, migrated=False)
    told = sa.table("told", *map(sa.column, ("chain", "announced", "head", "at")))
    with beginning(url) as target:
        as_then(target)
        with reading() as source:
            copy(source, target)
        target.execute(sa.insert(told).values(TOLD))
    return url


def test_it_agrees_with_itself_and_is_what_is_declared(app, filled):
    """``verify`` works out anew every hash that the upgrade has put there."""
    upgrade(filled)
    assert drift(filled) == []
    later = create_app(replace(app.extensions["ddr_config"], database_url=filled))
    with later.app_context():
        with reading() as conn:
            report = verify(conn)
        db.engine.dispose()
    assert (report.wrong, report.counted["person"]) == ([], 2)


def test_what_a_laptop_was_told_is_kept_by_laptop_from_the_first_time_on(filled):
    upgrade(filled)
    with beginning(filled) as conn:
        told = conn.execute(metadata.tables["told_head"].select()).all()
    assert {tuple(row) for row in told} == {
        (LAPTOP, 10, 4, "2026-10-01", "2026-10-01T07:00:00.000Z"),
        (LAPTOP, 12, 5, "2026-10-02", "2026-10-02T08:00:00.000Z"),
        (OTHER, 12, 1, "2026-10-02", "2026-10-02T09:00:00.000Z"),
    }
