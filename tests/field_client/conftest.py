"""Fixtures of the laptop's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.field_client import laptops


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The store of Awa's laptop: caseload A, the weapons of one store, no case yet."""
    with laptops.opened(tmp_path / "laptop") as opened:
        yield opened
