"""Fixtures of the faults: quick passphrases, and the engines one after the other."""

from collections.abc import Iterator

import pytest

from field_client import keys
from tests.databases import ENGINES
from tests.field_client.conftest import TEST_PASSPHRASE_MEMORY


@pytest.fixture(scope="module", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "MEMORY_KIB", TEST_PASSPHRASE_MEMORY)
        yield


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The two engines, one after the other."""
    return str(request.param)
