"""Fixtures of the laptop's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from field_client import keys
from tests.field_client import laptops
from tests.field_client.registry import Registry, serving

# A passphrase costs 64 MiB and a fifth of a second in production; tests unlock hundreds of times.
TEST_PASSPHRASE_MEMORY = 1_024


@pytest.fixture(autouse=True)
def _quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MEMORY_KIB", TEST_PASSPHRASE_MEMORY)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The store of Awa's laptop: caseload A, the weapons of one store, no case yet."""
    with laptops.opened(tmp_path / "laptop") as opened:
        yield opened


@pytest.fixture
def registry(registry_url: str, tmp_path: Path) -> Iterator[Registry]:
    """The served registry, on both engines."""
    with serving(registry_url, tmp_path) as served:
        yield served
