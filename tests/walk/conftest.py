"""Registries served for a whole module, once on each engine, and the cast's laptops."""

from collections.abc import Iterator

import pytest

from tests.databases import ENGINES, Databases
from tests.walk.laptop import Laptop, enrolled
from tests.walk.served import Registry, founded


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The two engines, one after the other; a module that needs one alone overrides it."""
    return str(request.param)


@pytest.fixture(scope="module")
def workers() -> int:
    """How many workers serve; a module overrides it."""
    return 2


@pytest.fixture(scope="module")
def registry(
    engine: str, workers: int, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Registry]:
    """A served registry with two areas, caseloads and stores, and accounts for the cast."""
    folder = tmp_path_factory.mktemp("walk")
    with (
        databases.fresh(engine, migrated=False, folder=folder) as url,
        founded(folder / "made", url, workers) as served,
    ):
        served.account("awa", "field-officer", "A", "SA")
        served.account("idriss", "case-worker", "A")
        served.account("bakary", "field-officer", "B", "SB")
        served.account("celine", "programme-manager")
        served.account("dario", "donor")
        yield served


@pytest.fixture(scope="module")
def awa(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """The laptop of caseload A's field officer."""
    return enrolled(registry, "awa", tmp_path_factory.mktemp("laptop") / "awa")


@pytest.fixture(scope="module")
def idriss(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """The laptop of caseload A's case worker."""
    return enrolled(registry, "idriss", tmp_path_factory.mktemp("laptop") / "idriss")


@pytest.fixture(scope="module")
def bakary(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """The laptop of caseload B's field officer, the stranger."""
    return enrolled(registry, "bakary", tmp_path_factory.mktemp("laptop") / "bakary")
