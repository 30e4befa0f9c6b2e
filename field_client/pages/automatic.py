"""Syncs by itself while the pages are served and somebody has unlocked.

One thread looks at what is due (``field_client.pacing`` says when) and sleeps until then, or until
something happened. A try is a run like one that was begun by hand: on the desk, one at a time.
"""

import threading
from collections.abc import Callable
from math import inf
from random import random
from time import monotonic

from flask import Flask, Response, current_app, request

from field_client import moments, pacing, sync
from field_client.config import Config
from field_client.home import Unlocked
from field_client.pages.desk import Clock, Desk
from field_client.pages.running import Locked, Paused, Run
from field_client.store import facts, outbox, states
from schema.problems import NotSignedIn, Problem, Revoked

# The fact that keeps what the officer chose; without it the setting holds.
CHOICE = "autosync"


class Automatic:
    """Decides when the desk's next sync is begun."""

    def __init__(
        self,
        desk: Desk,
        config: Config,
        clock: Clock = monotonic,
        chance: Callable[[], float] = random,
    ) -> None:
        self.desk, self.config, self.clock, self.chance = desk, config, clock, chance
        self.pace = pacing.Pace()
        self.bell = threading.Condition()
        self.thread = threading.Thread(target=self._run, daemon=True, name="automatic sync")
        self._open, self._on = True, False
        self._rung = self._saved = self._chosen = False
        self._of: Unlocked | None = None
        self._judged: Run | None = None
        desk.ring = self.ring

    def ring(self) -> None:
        """Something happened: look again."""
        with self.bell:
            self._rung = True
            self.bell.notify_all()

    def has_saved(self) -> None:
        """A form was sent: perhaps something is only here now."""
        self._saved = True
        self.ring()

    def has_chosen(self) -> None:
        """The officer switched it on or off."""
        self._chosen = True
        self.ring()

    def close(self) -> None:
        """End the thread. What it had begun is the desk's."""
        self._open = False
        self.ring()
        if self.thread.is_alive():
            self.thread.join()

    def next_try(self) -> str:
        """When the next try is due by the laptop's clock; empty where none is."""
        left = self.pace.regular - self.clock()
        return "" if left == inf else moments.later(max(left, 0))

    def look(self) -> float:
        """Take note of what happened and begin what is due; for how long nothing more is."""
        try:
            return self._look()
        except Problem:
            # A store that cannot be opened now, or never again: locking or unlocking begins anew.
            self.pace.failed(self.clock(), self.chance())
            return self.pace.due - self.clock()

    def _look(self) -> float:
        unlocked, run = self.desk.unlocked, self.desk.run
        if unlocked is not self._of or self._chosen:
            self._begin(unlocked)
        if unlocked is None or (run and run.going):
            return inf
        if run and run is not self._judged:
            self._judged = run
            self._judge(run)
        if self._saved:
            self._saved = False
            self.pace.has_saved(self.clock())
        if self.pace.due <= self.clock():
            self._try(unlocked)
        return self.pace.due - self.clock()

    def _begin(self, unlocked: Unlocked | None) -> None:
        self._of, self._chosen, self._on = unlocked, False, False
        self.pace.end()
        if unlocked:
            with unlocked.opened() as db:
                self._on = facts.get(db, CHOICE, self.config.autosync)
        if self._on:
            self.pace.begin(self.clock())

    def _judge(self, run: Run) -> None:
        """Learn from a run that has ended, whoever began it."""
        if not self._on:
            return
        if run.summary:
            self.pace.worked(self.clock(), self.chance())
        elif isinstance(run.problem, Revoked | NotSignedIn | Locked):
            self.pace.end()
        elif isinstance(run.problem, Paused):
            self.pace.paused(self.clock())
        else:
            told = run.problem.details if run.problem else {}
            most = pacing.MOST_WITHOUT_NETWORK if told.get("network") is False else pacing.MOST
            self.pace.failed(self.clock(), self.chance(), most)

    def _try(self, unlocked: Unlocked) -> None:
        with unlocked.opened() as db:
            kilobytes = outbox.kilobytes(db)
            idle = self.pace.regular > self.clock() and not states.pending(db).only_here
        if idle:
            self.pace.looked()
            return
        # After a failure a knock comes first: it costs a hundredth of a sync.
        act = sync.run_if_answered if self.pace.failures else sync.run
        self.desk.launch(Run(kilobytes, act=act))

    def _run(self) -> None:
        while self._open:
            left = self.look()
            with self.bell:
                self.bell.wait_for(lambda: self._rung, min(left, threading.TIMEOUT_MAX))
                self._rung = False


def init_app(app: Flask, automatic: Automatic) -> None:
    """Note what is saved; whoever serves the app starts the thread."""
    app.extensions["automatic"] = automatic
    app.after_request(_after)


def automatic() -> Automatic:
    """The automatic sync of this app."""
    found: Automatic = current_app.extensions["automatic"]
    return found


def _after(response: Response) -> Response:
    if request.method == "POST":
        automatic().has_saved()
    return response
