"""Commands that print: the paper of a record, and sheets of slips, as a PDF in a file."""

from pathlib import Path

import click

from schema.ids import new_number
from schema.printing.slips import slips
from schema.printing.speech import speech
from schema.wording import LANGUAGES
from server import moments, papers
from server.cli.named import named, noted
from server.cli.speech import acting, as_option, registry_command, say
from server.config import settings
from server.db import reading
from server.whole_files import whole_file

MOST_SLIPS = 2100
LANGUAGE = click.option(
    "--language", default="en", type=click.Choice(list(LANGUAGES)), help="Of the paper."
)
OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write.",
)


@registry_command("print")
@click.argument("entity", type=click.Choice(list(papers.MADE)))
@click.argument("record_id", metavar="ID")
@LANGUAGE
@OUT
@as_option
def print_(entity: str, record_id: str, language: str, out: Path, who: str | None) -> None:
    """Print a record's paper as a PDF. The same record gives the same bytes."""
    with reading() as conn:
        actor = acting(conn, who)
        found = named(conn, actor.sight, entity, record_id).id
        draw = papers.paper(conn, actor.sight, entity, found, language)
    noted(actor, entity, [found])
    _written(out, draw())


@registry_command("slips")
@click.argument("count", type=click.IntRange(1, MOST_SLIPS))
@LANGUAGE
@OUT
def slips_(count: int, language: str, out: Path) -> None:
    """Print sheets of slips, each with a random code, for people who are not registered yet."""
    today = moments.today(settings().timezone).isoformat()
    body = slips(speech(language), today, [new_number() for _ in range(count)])
    _written(out, body)


def _written(out: Path, body: bytes) -> None:
    with whole_file(out) as file:
        file.write(body)
    say(f"{out}: {len(body)} bytes", file=str(out), bytes=len(body))


commands: list[click.Command] = [print_, slips_]
