"""An answer that breaks off anywhere shows nothing, and the next sync goes on; a request may come twice."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from field_client import home, sync
from field_client.store import acts, facts, known, rows
from schema.problems import Unreachable
from tests.conftest import Hit
from tests.faults import checks
from tests.faults.relay import ENDINGS, Relay, ask, relaying
from tests.faults.two_officers import OUTCOMES, TwoOfficers, said, save
from tests.field_client.registry import Registry
from tests.sync.known_bugs import put_in

# Somebody of whom so much is noted that an answer comes in several parts: of a short one a cut leaves nothing.
LONG = {**said("Mariam, who is news to Awa"), "custom": {"note": secrets.token_hex(200_000)}}
# Bytes of the answer that pass; a fraction is of the whole answer. The last eight are gzip's own sum.
PASSES = (0, 1, 12, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, -12)


@pytest.fixture(scope="module")
def officers(registry: Registry) -> TwoOfficers:
    """Awa and Idriss."""
    return TwoOfficers.of(registry)


@pytest.fixture
def relay(registry: Registry, officers: TwoOfficers) -> Iterator[Relay]:
    """A relay through which Awa's laptop reaches the registry."""
    with relaying(int(registry.url.rpartition(":")[2])) as relay:
        point(officers.awa, relay.url)
        yield relay
        point(officers.awa, registry.url)


def point(laptop: home.Unlocked, url: str) -> None:
    """Have a laptop find its registry there."""
    with laptop.opened() as db:
        facts.put(db, url=url)


def copied(laptop: home.Unlocked, folder: Path) -> home.Unlocked:
    """A copy that says in full where it is, so that each cut is of an answer with rows in it.

    The registry remembers what it told this laptop last: to the word of a copy it would answer a question.
    """
    copy = home.Unlocked(folder, laptop.key)
    shutil.copytree(laptop.folder, copy.folder)
    with copy.opened() as db:
        known.forget(db)
    return copy


def shown(laptop: home.Unlocked) -> list[str]:
    """The people that a laptop shows."""
    with laptop.opened() as db:
        return sorted(row["name"] for row in rows.select(db, "SELECT name FROM person"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_answer_that_is_cut_anywhere_shows_nothing_and_the_next_sync_completes(
    registry: Registry, officers: TwoOfficers, relay: Relay, hit: Hit, ending: str, tmp_path: Path
) -> None:
    units = officers.disagree()
    save(officers.idriss, acts.create("person", LONG))
    sync.run(officers.idriss)
    before, size = shown(officers.awa), 2_000
    relay.ending = ENDINGS[ending]
    for place, passes in enumerate(PASSES):
        awa = copied(officers.awa, tmp_path / f"copy-{place}")
        relay.lets = int(passes * size) if isinstance(passes, float) else passes
        with pytest.raises(Unreachable):
            sync.run(awa)
        size = len(relay.answered[-1])
        assert shown(awa) == before, relay.lets
        relay.lets = None
        assert sync.run(awa).fetched > 0
        assert checks.outcomes(registry, units) == OUTCOMES
    hit(f"answer cut {len(PASSES)} times, {ending}")
    point(officers.awa, registry.url)
    sync.run(officers.awa)
    checks.all_is_well(registry, officers.awa)


def test_these_cuts_catch_a_laptop_that_takes_the_end_of_a_body_for_its_end(
    officers: TwoOfficers, relay: Relay, tmp_path: Path
) -> None:
    save(officers.idriss, acts.create("person", LONG))
    sync.run(officers.idriss)
    awa = copied(officers.awa, tmp_path / "copy")
    relay.lets = 100_000
    with put_in("end_of_body_taken_for_end"):
        sync.run(awa)
    relay.lets = None


def test_a_request_that_comes_again_at_once_and_much_later_changes_nothing(
    registry: Registry, officers: TwoOfficers, relay: Relay
) -> None:
    units = officers.disagree()
    sync.run(officers.awa)
    asked, head = relay.heard[-1], registry.head()
    assert b"200" in ask(relay.upstream, asked).partition(b"\r\n")[0]
    assert registry.head() == head
    later = [*units, *officers.disagree()]
    sync.run(officers.awa)
    head = registry.head()
    assert b"200" in ask(relay.upstream, asked).partition(b"\r\n")[0]
    assert registry.head() == head
    assert checks.outcomes(registry, later) == OUTCOMES * 2
    point(officers.awa, registry.url)
    sync.run(officers.awa)
    checks.all_is_well(registry, officers.awa)
