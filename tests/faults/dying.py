"""Kills a process with SIGKILL when it reaches a named point, once, and keeps a list of where it did."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from schema import points

Victims = Callable[[], list[int]]


def alone() -> list[int]:
    """This process."""
    return [os.getpid()]


def with_parent() -> list[int]:
    """The process that started this one, first, and this one: a server with its only worker."""
    return [os.getppid(), os.getpid()]


@dataclass(frozen=True)
class Doom:
    """What hangs over the processes of one machine. It is what they are given to do first.

    folder: where the point is written at which the next one dies, and where they have died.
    """

    folder: Path
    victims: Victims

    def __call__(self) -> None:
        """In a new process: watch all points."""
        for name in points.ALL:
            points.at(name, partial(self._reached, name))

    def at(self, name: str) -> None:
        """The next process to come to this point dies there."""
        self._next.write_text(name, "utf-8")

    def hits(self) -> list[str]:
        """Where processes have died, in order."""
        return self._hits.read_text("utf-8").splitlines() if self._hits.exists() else []

    def _reached(self, name: str) -> None:
        if self._next.exists() and self._next.read_text("utf-8") == name:
            self._next.unlink()
            with self._hits.open("a", encoding="utf-8") as hits:
                hits.write(f"{name}\n")
            for victim in self.victims():
                os.kill(victim, signal.SIGKILL)

    @property
    def _next(self) -> Path:
        return self.folder / "dies-at"

    @property
    def _hits(self) -> Path:
        return self.folder / "died-at"
