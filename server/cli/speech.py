"""How commands speak: a line for people, or with ``--json`` one JSON object a line on standard output.

All that is not an answer (progress, problems in words) goes to standard error.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

import click
import orjson
import sqlalchemy as sa

from schema.problems import Problem
from server import Config, access, create_app
from server.actor import Actor
from server.db import db, is_current, reading

_JSON = "ddr.json"
Run = TypeVar("Run", bound=Callable[..., Any])


class NotReady(Problem):
    """The database has no registry of this version."""

    code, status = "not-ready", 503
    sentence = "The registry is not made yet, or needs an upgrade. Run `ddr-server init`."


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that also takes ``--json``."""

    def make(run: Callable[..., Any]) -> click.Command:
        return click.command(name, **attributes)(_json_option(run))

    return make


def registry_command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that also takes ``--json`` and runs inside the app, over a registry that is ready."""

    def make(run: Callable[..., Any]) -> click.Command:
        @wraps(run)
        def inside(*args: Any, **kwargs: Any) -> Any:
            with opened():
                return run(*args, **kwargs)

        return command(name, **attributes)(inside)

    return make


@contextmanager
def opened(config: Config | None = None) -> Iterator[None]:
    """The app of these settings. Raises NotReady while the database is not of this version."""
    with create_app(config).app_context():
        try:
            with reading() as conn:
                if not is_current(conn):
                    raise NotReady
            yield
        finally:
            db.engine.dispose()


def as_option(run: Run) -> Run:
    """``--as EMAIL``: act by that account's rights; the command gets it as ``who``."""
    return click.option("--as", "who", metavar="EMAIL", help="Act by this account's rights.")(run)


def acting(conn: sa.Connection, who: str | None) -> Actor:
    """Who acts: the account named by ``--as``, else the system itself."""
    return access.actor_for(conn, who) if who else access.system_here()


def say(text: str, **facts: Any) -> None:
    """One answer: the text for people, the facts for machines."""
    # A row's names are a kind of text that orjson does not take for text.
    plain = {str(name): value for name, value in facts.items()}
    click.echo(orjson.dumps(plain).decode() if _in_json() else text)


def note(text: str) -> None:
    """Something by the way, on standard error."""
    click.echo(text, err=True)


def complain(problem: Problem) -> None:
    """Say what was refused, with its code, and what more is known."""
    if _in_json():
        click.echo(orjson.dumps(problem.as_dict()).decode())
    click.echo(f"{problem.said} [{problem.code}]", err=True)
    for field, sentences in problem.details.get("fields", {}).items():
        click.echo(f"  {field}: {' '.join(map(str, sentences))}", err=True)
    for _id, label in problem.details.get("candidates", ()):
        click.echo(f"  {label}", err=True)
    if problem.kept:
        click.echo(problem.kept, err=True)


def _json_option(run: Run) -> Run:
    def keep(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
        ctx.meta[_JSON] = wanted

    words = "One JSON object a line on standard output."
    return click.option("--json", is_flag=True, expose_value=False, callback=keep, help=words)(run)


def _in_json() -> bool:
    return bool(click.get_current_context().meta.get(_JSON))
