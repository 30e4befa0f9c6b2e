"""A sync that runs beside the pages, and what is said of it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from field_client import moments, sync
from field_client.home import Unlocked
from field_client.sync import Progress, Summary
from schema.problems import Problem


class Locked(Problem):
    """The laptop was locked while it synced: what had come is kept."""

    code, status, sentence = (
        "locked",
        403,
        "The laptop was locked. What had come is kept, and the next sync goes on from there.",
    )


class Paused(Problem):
    """The officer stopped the sync: what had come is kept."""

    code, status, sentence = (
        "paused",
        409,
        "Paused by you. What had come is kept, and the next sync goes on from there.",
    )


Sync = Callable[[Unlocked, sync.Tell], Summary]


@dataclass
class Run:
    """One sync. Ending it early loses nothing.

    kilobytes: to be sent when it began. act: what it does. summary or problem: how it ended.
    """

    kilobytes: int = 0
    act: Sync = sync.run
    progress: Progress | None = None
    summary: Summary | None = None
    problem: Problem | None = None
    started: float = field(default_factory=moments.seconds)
    ended_at: str = ""
    _why: Problem | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def going(self) -> bool:
        """Whether it has not ended."""
        return not self._ended.is_set()

    def seconds(self) -> float:
        """How long it has gone on."""
        return moments.seconds() - self.started

    def stop(self, why: type[Problem] = Locked) -> None:
        """End it at the next line that comes."""
        self._why = self._why or why()

    def wait(self, seconds: float) -> bool:
        """Wait for its end, so long at most; whether it has ended."""
        return self._ended.wait(seconds)

    def begin(self, unlocked: Unlocked, then: Callable[[], None]) -> None:
        """Start; then: what is called when it has ended."""
        threading.Thread(target=self._run, args=(unlocked, then), daemon=True).start()

    def _run(self, unlocked: Unlocked, then: Callable[[], None]) -> None:
        try:
            self.summary = self.act(unlocked, self._told)
        except Problem as problem:
            self.problem = problem
        finally:
            self.ended_at = moments.now()
            self._ended.set()
            then()

    def _told(self, progress: Progress) -> None:
        self.progress = progress
        if self._why:
            raise self._why
