"""Where this host keeps snapshot files: what a laptop's first pull of a bucket brings, packed beforehand.

Only a cache: a file may vanish at any time, other hosts have their own, and no backup holds any. A file
says in its name what it is, takes that name whole, and lies in a folder for one epoch and one version of
what records are: nothing of another is ever found.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from schema import points
from schema.digest import word
from schema.entities import BY_NOUN
from server.config import settings
from server.whole_files import CannotWrite

FOLDER, LOCK, LOOKED = "snapshots", "lock", "looked-through"
UNFINISHED = ".making-"


@dataclass(frozen=True)
class File:
    """A snapshot of a bucket. number: the bucket's; seq: the head at which it was read; hash: SHA-256.

    size: in bytes; made_at: when it took its name, in seconds of the system's clock.
    """

    path: Path
    number: int
    seq: int
    hash: str
    encoding: str
    size: int
    made_at: float

    def drop(self) -> None:
        """Take it off the disk; whoever is reading it reads on."""
        self.path.unlink(missing_ok=True)


def found(epoch_id: str) -> list[File]:
    """All that can be used in this epoch, the newest of each bucket first."""
    files = [_parsed(path) for path in _folder(epoch_id).glob("[0-9]*-*-*.*")]
    return sorted((file for file in files if file), key=lambda file: -file.seq)


def of(epoch_id: str, number: int, encoding: str) -> list[File]:
    """The files of a bucket, the newest first."""
    return [f for f in found(epoch_id) if (f.number, f.encoding) == (number, encoding)]


def put(epoch_id: str, number: int, seq: int, encoding: str, parts: Iterable[bytes]) -> None:
    """Write a file; it takes its name when all of it is on the disk. Raises CannotWrite."""
    folder = _folder(epoch_id)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
        try:
            digest = _write(handle, parts)
            points.reach("before a snapshot takes its name")
            Path(unfinished).replace(folder / f"{number}-{seq}-{digest}.{encoding}")
        finally:
            Path(unfinished).unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror}.") from error


@contextmanager
def held() -> Iterator[bool]:
    """One process of this host writes at a time; False for whoever comes while it does.

    What a process left unfinished that was killed goes when the next one holds this. Raises CannotWrite.
    """
    try:
        _root().mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(_root() / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise CannotWrite(f"{_root()} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        for left in _root().glob(f"*/{UNFINISHED}*"):
            left.unlink(missing_ok=True)
        yield True
    finally:
        os.close(handle)


def is_due(now: float, seconds: float) -> bool:
    """Whether nobody has looked through the files for so long; if so, somebody does now."""
    mark = _root() / LOOKED
    with suppress(OSError):
        if now - mark.stat().st_mtime < seconds:
            return False
    with suppress(OSError):
        mark.touch(mode=0o600)
        return True
    return False


def drop_others(epoch_id: str) -> None:
    """Take away what is of another epoch, or of another version of this program."""
    for folder in _root().glob("*/"):
        if folder != _folder(epoch_id):
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return settings().data / FOLDER


def _folder(epoch_id: str) -> Path:
    return _root() / word([epoch_id, *_this_version()])


@cache
def _this_version() -> tuple[str, str]:
    """What a page says depends on the program and on the fields that it declares."""
    nouns = {noun: list(entity.describe()) for noun, entity in BY_NOUN.items()}
    return version("ploughshare"), word(nouns)


def _write(handle: int, parts: Iterable[bytes]) -> str:
    digest = sha256()
    with os.fdopen(handle, "wb") as out:
        for part in parts:
            out.write(part)
            digest.update(part)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _parsed(path: Path) -> File | None:
    stem, _, encoding = path.name.rpartition(".")
    number, seq, digest = stem.split("-")
    try:
        there = path.stat()
    except FileNotFoundError:
        return None
    return File(path, int(number), int(seq), digest, encoding, there.st_size, there.st_mtime)
