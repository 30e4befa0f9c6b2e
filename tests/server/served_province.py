"""The province on a server of its own, shared by the tests of a module; and where its registry stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from server import Config, create_app, ledger
from server.accounts.people import read_audit
from server.db import db, metadata, reading
from server.signin.session import session_table
from server.signin.throttle import login_throttle
from tests.databases import Databases
from tests.server.conftest import TEMPLATES, TEST_PASSWORD_MEMORY
from tests.server.province import Province

# What a GET may leave behind: who is here, who looked at what, who tried to sign in.
BESIDE = {session_table, read_audit, login_throttle}


@contextmanager
def served(engine: str, databases: Databases, folder: Path) -> Iterator[Province]:
    """One registry on this engine."""
    with databases.fresh(engine, migrated=True, folder=folder) as url:
        app = create_app(
            Config(
                data=folder,
                database_url=url,
                secret_key="a secret for tests, thirty-two characters",
                password_memory=TEST_PASSWORD_MEMORY,
            )
        )
        app.testing = True
        app.jinja_env.bytecode_cache = TEMPLATES
        yield Province(app)
        with app.app_context():
            db.engine.dispose()


def counted(app: Flask) -> dict[str, int]:
    """Where the registry stands: the last number, and how many rows each table has."""
    with app.app_context(), reading() as conn:
        tables = [table for table in metadata.tables.values() if table not in BESIDE]
        rows = {
            t.name: conn.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
            for t in tables
        }
        return {**rows, "head": ledger.head(conn)}
