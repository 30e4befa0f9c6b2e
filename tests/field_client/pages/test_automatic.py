"""Syncs that begin by themselves: when, how often, one at a time, and never against the officer."""

from collections.abc import Iterator
from math import inf

import pytest
from sqlite_utils import Database

from field_client import home, pacing, serving, sync, wiping
from field_client.config import Config
from field_client.pages.automatic import CHOICE, Automatic
from field_client.pages.desk import Desk
from field_client.pages.running import Locked, Paused, Run
from field_client.store import facts, saving, states
from schema.problems import Revoked
from tests.field_client.acting import case, person, registered
from tests.field_client.pages.browsing import Browser
from tests.field_client.registry import Registry
from tests.schema.programme import A

NOBODY = "http://127.0.0.1:1"


class Laptop:
    """A desk with its automatic sync, and a clock that stands still until it is moved."""

    def __init__(self, unlocked: home.Unlocked, config: Config) -> None:
        self.unlocked, self.now, self.desk = unlocked, 0.0, Desk()
        self.automatic = Automatic(self.desk, config, lambda: self.now, lambda: 1.0)
        self.desk.unlock("awa", unlocked)

    def look(self, later: float = 0.0) -> float:
        """Let time pass and look, to the end of what was begun; for how long nothing is due."""
        self.now += later
        begun, before = self.desk.run, self.automatic.look()
        run = self.desk.run
        if run is begun or run is None:
            return before
        assert run.wait(30)
        return self.automatic.look()

    def keep(self, **said: object) -> None:
        """Keep facts in the store."""
        with self.unlocked.opened() as db:
            facts.put(db, **said)


@pytest.fixture
def laptop(unlocked: home.Unlocked) -> Laptop:
    """Awa's laptop, whose registry does not answer."""
    made = Laptop(unlocked, Config(unlocked.folder.parent))
    made.keep(private_key="11" * 32, token="a token")
    return made


