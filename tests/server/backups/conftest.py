"""A registry with some work in it, its laptops, and a shell beside it."""

from pathlib import Path

import pytest
from flask import Flask

from tests.server.cli.shell import Shell
from tests.server.sync.laptop import Fleet, Laptop
from tests.server.town import Town


@pytest.fixture
def fleet(app: Flask, town: Town) -> Fleet:
    """Accounts and laptops for this registry."""
    return Fleet(app)


@pytest.fixture
def awa(fleet: Fleet) -> Laptop:
    """Awa's laptop: caseload A, store A."""
    return fleet.laptop("awa")


@pytest.fixture
def shell(app: Flask, tmp_path: Path) -> Shell:
    """``ddr-server`` in the environment of this server."""
    return shell_of(app, app.extensions["ddr_config"].database_url)


def shell_of(app: Flask, database_url: str) -> Shell:
    """``ddr-server`` over this database, with the data folder and key of that server."""
    config = app.extensions["ddr_config"]
    return Shell(
        {
            "DDR_DATA": str(config.data),
            "DDR_DATABASE_URL": database_url,
            "DDR_SECRET_KEY": config.secret_key,
            "DDR_PASSWORD_MEMORY": "19456",
        }
    )
