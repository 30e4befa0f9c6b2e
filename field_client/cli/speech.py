"""How commands speak: a line for people, or with ``--json`` one JSON object a line on standard output.

All that is not an answer (problems in words, progress) goes to standard error.
"""

from collections.abc import Callable
from typing import Any

import click
import orjson

from schema.problems import Problem

_JSON = "ddr.json"


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that also takes ``--json``."""

    def make(run: Callable[..., Any]) -> click.Command:
        words = "One JSON object a line on standard output."
        option = click.option(
            "--json", is_flag=True, expose_value=False, callback=_keep, help=words
        )
        return click.command(name, **attributes)(option(run))

    return make


def say(text: str, **facts: Any) -> None:
    """One answer: the text for people, the facts for machines."""
    click.echo(orjson.dumps(facts).decode() if _in_json() else text)


def note(text: str) -> None:
    """Something by the way, on standard error."""
    click.echo(text, err=True)


def complain(problem: Problem) -> None:
    """Say what was refused, with its code, and what more is known."""
    if _in_json():
        click.echo(orjson.dumps(problem.as_dict(), default=str).decode())
    click.echo(f"{problem.said} [{problem.code}]", err=True)
    for field, sentences in problem.details.get("fields", {}).items():
        click.echo(f"  {field}: {' '.join(map(str, sentences))}", err=True)
    for candidate in problem.details.get("candidates", ()):
        text = candidate if isinstance(candidate, str) else " ".join(candidate)
        click.echo(f"  {text}", err=True)
    if problem.kept:
        click.echo(problem.kept, err=True)


def _keep(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    ctx.meta[_JSON] = wanted


def _in_json() -> bool:
    return bool(click.get_current_context().meta.get(_JSON))
