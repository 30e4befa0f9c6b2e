"""``ddr-server bundle``: a stick arrives."""

from pathlib import Path

import click

from schema.bundle import DOWN, header_of
from schema.problems import Refused
from server.cli.speech import acting, as_option, registry_command, say
from server.db import reading
from server.sync import bundle
from server.whole_files import opened, put_read_back


@click.group("bundle")
def group() -> None:
    """Sync by stick: take in what a laptop wrote, and answer it."""


@registry_command("accept")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--reply",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write the answer, which only that laptop can read.",
)
@as_option
def accept(file: Path, reply: Path, who: str | None) -> None:
    """Take in the stick FILE of a laptop and write the answer to it.

    The same stick twice, late or out of order does no harm. What is damaged, or meant for elsewhere,
    is refused whole.
    """
    _require_free(reply)
    with reading() as conn:
        actor = acting(conn, who)
    with opened(file) as carried:
        done = bundle.accept(carried, actor)
    put_read_back(reply, done.reply)
    became = ", ".join(f"{count} {outcome}" for outcome, count in sorted(done.outcomes.items()))
    text = f"{done.officer}: {done.units} on the stick, {done.fresh} new. {became}".strip()
    say(
        f"{text}\nThe answer is in {reply}.",
        device=done.device,
        units=done.units,
        fresh=done.fresh,
        outcomes=done.outcomes,
        reply=str(reply),
    )


def _require_free(reply: Path) -> None:
    """An answer takes the place of an earlier answer, and of nothing else. Raises Refused."""
    if reply.exists():
        with opened(reply) as file:
            header = header_of(file)
        if header is None or header.way != DOWN:
            raise Refused(
                "Another file has this name already, and is left as it is. Choose another name.",
                rule="taken",
            )


group.add_command(accept)
commands: list[click.Command] = [group]
