"""The folder of blobs: whole ones under their hash, unclean ones aside, and what is still coming.

Only this program's user may read it. A file appears under its name whole and on the disk, or not at all.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from schema.picture import hash_of
from server.config import settings
from server.whole_files import CannotWrite, sync_folder, whole_file

FOLDER, WHOLE, APART, COMING = "blobs", "whole", "aside", "coming"


def folder() -> Path:
    """Where the blobs of this registry lie."""
    return settings().data / FOLDER


def place(sha256: str, among: str = WHOLE, root: Path | None = None) -> Path:
    """Where bytes with this hash lie."""
    return (root or folder()) / among / sha256[:2] / sha256


def put(sha256: str, body: bytes, among: str = WHOLE, root: Path | None = None) -> None:
    """Put whole bytes in their place, on the disk before this returns. Raises CannotWrite."""
    path = place(sha256, among, root)
    _make(path.parent)
    with whole_file(path) as out:
        out.write(body)
    sync_folder(path.parent)


def read(sha256: str, among: str = WHOLE, root: Path | None = None) -> bytes | None:
    """The bytes with this hash; None where they are not here, or are not those any more."""
    try:
        body = place(sha256, among, root).read_bytes()
    except OSError:
        return None
    return body if hash_of(body) == sha256 else None


def is_there(sha256: str, among: str = WHOLE) -> bool:
    """Whether there is a file of this name, whatever is in it."""
    return place(sha256, among).is_file()


def remove(sha256: str) -> None:
    """Take whole bytes away, wherever they lie."""
    for among in (WHOLE, APART):
        place(sha256, among).unlink(missing_ok=True)


@dataclass
class Part:
    """Bytes that are still coming from one laptop. Nobody else writes them meanwhile."""

    path: Path
    file: BinaryIO

    @property
    def length(self) -> int:
        """How much is in the file."""
        return os.fstat(self.file.fileno()).st_size

    def lay(self, offset: int, body: bytes) -> None:
        """Write a chunk at its place, on the disk before this returns. Raises CannotWrite."""
        try:
            self.file.seek(offset)
            self.file.write(body)
            self.file.truncate()
            self.file.flush()
            os.fsync(self.file.fileno())
        except OSError as error:
            raise CannotWrite(_FULL) from error

    def body(self) -> bytes:
        """All that is in the file."""
        self.file.seek(0)
        return self.file.read()

    def drop(self) -> None:
        """Forget what came."""
        self.path.unlink(missing_ok=True)


_FULL = "The registry's disk is full or cannot be written. The picture is kept on the laptop."


@contextmanager
def part(device_id: str, sha256: str) -> Iterator[Part]:
    """What has come of these bytes from this laptop, for as long as the block lasts. Raises CannotWrite."""
    path = folder() / COMING / device_id / sha256
    try:
        _make(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotWrite(_FULL) from error
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield Part(path, file)


def drop_part(device_id: str, sha256: str) -> None:
    """Forget what has come of these bytes from this laptop."""
    (folder() / COMING / device_id / sha256).unlink(missing_ok=True)


def length_of_part(device_id: str, sha256: str) -> int:
    """How much has come of these bytes from this laptop."""
    try:
        return (folder() / COMING / device_id / sha256).stat().st_size
    except OSError:
        return 0


def _make(path: Path) -> None:
    """Make a folder that only its owner may look into, and those above it."""
    if not path.is_dir():
        _make(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)
