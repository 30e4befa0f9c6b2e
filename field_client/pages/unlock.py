"""The door: unlock with a passphrase, join with a one-time code, lock."""

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import enrolment, home
from field_client.config import Config
from field_client.keys import SHORTEST_PASSPHRASE
from field_client.pages.desk import Kept, close_store, desk
from field_client.pages.display import within
from field_client.pages.syncing import begin
from field_client.pages.words import WORDS
from schema.form import Input
from schema.problems import NotFound, Problem, Wiped, WrongPassphrase
from schema.said import Said

OPEN_WHILE_LOCKED = (
    "guard.start",
    "look.file",
    "look.own",
    "unlock.ask",
    "unlock.open_store",
    "unlock.enrol",
    "unlock.join",
    "unlock.lock",
    "display.choices",
    "display.choose",
    "help.show",
)
OFFICER = Said("Your short name on this laptop")
OFFICER_HINT = Said("Chosen when you joined: small letters, digits, hyphens")
ADDRESS, CODE = Said("Address of the registry"), Said("One-time code")
ADDRESS_HINT = Said("As your administrator gave it to you, beginning with https://")
NO_ADDRESS, NO_CODE = Said("Enter the address of the registry"), Said("Enter the one-time code")
DIFFERS = Said("The two passphrases must be the same")
WRONG = Said("This name and passphrase do not open a store on this laptop. Tries so far: %(tries)s")
BAD_NAME = Said("Your short name must have small letters, digits or hyphens, at most 40")
JOIN_HINT = Said("Small letters, digits, hyphens. You type it whenever you unlock.")
SHORT = Said("A passphrase must have at least %(count)s characters").of(count=SHORTEST_PASSPHRASE)

DRAFT = "/draft"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

bp = Blueprint("unlock", __name__)


def init_app(app: Flask) -> None:
    """Send whoever comes to a locked laptop to the door."""
    app.before_request(turn_away)
    app.teardown_appcontext(close_store)
    app.register_blueprint(bp)


def turn_away() -> Response | None:
    """While locked, keep what was sent and ask for the passphrase; while open, note that somebody is there."""
    if desk().open:
        desk().touch()
        _given_back()
        return None
    if request.endpoint in OPEN_WHILE_LOCKED or request.endpoint is None:
        return None
    _keep_what_was_sent()
    here = request.path if request.method == "GET" else "/"
    door = url_for("unlock.ask", next=here)
    if not request.headers.get("HX-Request"):
        return redirect(door, HTTPStatus.SEE_OTHER)
    response = make_response("", HTTPStatus.OK)
    response.headers["HX-Redirect"] = door
    return response


@bp.get("/unlock")
def ask() -> Response | str:
    """Ask for the passphrase; whoever has nothing enrolled here joins first."""
    if desk().open:
        return redirect("/")
    if not home.names(_home()):
        return redirect(url_for("unlock.enrol"))
    return _door(_known_officer(), request.args.get("next", ""))


@bp.post("/unlock")
def open_store() -> Response | str | tuple[str, int]:
    """Open the store with the passphrase, and go where the officer was going."""
    officer, passphrase = (
        request.form.get("officer", "").strip(),
        request.form.get("passphrase", ""),
    )
    where = within(request.form.get("_next", ""))
    try:
        unlocked = home.unlock(home.folder_of(_home(), officer or "-"), passphrase)
    except (NotFound, WrongPassphrase):
        desk().tries += 1
        wrong = WRONG.of(tries=desk().tries)
        return _door(officer, where, wrong), HTTPStatus.FORBIDDEN
    desk().unlock(officer, unlocked)
    return redirect(url_for("unlock.kept") if desk().kept else where, HTTPStatus.SEE_OTHER)


@bp.get("/kept")
def kept() -> Response | str:
    """Give back what was sent while locked."""
    found = desk().kept
    return render_template("kept.html", kept=found) if found else redirect("/")


@bp.post("/lock")
def lock() -> Response:
    """Drop the key now."""
    desk().lock()
    return redirect(url_for("unlock.ask"), HTTPStatus.SEE_OTHER)


@bp.post("/stay")
def stay() -> tuple[str, int]:
    """Somebody pressed a key: the time begins anew."""
    return "", HTTPStatus.NO_CONTENT


@bp.get("/join")
def enrol() -> str:
    """Ask for the registry's address, the code and a passphrase."""
    return _joining({})


