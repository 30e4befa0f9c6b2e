"""The databases that the tests stand on."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import postgres
from tests.databases import FreshDatabase


def tables(url: str) -> list[str]:
    """What is in the database at this address."""
    engine = sa.create_engine(url)
    try:
        return sa.inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_database_starts_empty(database_url: str) -> None:
    assert tables(database_url) == []


def test_two_databases_of_one_test_are_two(fresh_database: FreshDatabase, engine_name: str) -> None:
    first = fresh_database(engine_name, migrated=False)
    second = fresh_database(engine_name, migrated=False)
    engine = sa.create_engine(first)
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE marked (id INTEGER)")
    engine.dispose()
    assert (tables(first), tables(second)) == (["marked"], [])


def test_without_a_system_postgresql_the_one_of_the_wheel_serves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres, "DEBIAN", Path("/nowhere"))
    monkeypatch.setenv("PATH", "")
    with postgres.running() as cluster:
        assert tables(cluster.url(cluster.create())) == []
