"""A registry on each engine, laptops that have synced with it, and a link that can be cut."""

from collections.abc import Iterator
from unittest import mock

import pytest

from field_client import keys, sync
from server.accounts import Place
from tests.databases import Databases
from tests.faults.relay import Relay, relaying
from tests.field_client.agreeing import person
from tests.field_client.conftest import TEST_PASSPHRASE_MEMORY
from tests.field_client.registry import Registry, serving
from tests.schema.programme import A, B
from tests.walk.peer_failures.fleet import Fleet, people_on

MANY = 300


@pytest.fixture(scope="module", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    with mock.patch.object(keys, "MEMORY_KIB", TEST_PASSPHRASE_MEMORY):
        yield


@pytest.fixture(scope="module")
def registry(
    engine: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Registry]:
    """A registry on each engine, answering on loopback."""
    folder = tmp_path_factory.mktemp("peers")
    with (
        databases.fresh(engine, migrated=True, folder=folder) as url,
        serving(url, folder) as served,
    ):
        served.add("idriss", "case-worker", Place("scope", A))
        served.add("moussa", "field-officer", Place("scope", A))
        served.add("amina", "programme-manager", Place("scope", A))
        served.add("mariam", "programme-manager", Place("scope", B))
        yield served


@pytest.fixture(scope="module")
def fleet(registry: Registry) -> Fleet:
    """The laptops, enrolled once."""
    return Fleet(*(registry.laptop(who) for who in ("awa", "idriss", "bakary")))


@pytest.fixture
def relay(registry: Registry) -> Iterator[Relay]:
    """A link to the registry that can be cut."""
    with relaying(int(registry.url.rpartition(":")[2])) as relay:
        yield relay


@pytest.fixture(scope="module")
def many(registry: Registry, fleet: Fleet) -> int:
    """How many people Bakary's caseload holds: too many for a small page."""
    registry.write(*(person(name=f"Nobody {n}", caseload_id=B) for n in range(MANY)))
    sync.run(fleet.bakary)
    return people_on(fleet.bakary)
