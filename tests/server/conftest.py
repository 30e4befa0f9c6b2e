"""A server over a fresh, migrated database, on both engines; and the cast's registry in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server import Config, create_app
from server.db import db
from tests.server.cast import RegistryProgramme
from tests.server.desk import Desk

# A passphrase hash costs 64 MiB and half a second in production; a test signs in hundreds of times.
TEST_PASSWORD_MEMORY = 1_024


@pytest.fixture
def app(registry_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The server, once on SQLite and once on PostgreSQL."""
    config = Config(
        data=tmp_path,
        database_url=registry_url,
        secret_key="a secret for tests, thirty-two characters",
        password_memory=TEST_PASSWORD_MEMORY,
    )
    made = create_app(config)
    made.testing = True
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def cast_registry(app: Flask) -> Iterator[RegistryProgramme]:
    """Two caseloads, two stores and the cast, in an app context."""
    with app.app_context():
        yield RegistryProgramme()


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Accounts and browsers for this server."""
    return Desk(app)
