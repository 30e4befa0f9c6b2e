"""Commands that write: add, set, settle."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from field_client import typed
from field_client.cli import opening, speech
from field_client.store import acts, reading, saving
from schema.change import CREATE, SET, Change
from schema.entities import entity_of
from schema.picture import Picture, longest_of, made
from schema.problems import Problem, WrongUse
from schema.typed import of_each, pairs

FILE = click.option(
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='One unit a line: an object, or {"unit": [Change, …]} with "$1" for an earlier one.',
)


@speech.command("add")
@click.argument("entity")
@click.argument("words", metavar="[FIELD=VALUE]…", nargs=-1)
@FILE
@click.option(
    "--file-of",
    "taken",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The picture of an attachment: a JPEG, PNG or WebP.",
)
def add(entity: str, words: tuple[str, ...], file: Path | None, taken: Path | None) -> None:
    """Record something new and print its id.

    A reference may be typed as an id, a code, a P-code or a printed number.
    """
    entity_of(entity)
    _one_way(bool(words), file)
    if (taken is not None) != (entity == "attachment"):
        raise WrongUse("An attachment is added with --file-of PATH, and nothing else is.")
    with opening.opened() as db:
        if taken:
            said = pairs(words)
            picture = made(taken.read_bytes(), longest_of(said.get("kind")))
            _save(db, [typed.added(db, entity, {**said, **picture.content})], [picture])
        elif file:
            _each_line(db, file, lambda line: typed.unit_of_line(db, line, entity, CREATE))
        else:
            _save(db, [typed.added(db, entity, pairs(words))])


@speech.command("set")
@click.argument("entity")
@click.argument("words", metavar="ID [FIELD=VALUE]…", nargs=-1)
@FILE
def set_(entity: str, words: tuple[str, ...], file: Path | None) -> None:
    """Change fields of a record. FIELD= empties one."""
    entity_of(entity)
    _one_way(bool(words), file)
    with opening.opened() as db:
        if file:
            _each_line(db, file, lambda line: typed.unit_of_line(db, line, entity, SET))
        else:
            change = typed.changed(db, entity, words[0], pairs(words[1:]))
            _save(db, [change] if change else [])


@speech.command("settle")
@click.argument("dispute_id")
@click.argument("choice", metavar="keep|take|VALUE")
@click.option("--reason", default="", help="Why, for whoever reads it later.")
def settle(dispute_id: str, choice: str, reason: str) -> None:
    """Choose between the two values of a dispute, or a third one.

    keep: the value in force. take: the other. VALUE: of one's own; JSON where several fields
    settle as one.
    """
    with opening.opened() as db:
        dispute = reading.get(db, "dispute", dispute_id.lower())
        _save(db, [acts.settle(db, dispute["id"], _choice(db, dispute, choice), reason)])


def _choice(db: Database, dispute: dict[str, Any], choice: str) -> str | dict[str, Any]:
    if choice in (acts.KEEP, acts.TAKE):
        return choice
    return typed.values(db, dispute["entity"], of_each(list(dispute["side"]), choice))


def _one_way(words: bool, file: Path | None) -> None:
    if words == (file is not None):
        raise WrongUse("Give either FIELD=VALUE words or --file.")


def _each_line(db: Database, file: Path, read: Callable[[str], list[Change]]) -> None:
    saved = 0
    with file.open(encoding="utf-8", errors="surrogateescape") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                _save(db, read(line))
            except Problem as problem:
                problem.details["line"] = number
                problem.kept = f"Line {number} was not saved. Saved before it: {saved}."
                raise
            saved += 1


def _save(db: Database, changes: list[Change], pictures: Sequence[Picture] = ()) -> None:
    if not changes:
        speech.say("Nothing new.", saved=False)
        return
    saved = saving.save(db, changes, pictures=pictures)
    noun, record_id = saved.records[0]
    for found in saved.notes:
        speech.note(f"{found.rule.sentence} [{found.rule.name}: {found.verdict}]")
    speech.say(
        record_id,
        saved=True,
        entity=noun,
        id=record_id,
        unit=saved.unit_id,
        records=[list(key) for key in saved.records],
        sealed=saved.sealed,
        notes=[{"rule": f.rule.name, "verdict": f.verdict} for f in saved.notes],
    )


commands: list[click.Command] = [add, set_, settle]
