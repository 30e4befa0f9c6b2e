"""The steps, written out by hand, end where the declaration is: on both engines."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from server import create_app
from server.db import engine_options, metadata, tune, upgrade


def drift(url: str) -> list[object]:
    assert create_app is not None  # importing the app declares every table
    engine = tune(sa.create_engine(url, **engine_options(url)))
    with engine.connect() as conn:
        found = compare_metadata(
            MigrationContext.configure(conn, opts={"compare_type": True}), metadata
        )
    engine.dispose()
    return found


def test_a_new_database_is_what_is_declared(registry_url):
    assert drift(registry_url) == []


def test_upgrading_twice_changes_nothing(registry_url):
    upgrade(registry_url)
    assert drift(registry_url) == []


def test_a_missing_column_is_noticed(registry_url):
    engine = tune(sa.create_engine(registry_url))
    with engine.execution_options(ddr_mode="write").begin() as conn:
        conn.execute(sa.text("ALTER TABLE person DROP COLUMN alias"))
    engine.dispose()
    assert any("alias" in str(found) for found in drift(registry_url))
