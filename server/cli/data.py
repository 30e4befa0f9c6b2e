"""``ddr-server dictionary``, ``export`` and ``seed``: what is recorded, and what leaves as a file."""

import time
from pathlib import Path

import click
import orjson

from schema import dictionary as data_dictionary
from schema.deployment import NOTHING_ADDED, Deployment
from schema.entities import ENTITIES, entity_of
from schema.problems import WrongUse
from server import access
from server.cli.speech import as_option, command, note, opened, registry_command, say
from server.db import reading
from server.exports import taking
from server.exports.report import Report
from server.registry.declared import deployment
from server.seeding.sowing import Sown, sow
from server.whole_files import whole_file

MOST_PEOPLE = 10_000_000


@command("dictionary")
@click.argument("entity", required=False)
@click.option("--markdown", is_flag=True, help="As a page, for the documentation.")
@click.option("--declared", is_flag=True, help="With the fields and codes of this deployment.")
def dictionary(entity: str | None, markdown: bool, declared: bool) -> None:
    """Every field: type, codes, whether required, sensitivity, purpose, donor, label."""
    nouns = (entity_of(entity),) if entity else ENTITIES
    if markdown:
        click.echo(data_dictionary.markdown(nouns), nl=False)
        return
    known = _declared() if declared else NOTHING_ADDED
    for noun in nouns:
        for row in data_dictionary.rows(known.of(noun)):
            say(data_dictionary.line(row), **row)


def _declared() -> Deployment:
    with opened(), reading() as conn:
        return deployment(conn)


@registry_command("export")
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Which reports there are.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--as-of", default="", metavar="X", help="A change number, or a day: its end.")
@as_option
def export(name: str | None, listing: bool, out: Path | None, as_of: str, who: str | None) -> None:
    """Take a report as a CSV file, with its manifest beside it. It is logged who took it."""
    if listing:
        _list(who)
    elif name and out and who:
        _take(name, out, as_of, who)
    else:
        raise WrongUse("Say which report, --out FILE, and --as whom; or --list.")


@registry_command("seed")
@click.option("--people", type=click.IntRange(1, MOST_PEOPLE), required=True, help="How many.")
@click.option("--seed", type=int, default=1, help="Another number gives other people.")
def seed(people: int, seed: int) -> None:
    """Fill the registry with people who do not exist: the same ones for the same numbers."""
    started = time.monotonic()
    sown = sow(people, seed, lambda done: note(f"  {done} of {people} people"))
    seconds = time.monotonic() - started
    total = sown.records.total()
    text = f"{total} records of {people} people in {seconds:.1f} s"
    again = f", {sown.there_already} Units were there already" if sown.there_already else ""
    say(f"{text}{again}", **_sown(sown, seconds))


def _sown(sown: Sown, seconds: float) -> dict[str, object]:
    return {
        "records": dict(sown.records),
        "outcomes": dict(sown.outcomes),
        "there_already": sown.there_already,
        "seconds": round(seconds, 3),
    }


def _list(who: str | None) -> None:
    with reading() as conn:
        sight = access.actor_for(conn, who).sight if who else access.SYSTEM.sight
    for report in taking.allowed(sight):
        say(f"{report.name}  {report.title}", **_facts(report))


def _facts(report: Report) -> dict[str, object]:
    return {
        "name": report.name,
        "title": str(report.title),
        "right": f"export on {report.compartment}",
        "of_the_past": report.of_the_past,
        "columns": [column.title for column in report.columns],
    }


def _take(name: str, out: Path, as_of: str, who: str) -> None:
    with reading() as conn:
        actor = access.actor_for(conn, who)
    report = taking.named(name, actor.sight)
    beside = out.with_name(f"{out.name}.manifest.json")
    with whole_file(out) as file, whole_file(beside) as manifest:
        taken = taking.take(report, actor, as_of, file)
        manifest.write(orjson.dumps(taken.manifest, option=orjson.OPT_INDENT_2))
    note(f"{beside.name} says as of when and over what it was made.")
    told = taken.manifest
    say(
        f"{out}: {told['rows']} rows as of change {told['as_of']}, {told['hidden']} figures hidden",
        file=str(out),
        **told,
    )


commands: list[click.Command] = [dictionary, export, seed]
