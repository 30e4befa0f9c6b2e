"""A file appears under its name whole, or not at all, and only its owner may read it."""

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
