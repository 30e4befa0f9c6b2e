"""The command that prints: the paper of a record, as a PDF in a file."""

from pathlib import Path

import click

from schema.wording import LANGUAGES
from server import papers
from server.cli.named import named, noted
from server.cli.speech import acting, as_option, registry_command, say
from server.db import reading
from server.whole_files import whole_file


@registry_command("print")
@click.argument("entity", type=click.Choice(list(papers.MADE)))
@click.argument("record_id", metavar="ID")
@click.option("--language", default="en", type=click.Choice(list(LANGUAGES)), help="Of the paper.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write.",
)
@as_option
def print_(entity: str, record_id: str, language: str, out: Path, who: str | None) -> None:
    """Print a record's paper as a PDF. The same record gives the same bytes."""
    with reading() as conn:
        actor = acting(conn, who)
        found = named(conn, actor.sight, entity, record_id).id
        draw = papers.paper(conn, actor.sight, entity, found, language)
    noted(actor, entity, [found])
    body = draw()
    with whole_file(out) as file:
        file.write(body)
    say(f"{out}: {len(body)} bytes", file=str(out), bytes=len(body))


commands: list[click.Command] = [print_]
