"""Commands that reach the registry: enrol, sync."""

from pathlib import Path

import click

from field_client import enrolment
from field_client import sync as syncing
from field_client.carrying import BUDGET
from field_client.cli import opening, speech
from field_client.config import Config
from schema.problems import Unreachable


@speech.command("enrol")
@click.argument("url")
@click.argument("code")
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Trust this certificate authority and no other.",
)
@click.option("--name", default="", help="What this device is called here, as awa.")
def enrol(url: str, code: str, ca: Path | None, name: str) -> None:
    """Join the registry at URL with a one-time CODE, and fetch the caseload."""
    config = Config.read()
    passphrase = opening.passphrase(config, confirm=True)
    unlocked = enrolment.enrol(config.home, url, code, passphrase, name, ca)
    speech.note(f"Enrolled as {unlocked.folder.name}. Fetching the caseload.")
    try:
        done = syncing.run(unlocked)
    except Unreachable as problem:
        problem.kept = "The laptop is enrolled. Run `ddr-field sync` when there is a link."
        raise
    speech.say(
        f"{unlocked.folder.name}: {done.fetched} records fetched.",
        device=unlocked.folder.name,
        **done.as_dict(),
    )


@speech.command("sync")
def sync() -> None:
    """Hand in what is only here and fetch what is new."""
    done = syncing.run(opening.unlocked())
    decide = done.disputed + done.held
    text = f"Finished: {done.sent} sent, {done.fetched} fetched, {decide} need a decision."
    speech.say(f"{text}{_pictures(done)}", **done.as_dict())


def _pictures(done: syncing.Summary) -> str:
    """What was carried of pictures, where there were any."""
    if not (done.pictures_sent or done.pictures_fetched or done.pictures_waiting):
        return ""
    why = f" ({done.pictures_why})" if done.pictures_why else ""
    left = f", {done.pictures_waiting} wait for the next sync" if done.pictures_waiting else ""
    kilobytes = round(done.pictures_bytes / 1000)
    went = f"{done.pictures_sent} sent, {done.pictures_fetched} fetched"
    return f"\nPictures: {went}{left}, {kilobytes} kB of at most {BUDGET // 1_000_000} MB{why}."


commands: list[click.Command] = [enrol, sync]
