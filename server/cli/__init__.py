"""``ddr-server``: every act of the registry that a shell may do.

Each module of MODULES has ``commands``, a list of click commands and groups made with
``speech.command``. A problem ends with exit 1 and its code, wrong words with 2, a database that does
not answer with 3.
"""

import os

import click
import sqlalchemy as sa

from schema.problems import Problem, Unreachable, WrongUse
from server.answers import Unavailable
from server.cli import (
    accounts,
    backups,
    checking,
    data,
    deploying,
    importing,
    printing,
    registry,
    running,
    speech,
    sticks,
)

MODULES = (
    running,
    accounts,
    checking,
    backups,
    importing,
    deploying,
    data,
    registry,
    printing,
    sticks,
)
PRIVATE = 0o077


class Registry(click.Group):
    """Turns problems into the exit codes of the outside contract."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the chosen command. What it makes is this user's to read, and nobody else's."""
        os.umask(PRIVATE)
        try:
            return super().invoke(ctx)
        except Problem as problem:
            speech.complain(problem)
            ctx.exit(_exit_code(problem))
        except (sa.exc.OperationalError, sa.exc.TimeoutError):
            speech.complain(Unavailable())
            ctx.exit(3)


def _exit_code(problem: Problem) -> int:
    if isinstance(problem, WrongUse):
        return 2
    return 3 if isinstance(problem, Unreachable) else 1


@click.group(cls=Registry, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ploughshare")
def main() -> None:
    """The registry of a DDR programme: its server, accounts, laptops, data and reports."""


for module in MODULES:
    for one in module.commands:
        main.add_command(one)
