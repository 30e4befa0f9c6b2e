"""``ddr-server import``: lists of areas, caseloads and so on, and legacy lists of people."""

from functools import partial
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from schema.fields import Ref
from schema.policy import Sight
from schema.problems import Problem, WrongUse
from server.cli.speech import acting, as_option, note, registry_command, say
from server.db import reading
from server.imports import lists, mapping, running
from server.imports.kinds import SHAPES, Reference
from server.imports.persons import Persons
from server.imports.rows import Kind
from server.registry import references
from server.registry.declared import deployment

PERSONS = "persons"
NOTED_EVERY = 5_000
MAPPINGS = "A mapping file, or the name of one that comes with the program, as legacy-febrl."


class NothingImported(Problem):
    """No row of the list could be imported. details: reasons, rejects."""

    code, status = "nothing-imported", 422
    sentence = "No row of this list could be imported. The rejects file says why."


@registry_command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([*SHAPES, PERSONS]), required=True)
@click.option("--mapping", "named", metavar="MAP", help=MAPPINGS)
@click.option("--scope", metavar="CODE", help="The caseload of these people.")
@click.option("--dry-run", is_flag=True, help="Do all of it, then undo it.")
@as_option
def importing(
    file: Path, kind: str, named: str | None, scope: str | None, dry_run: bool, who: str | None
) -> None:
    """Import a list. Bad rows land in FILE.rejects.csv with their reason; good rows are kept.

    The same file twice adds nothing.
    """
    with reading() as conn:
        actor = acting(conn, who)
        running.allowed(actor.sight, kind)
        listing = lists.opened(file)
        rows = _kind(conn, kind, listing, actor.sight, named, scope)
    work = running.trial if dry_run else running.run
    done = work(listing, rows, actor, partial(_noted, [0]))
    if done.rejects:
        note(f"Rejected rows, with the reason of each: {done.rejects}")
    if done.rejected and not done.added + done.there_already:
        raise NothingImported(**facts(done, dry_run))
    _say(done, dry_run)


def _kind(
    conn: sa.Connection,
    kind: str,
    listing: lists.Listing,
    sight: Sight,
    named: str | None,
    scope: str | None,
) -> Kind:
    if kind != PERSONS:
        if named or scope:
            raise WrongUse("--mapping and --scope are for lists of persons.")
        return Reference(kind, listing.headings, sight)
    if not named:
        raise WrongUse("A list of persons needs --mapping.")
    nouns = deployment(conn)
    columns = mapping.read(mapping.found(named), nouns)
    return Persons(columns, listing.headings, sight, _caseload(conn, sight, scope), nouns)


def _caseload(conn: sa.Connection, sight: Sight, scope: str | None) -> str | None:
    if not scope:
        return None
    code = scope.removeprefix("caseload:")
    return references.resolve(conn, sight, Ref("Caseload", "caseload"), code, "scope")


def _noted(last: list[int], seen: int) -> None:
    if seen - last[0] >= NOTED_EVERY:
        last[0] = seen
        note(f"  {seen} rows")


def _say(done: running.Done, dry_run: bool) -> None:
    would = " (nothing was written)" if dry_run else ""
    parts = (
        f"{done.added} added",
        f"{done.there_already} already there",
        f"{done.rejected} rejected",
        f"{done.flagged} of those added to be looked at",
    )
    say(", ".join(parts) + would, **facts(done, dry_run))


def facts(done: running.Done, dry_run: bool) -> dict[str, Any]:
    """What an import came to, for machines."""
    return {
        "added": done.added,
        "there_already": done.there_already,
        "rejected": done.rejected,
        "flagged": done.flagged,
        "reasons": dict(done.reasons),
        "rejects": str(done.rejects) if done.rejects else None,
        "dry_run": dry_run,
    }


commands: list[click.Command] = [importing]
