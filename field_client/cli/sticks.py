"""``ddr-field bundle``: sync by stick, where no link comes."""

from pathlib import Path

import click

from field_client import bundle
from field_client.cli import opening, speech

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("bundle")
def group() -> None:
    """Sync by stick: write what is only here, read the registry's answer."""


@speech.command("write")
@click.argument("file", type=FILE)
@click.option("--whole", is_flag=True, help="The whole log that is kept here, not only what waits.")
def write(file: Path, whole: bool) -> None:
    """Write what the registry has not confirmed into FILE, sealed so that only it can read it.

    Nothing here changes: it stays only on this laptop until the registry has confirmed it.
    """
    unlocked = opening.unlocked()
    done = bundle.write_whole(unlocked, file) if whole else bundle.write(unlocked, file)
    text = f"{done.path}: the stick holds {done.units} changes. Keep this laptop's copy."
    speech.say(text, file=str(done.path), units=done.units, bytes=done.size)


@speech.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def read(file: Path) -> None:
    """Read the registry's answer from FILE, as a sync would."""
    done = bundle.read(opening.unlocked(), file)
    if done.late:
        speech.note("This answer is older than what is here: only its outcomes were taken.")
    if done.more:
        speech.note("The answer goes on: write another stick for the rest.")
    decide = done.disputed + done.held
    text = f"{done.confirmed} confirmed, {done.fetched} fetched, {decide} need a decision."
    speech.say(text, **vars(done))


group.add_command(write)
group.add_command(read)
commands: list[click.Command] = [group]
