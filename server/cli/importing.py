"""``ddr-server import``: lists of areas, caseloads and so on, and legacy lists of people."""

from functools import partial
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from schema.fields import Ref
from schema.ids import new_id
from schema.policy import Sight
from schema.problems import Problem, WrongUse
from server import moments
from server.actor import Actor
from server.cli.speech import acting, as_option, note, registry_command, say
from server.db import reading
from server.enter import enter
from server.imports import lists, mapping, running
from server.imports.kinds import SHAPES, Reference
from server.imports.persons import Persons
from server.imports.rosters import Entries, hashed
from server.imports.rows import Kind, unit_of
from server.registry import records, references
from server.registry.declared import deployment

PERSONS, ROSTER = "persons", "roster"
NOTED_EVERY = 5_000
MAPPINGS = "A mapping file, or the name of one that comes with the program, as legacy-febrl."


class NothingImported(Problem):
    """No row of the list could be imported. details: reasons, rejects."""

    code, status = "nothing-imported", 422
    sentence = "No row of this list could be imported. The rejects file says why."


@registry_command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([*SHAPES, PERSONS, ROSTER]), required=True)
@click.option("--mapping", "named", metavar="MAP", help=MAPPINGS)
@click.option("--scope", metavar="CODE", help="The caseload of these people.")
@click.option(
    "--list", "roster", metavar="CODE", help="The list whose names these are (kind roster)."
)
@click.option("--dry-run", is_flag=True, help="Do all of it, then undo it.")
@as_option
def importing(
    file: Path,
    kind: str,
    named: str | None,
    scope: str | None,
    roster: str | None,
    dry_run: bool,
    who: str | None,
) -> None:
    """Import a list. Bad rows land in FILE.rejects.csv with their reason; good rows are kept.

    The same file twice adds nothing.
    """
    with reading() as conn:
        actor = acting(conn, who)
        running.allowed(actor.sight, kind)
        listing = lists.opened(file)
        if kind == ROSTER:
            rows: Kind = _entries(conn, listing, actor.sight, roster)
        else:
            rows = _kind(conn, kind, listing, actor.sight, named, scope)
    if isinstance(rows, Entries) and not dry_run:
        _keep_hash(rows, listing, actor)
    work = running.trial if dry_run else running.run
    done = work(listing, rows, actor, partial(_noted, [0]))
    if done.rejects:
        note(f"Rejected rows, with the reason of each: {done.rejects}")
    if done.rejected and not done.added + done.there_already:
        raise NothingImported(**facts(done, dry_run))
    _say(done, dry_run)


def _entries(
    conn: sa.Connection, listing: lists.Listing, sight: Sight, code: str | None
) -> Entries:
    """The names of the list that is meant. Raises WrongUse, UnknownReference."""
    if not code:
        raise WrongUse("The names of a list need --list CODE: record the list first.")
    roster_id = references.resolve(conn, sight, Ref("List", "roster"), code, "list")
    return Entries(records.get(conn, sight, "roster", roster_id), listing.headings, sight)


def _keep_hash(rows: Entries, listing: lists.Listing, actor: Actor) -> None:
    """Keep the hash of the file; what was rejected of it, and put right, is a part of the same list."""
    change = None if listing.said else hashed(rows.roster, listing.path)
    if change is not None:
        enter(unit_of(change), actor, f"roster:{new_id(moments.milliseconds())}")


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
