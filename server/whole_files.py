"""A file appears under its name whole, or not at all, and only its owner may read it."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from schema.problems import Problem


class CannotWrite(Problem):
    """A file could not be written; whatever stood under its name still does."""

    code, status, sentence = "cannot-write", 500, "The file could not be written."


class CannotRead(Problem):
    """There is no file under this name, or it cannot be read."""

    code, status, sentence = "cannot-read", 422, "The file cannot be read."


def put_read_back(path: Path, body: bytes) -> None:
    """Write a file that takes its name when the disk has given back what was written to it.

    For disks that are carried about. Raises CannotWrite.
    """
    with whole_file(path) as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if os.pread(out.fileno(), len(body) + 1, 0) != body:
            raise CannotWrite(
                "The stick does not give back what was written to it. Take another one."
            )
    sync_folder(path.parent)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to be read. Raises CannotRead, also when its disk is pulled out while it is read."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}.") from error


def sync_folder(folder: Path) -> None:
    """Have the disk keep which files there are, where its file system can be asked to."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise CannotWrite(f"{folder} could not be kept: {error.strerror}.") from error
    finally:
        os.close(handle)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that takes its name when all of it is on the disk. Raises CannotWrite."""
    try:
        handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(unfinished).replace(path)
    except OSError as error:
        raise CannotWrite(f"{path} could not be written: {error.strerror}.") from error
    finally:
        Path(unfinished).unlink(missing_ok=True)
