"""A snapshot file whose writer or reader is killed: nobody is served half of one, and the next makes it."""

import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from field_client import enrolment, home, sync
from field_client.store import acts
from schema import points
from schema.problems import Unreachable
from server.sync import shelf, snapshots
from tests.conftest import Hit
from tests.databases import Databases
from tests.faults import checks
from tests.faults.dying import Doom, alone, with_parent
from tests.faults.served import Served, served
from tests.faults.test_killed_laptop import command
from tests.faults.two_officers import said, save
from tests.field_client.registry import PASSPHRASE, Registry

# More than there are reference data, so that only the caseload is worth a file.
PEOPLE = 12
# A note that no compression makes smaller: the file comes in several parts.
NOTE = {"custom": {"note": secrets.token_hex(200_000)}}


@dataclass(frozen=True)
class Eager:
    """What a registry's process does first: it makes files of small buckets too, and dies where it must."""

    doom: Doom

    def __call__(self) -> None:
        """In the new process."""
        snapshots.LEAST_RECORDS = PEOPLE
        self.doom()


def work(registry: Registry, name: str) -> None:
    """A caseload that is worth a file."""
    awa = registry.laptop("awa", name)
    for number in range(PEOPLE):
        more = NOTE if number == 0 else {}
        save(awa, acts.create("person", {**said(f"Fatou {number}"), **more}))
    sync.run(awa)


def newcomer(registry: Registry, name: str) -> home.Unlocked:
    """A laptop that is enrolled and has fetched nothing."""
    return enrolment.enrol(registry.folder / name, registry.url, registry.code("awa"), PASSPHRASE)


def lying(registry: Registry) -> tuple[list[Path], list[Path]]:
    """(files with a name, files that were left unfinished) on the shelf."""
    files = list((registry.folder / "registry").glob("snapshots/*/*"))
    unfinished = [file for file in files if file.name.startswith(shelf.UNFINISHED)]
    return [file for file in files if file not in unfinished], unfinished


@contextmanager
def eager(engine: str, databases: Databases, folder: Path) -> Iterator[tuple[Served, Doom]]:
    """Such a registry in a process of its own."""
    doom = Doom(folder, with_parent)
    with (
        databases.fresh(engine, migrated=True, folder=folder) as url,
        served(url, folder, Eager(doom)) as registry,
    ):
        yield registry, doom


@pytest.mark.parametrize("dies", points.SNAPSHOT)
def test_a_registry_that_is_killed_while_it_makes_a_file_serves_nothing_of_it(
    engine: str, databases: Databases, tmp_path: Path, hit: Hit, dies: str
) -> None:
    with eager(engine, databases, tmp_path) as (registry, doom):
        work(registry.inside, "works")
        late = newcomer(registry.inside, "comes-late")
        doom.at(dies)
        with pytest.raises(Unreachable):
            sync.run(late)
        assert registry.is_gone()
        assert doom.hits() == [dies]
        hit(f"registry on {engine} killed {dies}")
        whole, unfinished = lying(registry.inside)
        assert (len(whole), len(unfinished)) == (0, 1)
        registry.serve()
        assert sync.run(late).fetched >= PEOPLE
        whole, unfinished = lying(registry.inside)
        assert (len(whole), len(unfinished)) == (1, 0)
        checks.all_is_well(registry.inside, late)


@pytest.mark.parametrize("dies", points.FETCHING)
def test_a_laptop_that_is_killed_while_it_fetches_a_file_goes_on(
    registry: Registry, tmp_path: Path, hit: Hit, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", PEOPLE)
    work(registry, f"works-{len(dies)}")
    late = newcomer(registry, f"killed-{len(dies)}")
    doom = Doom(tmp_path, alone)
    doom.at(dies)
    assert command(late, doom, "sync").done().code == -signal.SIGKILL
    hit(f"laptop killed {dies}")
    assert command(late, doom, "sync").done().code == 0
    checks.all_is_well(registry, late)
