"""The registry's process is killed at every point of a sync: nothing is lost, nothing happens twice."""

from collections.abc import Iterator

import pytest

from field_client import sync
from schema import points
from schema.problems import Unreachable
from tests.conftest import Hit
from tests.databases import Databases
from tests.faults import checks
from tests.faults.dying import Doom, with_parent
from tests.faults.served import Served, served
from tests.faults.two_officers import OUTCOMES, TwoOfficers


@pytest.fixture(scope="module")
def doom(tmp_path_factory: pytest.TempPathFactory) -> Doom:
    """What hangs over the registry's process."""
    return Doom(tmp_path_factory.mktemp("doom"), with_parent)


@pytest.fixture(scope="module")
def registry(
    engine: str, databases: Databases, doom: Doom, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The registry."""
    folder = tmp_path_factory.mktemp("registry")
    with (
        databases.fresh(engine, migrated=True, folder=folder) as url,
        served(url, folder, doom) as registry,
    ):
        yield registry


@pytest.fixture(scope="module")
def officers(registry: Served) -> TwoOfficers:
    """Awa and Idriss."""
    return TwoOfficers.of(registry.inside)


@pytest.mark.parametrize("point", points.SERVER)
def test_a_registry_that_is_killed_loses_nothing_and_does_nothing_twice(
    registry: Served, doom: Doom, officers: TwoOfficers, hit: Hit, engine: str, point: str
) -> None:
    units = officers.disagree()
    doom.at(point)
    with pytest.raises(Unreachable):
        sync.run(officers.awa)
    assert registry.is_gone()
    assert doom.hits()[-1] == point
    hit(f"registry on {engine} killed {point}")
    registry.serve()
    sync.run(officers.awa)
    assert checks.outcomes(registry.inside, units) == OUTCOMES
    checks.all_is_well(registry.inside, officers.awa)
