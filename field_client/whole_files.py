"""A file appears under its name whole, when the disk has it, or not at all; this user alone may read it."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from schema.problems import Problem

# What a file system answers that cannot be asked to keep a folder: some that sticks are formatted with.
CANNOT_KEEP = (errno.EINVAL, errno.ENOTSUP)


class CannotWrite(Problem):
    """A file could not be written; whatever stood under its name still does."""

    code, status, sentence = "cannot-write", 507, "The file could not be written."


class CannotRead(Problem):
    """There is no file under this name, or it cannot be read."""

    code, status, sentence = "cannot-read", 422, "The file cannot be read."


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to be read. Raises CannotRead, also when its disk is pulled out while it is read."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}.") from error


def put(path: Path, body: bytes, check: Callable[[Path], None] = lambda path: None) -> None:
    """Write a file beside, have the disk keep it, let ``check`` read it back, then give it its name.

    Raises CannotWrite, or what ``check`` raises; the unfinished file is gone then.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        try:
            _write(beside, body)
            sync_folder(path.parent)
            _forget_cached(beside)
            check(beside)
            beside.replace(path)
            sync_folder(path.parent)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path} could not be written: {error.strerror}.") from error


def copies(path: Path) -> list[Path]:
    """The file of this name where there is one, and what a crash left beside it of one that was begun."""
    return [*path.parent.glob(path.name), *path.parent.glob(f".{path.name}.*")]


def sync_folder(folder: Path) -> None:
    """Have the disk keep which files there are."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in CANNOT_KEEP:
            raise
    finally:
        os.close(handle)


def _write(path: Path, body: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _forget_cached(path: Path) -> None:
    """Let what is read back come from the disk, not from memory, where the system can be asked to."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)
