"""A shell over the same database as the server of the test."""

from pathlib import Path

import pytest
from flask import Flask

from tests.server.cli.shell import Shell


@pytest.fixture
def shell(app: Flask, tmp_path: Path) -> Shell:
    """``ddr-server`` in the environment of this server."""
    config = app.extensions["ddr_config"]
    return Shell(
        {
            "DDR_DATA": str(tmp_path),
            "DDR_DATABASE_URL": config.database_url,
            "DDR_SECRET_KEY": config.secret_key,
            "DDR_PASSWORD_MEMORY": "19456",
        }
    )
