"""A server over a fresh, migrated database, on both engines; and the cast's registry in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from server import Config, create_app
from server.db import db
from tests.server.cast import RegistryProgramme
from tests.server.desk import Desk
from tests.server.town import Town

# A passphrase hash costs 64 MiB and half a second in production; a test signs in hundreds of times.
TEST_PASSWORD_MEMORY = 1_024


class Compiled(BytecodeCache):
    """Templates compiled once a run: each test has an app of its own, and they all draw the same."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another test compiled from the same source."""
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the next."""
        self.known[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Compiled()


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
    made.jinja_env.bytecode_cache = TEMPLATES
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def another() -> Iterator[Callable[[Config], Flask]]:
    """Makes a server beside the usual one, set up otherwise; its connections are closed afterwards."""
    made: list[Flask] = []

    def make(config: Config) -> Flask:
        made.append(create_app(config))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
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


@pytest.fixture
def town(app: Flask) -> Town:
    """Two caseloads and two stores, outside any app context: browsers and laptops come and go."""
    return Town(app)
