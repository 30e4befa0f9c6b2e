"""How far this registry has ever come, in a file beside the data.

A database that was put back to an older state looks whole and does not know that it is old: it would
give numbers a second time, and tell laptops that there is nothing new. The file remembers what the
database has forgotten. It is only ever raised, after the commit that gave the numbers, and it is not
synced to the disk: after a power cut it may say less than was reached, never more.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schema.problems import Problem

FILE = "high-water"
_WIDTH = 80


class PutBack(Problem):
    """The database is older than what this registry has given out."""

    code, status = "put-back", 503
    sentence = (
        "This database was put back to an older state: numbers that it has not given are already in use. "
        "Run `ddr-server restore --by-hand` before it serves or writes anything."
    )


@dataclass(frozen=True, order=True)
class Mark:
    """A place that was reached: number n of an epoch. epoch_id: which epoch of that number."""

    epoch: int
    n: int
    epoch_id: str

    def is_behind(self, mark: "Mark | None") -> bool:
        """Whether a registry that stands here has forgotten what led to that mark."""
        if mark is None:
            return False
        if self.epoch == mark.epoch:
            return self.n < mark.n or self.epoch_id != mark.epoch_id
        return self.epoch < mark.epoch


def read(folder: Path) -> Mark | None:
    """The highest mark kept here; read it before the database, which others may move on meanwhile."""
    try:
        handle = os.open(folder / FILE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with _held(handle, fcntl.LOCK_SH):
        return _parsed(os.pread(handle, _WIDTH, 0))


def raise_to(folder: Path, mark: Mark) -> None:
    """Keep this mark, unless a higher one, or another of its epoch, is kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    with _held(handle, fcntl.LOCK_EX):
        if not mark.is_behind(_parsed(os.pread(handle, _WIDTH, 0))):
            text = f"{mark.epoch} {mark.n} {mark.epoch_id}".ljust(_WIDTH - 1) + "\n"
            os.pwrite(handle, text.encode("ascii"), 0)


@contextmanager
def _held(handle: int, lock: int) -> Iterator[None]:
    try:
        fcntl.flock(handle, lock)
        yield
    finally:
        os.close(handle)


def _parsed(text: bytes) -> Mark | None:
    """The mark of a file; a file that was begun and not written says nothing."""
    parts = text.decode("ascii", "replace").split()
    if len(parts) != 3 or not (parts[0].isdigit() and parts[1].isdigit()):
        return None
    return Mark(int(parts[0]), int(parts[1]), parts[2])
