"""``ddr-field``: every act of the laptop that a shell may do.

Each module of MODULES has ``commands``, a list of click commands made with ``speech.command``. A
problem ends with exit 1 and its code, wrong words with 2, a registry that does not answer with 3.
"""

import os

import click

from field_client.cli import (
    looking,
    opening,
    printing,
    serving,
    speech,
    sticks,
    syncing,
    wiping,
    writing,
)
from schema.problems import Problem, Unreachable, WrongUse

MODULES = (syncing, sticks, looking, printing, writing, serving, wiping)
PRIVATE = 0o077


class Laptop(click.Group):
    """Turns problems into the exit codes of the outside contract."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the chosen command. What it makes is this user's to read, and nobody else's."""
        os.umask(PRIVATE)
        try:
            return super().invoke(ctx)
        except Problem as problem:
            speech.complain(problem)
            ctx.exit(_exit_code(problem))


def _exit_code(problem: Problem) -> int:
    if isinstance(problem, WrongUse):
        return 2
    return 3 if isinstance(problem, Unreachable) else 1


@click.group(cls=Laptop, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ploughshare")
@click.option(
    "--device", default="", metavar="NAME", help="Which device, where several are enrolled."
)
@click.pass_context
def main(ctx: click.Context, device: str) -> None:
    """A laptop of a DDR programme: its caseload, what was recorded on it, and its sync."""
    ctx.meta[opening.DEVICE] = device


for module in MODULES:
    for one in module.commands:
        main.add_command(one)
