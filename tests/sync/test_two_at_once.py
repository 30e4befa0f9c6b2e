"""Two who write at once, on PostgreSQL: nothing is written over, and no laptop passes a number by."""

from contextlib import ExitStack

import pytest

from server import apply, ledger
from tests.sync.agreement import converged
from tests.sync.known_bugs.flaw import Patches
from tests.sync.known_bugs.numbers import no_row_lock, number_at_insert
from tests.sync.lost import nothing_lost
from tests.sync.slow import Writer, stopping, until_done_or_waiting
from tests.sync.world import World


@pytest.fixture
def world(stages) -> World:
    """Awa and Idriss, on PostgreSQL."""
    begun = stages["postgresql"].world()
    begun.begin(0)
    return begun


def two_fields_of_one_person(world: World) -> None:
    """Celine's edit stops before it is written; Esther's colleague edits another field beside it."""
    slow = Writer(lambda: world.office.web("edit", 0, 0, 0, 3))
    other = Writer(lambda: world.office.web("edit", 0, 0, 1, 3))
    with stopping(slow, apply, "_write"):
        other.begin()
        until_done_or_waiting(world.registry, other)
    other.end()
    nothing_lost(world)


def a_sync_beside_a_slow_writer(world: World) -> None:
    """Celine's edit has its numbers and dawdles; another is in force, and Awa syncs meanwhile."""
    slow = Writer(lambda: world.office.web("edit", 0, 0, 0, 3))
    other = Writer(lambda: world.office.web("edit", 0, 2, 0, 3))
    with stopping(slow, ledger, "write"):
        other.begin()
        until_done_or_waiting(world.registry, other)
        world.sync(0)
    other.end()
    world.quiesce()
    for laptop in world.laptops:
        converged(world, laptop)


def with_the_bug(patches: Patches, act, world: World) -> str:
    """What is wrong after an act with a bug put back."""
    with ExitStack() as stack:
        for one in patches:
            stack.enter_context(one)
        try:
            act(world)
        except AssertionError as wrong:
            return str(wrong)
    return ""


def test_two_who_edit_one_person_at_once_lose_nothing(world):
    two_fields_of_one_person(world)


def test_without_row_locks_the_checker_turns_red(world):
    assert "lost" in with_the_bug(no_row_lock(), two_fields_of_one_person, world)


def test_a_laptop_that_syncs_beside_a_slow_writer_misses_nothing(world):
    a_sync_beside_a_slow_writer(world)


def test_numbers_given_early_turn_the_checker_red(world):
    assert "differ" in with_the_bug(number_at_insert(), a_sync_beside_a_slow_writer, world)
