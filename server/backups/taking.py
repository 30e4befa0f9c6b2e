"""Making a backup: written, restored to scratch, checked; only then it takes its name and counts."""

import fcntl
import glob
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from schema.ids import new_id
from schema.problems import Problem
from server import devices, epochs, ledger, moments, sealing
from server.arrivals import safe
from server.backups import archive, databases, log
from server.backups.log import Made
from server.blobs import copies, standing
from server.blobs.copies import Copied
from server.config import settings
from server.db import reading, writing
from server.highwater import Mark, PutBack
from server.verify import verify
from server.whole_files import CannotWrite


class NotGood(Problem):
    """What was written does not agree with itself. details: faults, wrong [sentence]."""

    code, status = "backup-disagrees", 500
    sentence = (
        "The backup was restored to scratch and does not agree with itself. It was thrown away, and "
        "laptops keep what it would have held. Run `ddr-server verify` on the registry."
    )


@dataclass(frozen=True)
class Taken:
    """A backup that is good. held: up to which Unit it has each chain; seconds: how long it took.

    blobs: what it holds of the bytes of attachments, and what the registry itself has lost of them.
    """

    made: Made
    held: Mapping[str, int]
    seconds: float
    blobs: Copied


def take(file: Path) -> Taken:
    """Make a backup of this registry.

    Raises PutBack, Refused, KeyMissing, NotGood, NoProgram, NoScratch, CannotWrite.
    Until it was checked nothing stands under the file's name, and no laptop forgets anything.
    """
    epochs.require_not_put_back()
    archive.require_free(file)
    with reading() as conn:
        devices.require_seal_key(conn)
    began, at = time.perf_counter(), moments.moment()
    with _workshop(file) as folder:
        engine = databases.engine_of(settings().database_url)
        dumped, key = folder / databases.DUMPS[engine], folder / archive.KEY
        databases.dump(settings().database_url, dumped)
        reached, held, wanted = _checked(dumped, folder)
        copied = copies.bring_together(wanted, file)
        _write_key(key)
        archive.write(
            folder / "whole",
            {dumped.name: dumped, archive.KEY: key},
            engine=engine,
            app=version("ploughshare"),
            made_at=at,
            reached=reached,
            recipient=sealing.recipient(),
        )
        made = _named(folder / "whole", file, at, reached, held)
    _count(made, reached, held, copied)
    standing.sweep()
    return Taken(made, held, round(time.perf_counter() - began, 3), copied)


@contextmanager
def _workshop(file: Path) -> Iterator[Path]:
    """A folder beside the file, so that the last step is a rename; gone afterwards. Raises CannotWrite."""
    _sweep(file)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{file.name}.", dir=file.parent))
    except OSError as error:
        raise CannotWrite(f"{file} cannot be written: {error.strerror}.") from error
    try:
        with _held(folder):
            yield folder
    except OSError as error:
        raise CannotWrite(f"{file} could not be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(file: Path) -> None:
    """Throw away what a backup left that was killed: it is the whole registry in clear."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.{'?' * 8}"):
        with suppress(OSError), _held(left):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Nobody else sweeps this folder meanwhile. Raises BlockingIOError when another backup holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _checked(dumped: Path, folder: Path) -> tuple[Mark, dict[str, int], dict[str, str]]:
    """(where it stands, up to which Unit it has each chain, its blobs) of what was written. Raises NotGood."""
    where = settings().scratch_url or settings().database_url
    with databases.scratch(where, folder) as url:
        databases.load(dumped, url)
        with databases.reading_at(url) as conn:
            report = verify(conn)
            if report.faults:
                raise NotGood(faults=report.faults, wrong=report.wrong)
            return ledger.standing(conn), safe.held(conn), copies.listed(conn)


def _write_key(path: Path) -> None:
    path.touch(mode=0o600)
    path.write_text(sealing.identity_text(), encoding="ascii")


def _named(whole: Path, file: Path, at: str, reached: Mark, held: Mapping[str, int]) -> Made:
    """Give what is good its name."""
    size, sha256 = whole.stat().st_size, archive.sha256_of(whole)
    whole.chmod(0o600)
    whole.replace(file)
    handle = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    units = sum(held.values())
    return Made(at, str(file)[-500:], size, sha256, epochs.head_of(reached), units)


def _count(made: Made, reached: Mark, held: Mapping[str, int], copied: Copied) -> None:
    """From here on laptops may forget what it holds; unless the registry was put back meanwhile."""
    with writing() as conn:
        here = ledger.standing(conn)
        if here.epoch_id != reached.epoch_id or here.n < reached.n:
            raise PutBack
        safe.raise_to(conn, held)
        copies.mark_safe(conn, copied.held)
        copies.forget(conn, copied.lost)
        log.record(conn, new_id(moments.milliseconds()), made)
