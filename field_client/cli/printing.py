"""The command that prints: the paper of a record, as a PDF into whatever reads it."""

import sys

import click

from field_client import papers
from field_client.cli import opening, speech
from field_client.store import reading
from schema.problems import WrongUse
from schema.wording import LANGUAGES


@speech.command("print")
@click.argument("entity", type=click.Choice(list(papers.MADE)))
@click.argument("record", metavar="ID")
@click.option("--language", default="en", type=click.Choice(list(LANGUAGES)), help="Of the paper.")
def print_(entity: str, record: str, language: str) -> None:
    """Print a record's paper: a PDF on standard output, for a printer to read (… | lp).

    No file is made: what this laptop holds lies on no disk in clear.
    """
    if sys.stdout.isatty():
        raise WrongUse("Send it to a printer: ddr-field print … | lp")
    with opening.opened() as db:
        body = papers.paper(db, entity, reading.find_id(db, entity, record), language)
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


commands: list[click.Command] = [print_]
