"""``ddr-server deployment``: what a deployment declares for itself, a folder of lists loaded at once."""

from importlib.resources import files
from pathlib import Path

import click

from schema.problems import Problem, WrongUse
from server.cli.importing import facts
from server.cli.speech import acting, as_option, note, registry_command, say
from server.db import reading
from server.imports import lists, running
from server.imports.kinds import Reference

# Places first, then what refers to them, and codes before the fields that are answered with them.
ORDER = (
    "areas",
    "caseloads",
    "stores",
    "organisations",
    "armed-groups",
    "codes",
    "custom-fields",
)


class Incomplete(Problem):
    """Some rows of a deployment were not taken. details: lists."""

    code, status = "deployment-incomplete", 422
    sentence = "Some rows were not taken. The rejects files say why; load the folder again then."


@registry_command("deployment")
@click.argument("folder")
@click.option("--dry-run", is_flag=True, help="Do all of it, list by list, then undo it.")
@as_option
def deploying(folder: str, dry_run: bool, who: str | None) -> None:
    """Load the lists of FOLDER: fields, codes, areas and so on, each as KIND.csv. Twice adds nothing.

    FOLDER may also be the name of one that comes with the program: example.
    """
    found = [(kind, path) for kind in ORDER if (path := _folder(folder) / f"{kind}.csv").is_file()]
    if not found:
        raise WrongUse(f"{folder} has none of: {', '.join(f'{kind}.csv' for kind in ORDER)}.")
    wanting = [kind for kind, path in found if _load(kind, path, who, dry_run)]
    if wanting:
        raise Incomplete(lists=wanting)


def _folder(named: str) -> Path:
    shipped = Path(str(files("server") / "deployments" / Path(named).name))
    given = Path(named)
    return shipped if not given.is_dir() and given.name == named else given


def _load(kind: str, path: Path, who: str | None, dry_run: bool) -> bool:
    """Import one list; whether rows of it were not taken."""
    with reading() as conn:
        actor = acting(conn, who)
    running.allowed(actor.sight, kind)
    listing = lists.opened(path)
    work = running.trial if dry_run else running.run
    done = work(listing, Reference(kind, listing.headings, actor.sight), actor)
    if done.rejects:
        note(f"Rejected rows of {kind}, with the reason of each: {done.rejects}")
    say(
        f"{kind}: {done.added} added, {done.there_already} already there, {done.rejected} rejected",
        kind=kind,
        **facts(done, dry_run),
    )
    return bool(done.rejected)


commands: list[click.Command] = [deploying]
