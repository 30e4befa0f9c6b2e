"""What lies on the desk while the program runs: who has unlocked, and what only memory may hold.

Locking drops the key; so does leaving the laptop alone. A request opens the store for itself and
closes it when it ends. Searches, notices and what was sent while locked never touch the disk.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from flask import current_app, g
from sqlite_utils import Database

from field_client.home import Unlocked
from field_client.pages.running import Run
from schema.problems import NotSignedIn

IDLE_SECONDS = 300
MOST_SEARCHES = 20

Clock = Callable[[], float]


@dataclass(frozen=True)
class Kept:
    """A form that was sent while locked: for the officer who had unlocked before, and nobody else."""

    officer: str
    path: str
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Finished:
    """A registration that is done: whose, and the number to write down."""

    person_id: str
    number: str


@dataclass
class Desk:
    """One officer at a time.

    idle: seconds without a request after which the key is dropped. ended: drafts that were finished
    or thrown away, so that a field that was saved late does not bring them back. ring: called when
    somebody unlocks or locks, and when a sync has ended.
    """

    idle: float = IDLE_SECONDS
    clock: Clock = monotonic
    unlocked: Unlocked | None = None
    officer: str = ""
    kept: Kept | None = None
    run: Run | None = None
    notices: list[tuple[str, str]] = field(default_factory=list)
    searches: "OrderedDict[str, Mapping[str, str]]" = field(default_factory=OrderedDict)
    finished: dict[str, Finished] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    tries: int = 0
    used: float = 0.0
    ring: Callable[[], None] = lambda: None
    _timer: threading.Timer | None = None
    _turns: threading.RLock = field(default_factory=threading.RLock)

    @property
    def open(self) -> bool:
        """Whether somebody has unlocked, not too long ago, what has not been wiped since."""
        self._lock_if_idle()
        if self.unlocked is not None and not self.unlocked.exists:
            self.kept = None
            self.lock()
        return self.unlocked is not None

    def unlock(self, officer: str, unlocked: Unlocked) -> None:
        """Lay the key on the desk for this officer."""
        if self.kept and self.kept.officer != officer:
            self.kept = None
        self.unlocked, self.officer, self.run, self.tries = unlocked, officer, None, 0
        self.touch()
        self._watch(self.idle)
        self.ring()

    def launch(self, run: Run) -> bool:
        """Begin this sync, unless the laptop is locked or another one goes on here; whether it began."""
        with self._turns:
            if self.unlocked is None or (self.run and self.run.going):
                return False
            self.run = run
            run.begin(self.unlocked, self.ring)
        return True

    def touch(self) -> None:
        """Somebody is there."""
        self.used = self.clock()

    def lock(self) -> None:
        """Drop the key and all that memory holds of people; what the officer had sent stays theirs."""
        if self._timer:
            self._timer.cancel()
        with self._turns:
            if self.run:
                self.run.stop()
            self.unlocked = None
        self.notices.clear()
        self.searches.clear()
        self.ring()

    def seconds_left(self) -> int:
        """After how long without a request the laptop locks; 0 while it is locked."""
        return int(self.idle) if self.unlocked else 0

    def say(self, kind: str, text: str) -> None:
        """Show this on the next page: ``done``, ``warning`` or ``problem``. It names nobody."""
        self.notices.append((kind, text))

    def told(self) -> list[tuple[str, str]]:
        """What is to be shown now, once."""
        said, self.notices = self.notices, []
        return said

    def searched(self, key: str, words: Mapping[str, str]) -> None:
        """Keep the words of a search, so that no address carries them."""
        self.searches[key] = words
        while len(self.searches) > MOST_SEARCHES:
            self.searches.popitem(last=False)

    def _lock_if_idle(self) -> None:
        if self.unlocked is not None and self.clock() - self.used >= self.idle:
            self.lock()

    def _watch(self, seconds: float) -> None:
        """Look again when the time could be up: the key goes even if nobody asks for a page."""
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(max(seconds, 0.1), self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        self._lock_if_idle()
        if self.unlocked is not None:
            self._watch(self.idle - (self.clock() - self.used))


def desk() -> Desk:
    """The desk of this app."""
    found: Desk = current_app.extensions["desk"]
    return found


def db() -> Database:
    """The store, opened for this request. Raises NotSignedIn while locked."""
    if "db" not in g:
        unlocked = desk().unlocked
        if unlocked is None:
            raise NotSignedIn("Unlock this laptop first.")
        g.closing = ExitStack()
        g.db = g.closing.enter_context(unlocked.opened())
    opened: Database = g.db
    return opened


def close_store(_: Any = None) -> None:
    """Close the store at the end of a request."""
    closing: ExitStack | None = g.pop("closing", None)
    g.pop("db", None)
    if closing:
        closing.close()
