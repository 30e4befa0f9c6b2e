"""One sync of a device at a time, and what is told of where everything is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import pytest

from field_client import sync, wiping
from field_client.pages.running import Paused, Run
from field_client.store import facts, states
from field_client.turns import locked
from schema.problems import Wiped
from tests.databases import FreshDatabase
from tests.field_client.registry import Registry, serving
from tests.field_client.test_sync import register


@pytest.fixture
def registry(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[Registry]:
    """A served registry."""
    with serving(fresh_database("sqlite"), tmp_path) as served:
        yield served


def test_a_sync_waits_for_the_one_before_it_and_says_so(registry: Registry) -> None:
    awa = registry.laptop("awa")
    register(awa)
    told: Queue[sync.Progress] = Queue()
    with ThreadPoolExecutor(1) as beside:
        with locked(awa):
            second = beside.submit(sync.run, awa, told.put)
            assert told.get(timeout=30).waiting
            assert not second.done()
        assert second.result(30).sent == 1


def test_one_that_waits_can_be_stopped(registry: Registry) -> None:
    awa, run = registry.laptop("awa"), Run()
    with locked(awa):
        run.begin(awa, lambda: None)
        run.stop(Paused)
        assert run.wait(30)
    assert isinstance(run.problem, Paused)


def test_where_what_was_saved_is_can_be_told_in_figures(registry: Registry) -> None:
    awa = registry.laptop("awa")
    register(awa)
    sync.run(awa)
    register(awa)
    with awa.opened() as db:
        found = states.whereabouts(db)
        assert (found.only_here, found.at_registry, found.in_backup, found.why) == (1, 1, 0, "")
        # The registry says that a checked backup holds the first one.
        said = facts.get(db, "stage_state")
        facts.put(db, stage_state={**said, "safe": {"1": 1}}, stick=[1, 2, "2026-11-22"])
        backed = states.whereabouts(db)
        assert (backed.only_here, backed.on_stick) == (1, 1)
        assert (backed.at_registry, backed.in_backup) == (0, 1)


def test_one_that_waited_for_a_wipe_leaves_nothing_behind(registry: Registry) -> None:
    awa = registry.laptop("awa")
    told: Queue[sync.Progress] = Queue()
    with ThreadPoolExecutor(1) as beside:
        with locked(awa):
            second = beside.submit(sync.run, awa, told.put)
            assert told.get(timeout=30).waiting
            assert wiping.wipe(awa, lambda db: b"") is None
            wiping.sweep(awa.folder)
        with pytest.raises(Wiped):
            second.result(30)
    assert not awa.folder.exists()
