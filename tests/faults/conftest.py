"""Fixtures of the faults: quick passphrases, and the engines one after the other."""

from collections.abc import Iterator

import pytest

from field_client import keys
from tests.databases import ENGINES, Databases
from tests.field_client.conftest import TEST_PASSPHRASE_MEMORY
from tests.field_client.registry import Registry, serving


@pytest.fixture(scope="module", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "MEMORY_KIB", TEST_PASSPHRASE_MEMORY)
        yield


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The two engines, one after the other."""
    return str(request.param)


@pytest.fixture(scope="module")
def registry(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry in this process, for what is about laptops and links and not about its engine."""
    folder = tmp_path_factory.mktemp("registry")
    with (
        databases.fresh("sqlite", migrated=True, folder=folder) as url,
        serving(url, folder) as registry,
    ):
        yield registry