@pytest.fixture
def joined(registry: Registry) -> Laptop:
    """Awa's laptop with a registry that answers, looked at once."""
    unlocked = registry.laptop("awa")
    made = Laptop(unlocked, Config(unlocked.folder.parent))
    assert made.look() == pacing.PERIOD
    return made


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked whether the registry answers."""
    asked: list[str] = []
    really = sync.knock

    def knock(link: sync.Link) -> None:
        asked.append(link.url)
        really(link)

    monkeypatch.setattr(sync, "knock", knock)
    return asked


def register(db: Database) -> None:
    """A person with a case, in the caseload of a registry."""
    who = person(caseload_id=A)
    saving.save(db, [who, case(who, caseload_id=A)])


def only_here(laptop: Laptop) -> int:
    with laptop.unlocked.opened() as db:
        return states.pending(db).only_here


def save(laptop: Laptop) -> None:
    with laptop.unlocked.opened() as db:
        registered(db)
    laptop.automatic.has_saved()


def test_what_is_saved_is_sent_a_moment_later(joined: Laptop) -> None:
    with joined.unlocked.opened() as db:
        register(db)
    joined.automatic.has_saved()
    assert joined.look() == pacing.AFTER_SAVE
    assert only_here(joined) == 1
    assert joined.look(pacing.AFTER_SAVE) == pacing.PERIOD
    assert only_here(joined) == 0


def test_a_form_that_saved_nothing_asks_nobody(joined: Laptop) -> None:
    before = joined.desk.run
    joined.automatic.has_saved()
    joined.look()
    joined.look(pacing.AFTER_SAVE)
    assert joined.desk.run is before


def test_without_anything_to_send_it_fetches_once_a_period(joined: Laptop) -> None:
    before = joined.desk.run
    joined.look(pacing.PERIOD - 1)
    assert joined.desk.run is before
    joined.look(1)
    assert joined.desk.run is not before


def test_nobody_answers_and_the_tries_come_ever_further_apart(
    laptop: Laptop, tried: list[str]
) -> None:
    waits = [laptop.look()]
    while waits[-1] < pacing.MOST:
        save(laptop)
        waits.append(laptop.look(waits[-1]))
    assert waits == [15, 30, 60, 120, 240, 480, 900]
    # The first try noticed it by a failed connection; every later one only knocked.
    assert len(tried) == len(waits) - 1
    assert only_here(laptop) == len(waits) - 1


def test_a_link_that_comes_back_is_noticed_by_a_knock(joined: Laptop, tried: list[str]) -> None:
    with joined.unlocked.opened() as db:
        url = facts.get(db, "url")
    joined.keep(url=NOBODY)
    wait = joined.look(pacing.PERIOD)
    assert (wait, tried) == (pacing.FIRST, [])
    joined.keep(url=url)
    assert joined.look(wait) == pacing.PERIOD
    assert tried == [url]
    assert joined.automatic.pace.failures == 0


def test_without_any_network_it_looks_every_minute(laptop: Laptop) -> None:
    laptop.keep(url="https://registry.invalid")
    wait = laptop.look()
    for _ in range(6):
        wait = laptop.look(wait)
    assert wait == pacing.MOST_WITHOUT_NETWORK


def test_it_stops_with_the_lock_and_begins_with_the_next_unlock(laptop: Laptop) -> None:
    laptop.look()
    laptop.desk.lock()
    assert laptop.look(pacing.MOST) == inf
    laptop.desk.unlock("awa", laptop.unlocked)
    assert laptop.look() == pacing.FIRST


def test_a_wiped_laptop_is_not_tried(laptop: Laptop) -> None:
    laptop.look()
    wiping.wipe_sealing(laptop.unlocked)
    before = laptop.desk.run
    laptop.look(pacing.MOST)
    assert laptop.desk.run is before


@pytest.mark.parametrize(
    ("problem", "wait"), [(Revoked(), inf), (Locked(), inf), (Paused(), pacing.PERIOD)]
)
def test_what_a_person_decided_is_not_tried_against(
    laptop: Laptop, problem: Revoked | Locked | Paused, wait: float
) -> None:
    laptop.look()
    ended = laptop.desk.run = Run(problem=problem)
    ended._ended.set()
    assert laptop.automatic.look() == wait


def test_where_it_is_switched_off_nothing_is_tried(unlocked: home.Unlocked) -> None:
    laptop = Laptop(unlocked, Config(unlocked.folder.parent, autosync=False))
    assert laptop.look() == inf
    laptop.keep(**{CHOICE: True}, private_key="11" * 32, token="a token")
    laptop.automatic.has_chosen()
    assert laptop.look() == pacing.FIRST
    assert laptop.automatic.next_try()
    laptop.keep(**{CHOICE: False})
    laptop.automatic.has_chosen()
    assert (laptop.look(pacing.MOST), laptop.automatic.next_try()) == (inf, "")


def test_one_begun_by_hand_counts_as_a_try(joined: Laptop) -> None:
    joined.now += pacing.PERIOD - 1
    run = Run()
    assert joined.desk.launch(run)
    assert not joined.desk.launch(Run())
    assert run.wait(30)
    assert joined.automatic.look() == pacing.PERIOD


def test_the_officer_switches_it_on_the_page_and_reads_when_it_tries_next(
    awa: Browser, db: Database
) -> None:
    facts.put(db, private_key="11" * 32, token="a token")
    awa.get("/sync")
    assert "Sync only when I press Send now" in awa.text
    awa.post("/sync/automatic", on="no")
    assert "This laptop syncs only when you press Send now." in awa.text
    assert facts.get(db, CHOICE) is False
    awa.post("/sync/automatic", on="yes")
    awa.app.extensions["automatic"].look()
    assert awa.app.extensions["desk"].run.wait(30)
    awa.app.extensions["automatic"].look()
    assert awa.get("/sync").text.count("Next try") == 1


@pytest.fixture
def served(registry: Registry) -> Iterator[tuple[serving.Serving, home.Unlocked]]:
    """The pages of a laptop that has joined, really served, and its store."""
    unlocked = registry.laptop("awa")
    started = serving.start(Config(unlocked.folder.parent)).beside()
    try:
        yield started, unlocked
    finally:
        started.close()


def test_the_thread_syncs_when_somebody_unlocks_and_ends_with_the_pages(
    served: tuple[serving.Serving, home.Unlocked],
) -> None:
    started, unlocked = served
    with unlocked.opened() as db:
        register(db)
    started.desk.unlock("awa", unlocked)
    bell = started.automatic.bell
    with bell:
        assert bell.wait_for(lambda: started.desk.run and not started.desk.run.going, 30)
    assert started.desk.run
    assert started.desk.run.summary
    assert started.desk.run.summary.sent == 1
    started.close()
    assert not started.automatic.thread.is_alive()
