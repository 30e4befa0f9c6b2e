"""The one gate: who is asking, and whether this route is for them.

Each view says for whom it is, with one of the decorators below. What says nothing is for
nobody, and the app does not start. A role without the right gets what does not exist gets.
Records are a second matter: ``registry`` and ``apply`` ask the actor's sight for each scope.
"""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, current_app, g, request
from flask_login import current_user

from schema.problems import NotAllowed, NotFound, NotSignedIn
from server import accounts, devices
from server.actor import SYSTEM, Actor, system
from server.db import SAFE_METHODS, reading
from server.signin import csrf
from server.signin.people import User

__all__ = [
    "SYSTEM",
    "Actor",
    "actor",
    "actor_for",
    "admits",
    "bearer",
    "declare",
    "device",
    "device_actor",
    "device_row",
    "init_app",
    "larger",
    "open_to_all",
    "open_to_machines",
    "rule",
    "rule_of",
    "signed_in",
    "system_here",
    "who",
]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """For whom a route is: ``open``, ``machine``, ``signed-in``, ``device``, or ``right``."""

    kind: str
    compartments: tuple[str, ...] = ()
    verb: str = ""


OPEN, SIGNED_IN = Rule("open"), Rule("signed-in")
DEVICE, MACHINE = Rule("device"), Rule("machine")


def rule(compartment: str | tuple[str, ...], verb: str) -> Callable[[View], View]:
    """For whoever may do this in any scope of the compartment, or of one of several."""
    compartments = (compartment,) if isinstance(compartment, str) else compartment
    return _marking(Rule("right", compartments, verb))


def open_to_all(view: View) -> View:
    """For everybody, signed in or not."""
    return _marking(OPEN)(view)


def signed_in(view: View) -> View:
    """For everybody who is signed in, whatever their grants."""
    return _marking(SIGNED_IN)(view)


def device(view: View) -> View:
    """For an enrolled laptop, by its token; the view finds it in ``device_row()``."""
    return _marking(DEVICE)(view)


def open_to_machines(view: View) -> View:
    """For a program that has no cookie and proves itself in its body."""
    return _marking(MACHINE)(view)


def larger(most: int) -> Callable[[View], View]:
    """For a form that carries a file: it may have so many bytes, once it is known that it is for its sender."""

    def mark(view: View) -> View:
        view.most_body = most  # type: ignore[attr-defined]  # a function carries what is set on it
        return view

    return mark


def declare(app: Flask, rules: dict[str, Rule]) -> None:
    """Say for whom endpoints are that we did not write."""
    app.extensions.setdefault("ddr_rules", {}).update(rules)


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """What a route declares, if it declares anything."""
    view = app.view_functions[endpoint]
    marked = getattr(view, "access_rule", None) or getattr(
        getattr(view, "view_class", None), "access_rule", None
    )
    declared: dict[str, Rule] = app.extensions.get("ddr_rules", {})
    return marked or declared.get(endpoint)


# Flask-Security's own views, which cannot be marked.
SIGNING_IN = {
    "security.login": OPEN,
    "security.logout": SIGNED_IN,
    "security.verify": SIGNED_IN,
    "security.change_password": SIGNED_IN,
}


def init_app(app: Flask) -> None:
    """Put the gate before every route, and refuse to start when one of them says nothing."""
    declare(app, SIGNING_IN)
    silent = sorted({r.endpoint for r in app.url_map.iter_rules() if not rule_of(app, r.endpoint)})
    if silent:
        raise RuntimeError(f"routes without a declared rule: {', '.join(silent)}")
    app.before_request(gate)


def gate() -> None:
    """Let this request through, or raise NotSignedIn, NotFound, Revoked or FormExpired."""
    if request.url_rule is None or request.endpoint is None:
        who()  # the page that says so must look like the one that hides a route
        return
    wanted = rule_of(current_app, request.endpoint)
    if wanted is None:
        raise NotFound
    if wanted.kind == "device":
        g.device_row = _device()
    elif wanted.kind != "machine":
        _admit(wanted)


def _admit(wanted: Rule) -> None:
    if wanted.kind != "open" and not _holds(actor(), wanted):
        raise NotFound
    if request.method not in SAFE_METHODS:
        most = getattr(current_app.view_functions[str(request.endpoint)], "most_body", None)
        request.max_content_length = most or request.max_content_length
        csrf.protect()
    g.admitted = True


def admits(asking: Actor, endpoint: str) -> bool:
    """Whether a route is for this person, so that a page may show the way to it."""
    wanted = rule_of(current_app, endpoint)
    return wanted is not None and _holds(asking, wanted)


def _holds(asking: Actor, wanted: Rule) -> bool:
    return wanted.kind != "right" or any(
        asking.sight.anywhere(wanted.verb, compartment) for compartment in wanted.compartments
    )


def actor() -> Actor:
    """Who is asking, with what they may do now. Raises NotSignedIn."""
    asking = who()
    if asking is None:
        raise NotSignedIn
    return asking


def who() -> Actor | None:
    """Who is signed in, if anybody is; grants are read once a request."""
    if "actor" not in g:
        g.actor = _actor_of(current_user) if isinstance(current_user, User) else None
    found: Actor | None = g.actor
    return found


def actor_for(conn: sa.Connection, email: str) -> Actor:
    """Who acts from a shell with ``--as EMAIL``: that account's rights and nothing more."""
    found = accounts.find(conn, email)
    if found["disabled_at"] is not None:
        raise NotAllowed("This account is disabled.")
    sight = accounts.sight_of(conn, found["id"])
    return Actor(found["id"], found["name"], sight, os_user=getpass.getuser())


def device_row() -> sa.RowMapping:
    """The laptop that is asking, in a view marked ``@access.device``."""
    row: sa.RowMapping = g.device_row
    return row


def device_actor(conn: sa.Connection) -> Actor:
    """The officer of the laptop that is asking, with what they may do now."""
    row = device_row()
    sight = accounts.sight_of(conn, row["account_id"])
    return Actor(row["account_id"], row["account_name"], sight, device_id=row["id"])


def system_here() -> Actor:
    """The built-in actor of a shell without ``--as``, with the operating-system user beside it."""
    return system(getpass.getuser())


def _marking(said: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access_rule = said  # type: ignore[attr-defined]  # a function carries what is set on it
        return view

    return mark


def bearer() -> str:
    """The token that a laptop shows. Raises NotSignedIn when there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    return token.strip()


def _device() -> sa.RowMapping:
    token = bearer()
    with reading() as conn:
        return devices.by_token(conn, token)


def _actor_of(user: User) -> Actor:
    with reading() as conn:
        return Actor(user.id, user.name, accounts.sight_of(conn, user.id))
