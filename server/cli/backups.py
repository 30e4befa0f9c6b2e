"""``ddr-server backup``, ``restore`` and ``restored``: a checked copy, and coming back from one."""

from pathlib import Path

import click

from schema.problems import WrongUse
from server import access, backups, epochs, highwater
from server.backups import Restored
from server.cli.speech import command, note, opened, registry_command, say
from server.config import Config, settings
from server.db import upgrade, writing
from server.highwater import Mark

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
    taken = backups.take(file.absolute())
    made = taken.made
    say(
        f"{made.file}: {made.size} bytes, checked in {taken.seconds} s. "
        f"It holds {made.units} entries of {len(taken.held)} laptop logs.",
        file=made.file,
        size=made.size,
        sha256=made.sha256,
        head=made.head,
        seconds=taken.seconds,
        safe={"logs": len(taken.held), "units": made.units},
    )


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
    loaded = backups.load(config, file)
    note("The backup is loaded. It is checked now.")
    upgrade(config.database_url)
    with opened(config):
        _say_restored(backups.begin_again(loaded, access.system_here()))


def _by_hand() -> Mark:
    reached = highwater.read(settings().data)
    with writing() as conn:
        return epochs.open_further(conn, access.system_here(), epochs.BY_HAND, reached=reached)


def _say_restored(done: Restored) -> None:
    lost = "" if done.lost is None else f" {done.lost} changes were made after it."
    say(
        f"The registry of {done.made_at} is back, in epoch {done.now.epoch}.{lost} {AND_THEN}",
        made_at=done.made_at,
        epoch=done.now.epoch,
        epoch_id=done.now.epoch_id,
        units=done.units,
        lost=done.lost,
    )


commands: list[click.Command] = [backup, restore]
