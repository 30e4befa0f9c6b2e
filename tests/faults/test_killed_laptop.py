"""The laptop's process is killed at every point of a save and a sync: nothing is lost or sent twice."""

import signal
from pathlib import Path

import pytest

from field_client import home, sync
from field_client.store import outbox
from schema import points
from tests.conftest import Hit
from tests.faults import checks
from tests.faults.dying import Doom, alone
from tests.faults.two_officers import OUTCOMES, TwoOfficers
from tests.field_client.registry import PASSPHRASE, Registry
from tests.walk.commands import Running, start

WHILE_SYNCING = tuple(name for name in points.FIELD if name != "while saving")


@pytest.fixture(scope="module")
def doom(tmp_path_factory: pytest.TempPathFactory) -> Doom:
    """What hangs over the laptop's processes."""
    return Doom(tmp_path_factory.mktemp("doom"), alone)


@pytest.fixture(scope="module")
def officers(registry: Registry) -> TwoOfficers:
    """Awa and Idriss."""
    return TwoOfficers.of(registry)


def command(laptop: home.Unlocked, doom: Doom, *words: str) -> Running:
    """``ddr-field`` on this laptop, in a process of its own."""
    folder: Path = laptop.folder.parent
    env = {"DDR_FIELD_HOME": str(folder), "DDR_PASSPHRASE": PASSPHRASE}
    return start("ddr-field", (*words, "--json"), env, folder, doom)


@pytest.mark.parametrize("point", WHILE_SYNCING)
def test_a_laptop_that_is_killed_in_a_sync_loses_nothing_and_sends_nothing_twice(
    registry: Registry, doom: Doom, officers: TwoOfficers, hit: Hit, point: str
) -> None:
    units = officers.disagree()
    doom.at(point)
    assert command(officers.awa, doom, "sync").done().code == -signal.SIGKILL
    assert doom.hits()[-1] == point
    hit(f"laptop killed {point}")
    assert command(officers.awa, doom, "sync").done().code == 0
    assert checks.outcomes(registry, units) == OUTCOMES
    checks.all_is_well(registry, officers.awa)


def test_a_laptop_that_is_killed_while_it_saves_has_saved_nothing_of_it(
    registry: Registry, doom: Doom, officers: TwoOfficers, hit: Hit
) -> None:
    words = ("add", "person", "name=Salif Traoré", "sex=male")
    with officers.awa.opened() as db:
        before = len(outbox.held(db)), db.table("person").count
    doom.at("while saving")
    assert command(officers.awa, doom, *words).done().code == -signal.SIGKILL
    hit("laptop killed while saving")
    with officers.awa.opened() as db:
        assert (len(outbox.held(db)), db.table("person").count) == before
    assert command(officers.awa, doom, *words).done().code == 0
    assert sync.run(officers.awa).sent == 1
    checks.all_is_well(registry, officers.awa)