@bp.post("/join")
def join() -> Response | str | tuple[str, int]:
    """Enrol this laptop for one officer; nothing stays behind when it does not come about."""
    typed = {name: request.form.get(name, "").strip() for name in ("officer", "address", "code")}
    passphrase, again = request.form.get("passphrase", ""), request.form.get("again", "")
    wrong = _missing(typed, passphrase, again)
    if wrong:
        return _joining(typed, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        unlocked = enrolment.enrol(
            _home(), typed["address"], typed["code"], passphrase, typed["officer"]
        )
    except Problem as problem:
        return _joining(typed, {}, problem), problem.status
    desk().unlock(unlocked.folder.name, unlocked)
    desk().say("done", gettext("This laptop has joined. Your caseload is being fetched."))
    begin()
    return redirect(url_for("syncing.show"), HTTPStatus.SEE_OTHER)


def _keep_what_was_sent() -> None:
    """Whoever was typing when the laptop locked finds it again after unlocking."""
    typed = tuple((n, v) for n, v in request.form.items(multi=True) if n != "csrf_token")
    # Nobody can come back to a device that was wiped: what they typed is not kept either.
    known = desk().officer in home.names(_home())
    if not known or all(name.startswith("_") for name, _ in typed):
        return
    path = request.path
    if path.endswith(DRAFT):
        path, typed = path.removesuffix(DRAFT), (*typed, ("_act", "stay"))
    desk().kept = Kept(desk().officer, path, typed)


def _given_back() -> None:
    found = desk().kept
    if found and request.method == "POST" and request.path == found.path:
        desk().kept = None


def _door(officer: str, where: str, wrong: Said | None = None) -> str:
    asked = [_text("officer", OFFICER, officer, OFFICER_HINT)]
    others = [(wrong, "f-passphrase")] if wrong else []
    return render_template(
        "unlock.html",
        asked=asked,
        others=others,
        wrong=[wrong] if wrong else [],
        failed=bool(wrong),
        next=where,
        kept=desk().kept,
        wiped=_wiped(),
    )


def _joining(
    typed: dict[str, str],
    wrong: dict[str, Said] | None = None,
    problem: Problem | None = None,
) -> str:
    errors = wrong or {}
    labels = {"officer": OFFICER, "address": ADDRESS, "code": CODE}
    hints = {"officer": JOIN_HINT, "address": ADDRESS_HINT}
    asked = [
        _text(name, label, typed.get(name, ""), hints.get(name), errors.get(name))
        for name, label in labels.items()
    ]
    passphrases = [n for n in ("passphrase", "again") if n in errors]
    others: list[Any] = [(errors[name], f"f-{name}") for name in passphrases]
    return render_template(
        "enrol.html",
        asked=asked,
        others=[*others, *([Said(problem.said)] if problem else [])],
        wrong=[errors["passphrase"]] if "passphrase" in errors else [],
        differs=[errors["again"]] if "again" in errors else [],
        failed=bool(errors or problem),
        shortest=SHORTEST_PASSPHRASE,
        wiped=_wiped(),
    )


def _missing(typed: dict[str, str], passphrase: str, again: str) -> dict[str, Said]:
    found = {
        "officer": None if _NAME.fullmatch(typed["officer"]) else BAD_NAME,
        "address": None if typed["address"] else NO_ADDRESS,
        "code": None if typed["code"] else NO_CODE,
        "passphrase": SHORT if len(passphrase) < SHORTEST_PASSPHRASE else None,
        "again": DIFFERS if again != passphrase else None,
    }
    return {name: wrong for name, wrong in found.items() if wrong}


def _wiped() -> str:
    """In one sentence, that a device was wiped here: just now, or with something of it still kept."""
    run = desk().run
    fresh = run is not None and isinstance(run.problem, Wiped)
    return WORDS.laptop("revoked") if fresh or home.sealed(_home()) else ""


def _text(
    name: str, label: Said, value: str, hint: Said | None = None, wrong: Said | None = None
) -> Input:
    errors = (wrong,) if wrong else ()
    return Input(name, "text", label, hint or Said(""), value, True, (), errors, "ltr", "w40")


def _known_officer() -> str:
    """Who was here last, or the only one there is."""
    known = home.names(_home())
    return desk().officer or (known[0] if len(known) == 1 else "")


def _home() -> Path:
    config: Config = current_app.extensions["laptop"]
    return config.home
