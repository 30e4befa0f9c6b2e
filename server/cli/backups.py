"""``ddr-server backup``, ``restore`` and ``restored``: a checked copy, and coming back from one."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from schema.problems import NotFound, WrongUse
from server import access, backups, devices, epochs, highwater
from server.arrivals import witness
from server.arrivals.witness import Witnessed
from server.backups import Report, Restored, Taken
from server.blobs.copies import FOLDER
from server.cli.speech import acting, as_option, command, note, opened, registry_command, say
from server.config import Config, settings
from server.db import reading, upgrade, writing
from server.highwater import Mark

MOST_SHOWN = 1_000
AND_THEN = (
    "Laptops notice at their next sync, hand in again what this backup does not have, and tell what else "
    "they know: `ddr-server restored` shows it."
)


@registry_command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Make a backup in FILE, restore it to scratch and check it; then laptops may forget what it holds.

    FILE holds the whole registry in clear, and the key that opens what laptops sealed: encrypt the disk
    it lies on. An older FILE is replaced when the new one is good.
    """
    with _swept():
        taken = backups.take(file.absolute())
    made = taken.made
    say(
        f"{made.file}: {made.size} bytes, checked in {taken.seconds} s. "
        f"It holds {made.units} entries of {len(taken.held)} laptop logs. {_pictures(taken)}",
        file=made.file,
        size=made.size,
        sha256=made.sha256,
        head=made.head,
        seconds=taken.seconds,
        safe={"logs": len(taken.held), "units": made.units},
        pictures={"held": len(taken.blobs.held), "lost": len(taken.blobs.lost)},
    )


def _pictures(taken: Taken) -> str:
    """What it holds of photos and papers, in the folder beside it."""
    lost = f" {len(taken.blobs.lost)} are damaged or gone: see `ddr-server verify`."
    told = f"{len(taken.blobs.held)} pictures lie beside it in {FOLDER}."
    return f"{told}{lost if taken.blobs.lost else ''}"


@command("restore")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option("--by-hand", is_flag=True, help="The database was put back by other means.")
def restore(file: Path | None, by_hand: bool) -> None:
    """Put FILE into the database of DDR_DATABASE_URL, which must be empty, and begin a new epoch.

    With --by-hand nothing is loaded: the database has been put back already, by copying a file or with
    PostgreSQL's own tools, and begins a new epoch here.
    """
    if (file is None) != by_hand:
        raise WrongUse("Name the FILE of a backup, or say --by-hand, and only one of them.")
    config = Config.read()
    if file is None:
        with opened(config):
            now = _by_hand()
        say(f"Epoch {now.epoch} has begun. {AND_THEN}", epoch=now.epoch, epoch_id=now.epoch_id)
        return
    with _swept():
        loaded = backups.load(config, file)
    note("The backup is loaded. It is checked now.")
    upgrade(config.database_url)
    with opened(config):
        _say_restored(backups.begin_again(loaded, access.system_here()))


@contextmanager
def _swept() -> Iterator[None]:
    """Who is told to end (a timer's limit, a shutdown) leaves no copy of the registry behind."""
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _by_hand() -> Mark:
    reached = highwater.read(settings().data)
    with writing() as conn:
        devices.require_seal_key(conn)
        return epochs.open_further(conn, access.system_here(), epochs.BY_HAND, reached=reached)


def _say_restored(done: Restored) -> None:
    lost = "" if done.lost is None else f" {done.lost} changes were made after it."
    gone = len(done.blobs.lost)
    asked = f" {gone} pictures are not beside it; laptops are asked for them." if gone else ""
    say(
        f"The registry of {done.made_at} is back, in epoch {done.now.epoch}.{lost}{asked} {AND_THEN}",
        made_at=done.made_at,
        epoch=done.now.epoch,
        epoch_id=done.now.epoch_id,
        units=done.units,
        lost=done.lost,
        pictures={"held": len(done.blobs.held), "lost": len(done.blobs.lost)},
    )


@registry_command("restored")
@click.option("--records", is_flag=True, help="Each record that laptops show otherwise than here.")
@as_option
def restored(records: bool, who: str | None) -> None:
    """What became of the last restore: what came back, and what only laptops still show.

    What is shown is never applied: look at it, and write again what is missing.
    """
    with reading() as conn:
        actor = acting(conn, who)
        if not actor.sight.anywhere("read", "admin"):
            raise NotFound("There is nothing of this kind here.")
        if records:
            _say_witnessed(witness.listed(conn, actor.sight, MOST_SHOWN))
            return
        report = backups.of_last(conn)
    if report is None:
        say("This registry has never been restored.", restored=False)
        return
    said = {**vars(report), "silent": len(report.silent), "witnessed": vars(report.witnessed)}
    say(_told(report), restored=True, **said)


def _told(report: Report) -> str:
    seen = report.witnessed
    lost = "unknown" if report.lost is None else report.lost
    return (
        f"Epoch {report.epoch}, since {report.opened_at} ({report.why}). Changes after the backup: {lost}.\n"
        f"Handed in by laptops since: {report.units} entries. "
        f"Laptops not heard of since: {len(report.silent)}. Given up: {report.given_up} entries.\n"
        f"Laptops show {seen.records} records of what was lost: {seen.back} are here again, "
        f"{seen.differ} differ, {seen.missing} are not here.\n"
        "What differs or is missing was done on a page, by a shell or an import, or by a laptop that has "
        "not come yet. What no laptop had pulled is lost."
    )


def _say_witnessed(found: Sequence[Witnessed]) -> None:
    for one in found:
        what = "not here" if one.differs is None else ", ".join(one.differs) or "differs"
        values = ", ".join(f"{name}={value!r}" for name, value in (one.values or {}).items())
        say(f"{one.entity} {one.record_id}  {what}  ({one.by})  {values}", **vars(one))


commands: list[click.Command] = [backup, restore, restored]
