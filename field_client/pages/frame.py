"""The frame of every page: the look's files, the bar's doors, words in the officer's language."""

from hashlib import sha256
from importlib.resources import files

import jinja2
from flask import Blueprint, Flask, Response, g, request, send_from_directory, url_for
from flask_babel import Babel, get_locale, gettext, lazy_gettext

from field_client.pages import syncing
from field_client.pages.desk import db, desk
from field_client.pages.display import settings
from field_client.pages.words import WORDS
from field_client.store import facts, states
from schema.fields import name_of
from schema.look import Door, Site, version

YEAR = 365 * 24 * 3600
DOORS = (
    ("home.show", lazy_gettext("Home")),
    ("register.begin", lazy_gettext("Register")),
    ("find.ask", lazy_gettext("Find")),
    ("work.show", lazy_gettext("My work")),
    ("disputes.all_open", lazy_gettext("Disputes")),
    ("syncing.show", lazy_gettext("Sync")),
)

bp = Blueprint("look", __name__)


def init_app(app: Flask) -> None:
    """Give templates their loader, words, frame and files."""
    app.jinja_loader = jinja2.ChoiceLoader(
        [
            jinja2.PackageLoader("field_client", "templates"),
            jinja2.PackageLoader("schema", "templates"),
        ]
    )
    Babel(
        app,
        default_translation_directories=str(files("schema") / "translations"),
        locale_selector=lambda: settings().display.language,
    )
    app.jinja_env.filters.update(WORDS.filters(jinja2.pass_context))
    app.jinja_env.globals.update(look_file=look_file, own_file=own_file, name_of=name_of)
    app.jinja_env.globals["get_flashed_messages"] = _told
    app.context_processor(_around)
    app.register_blueprint(bp)


def _around() -> dict[str, object]:
    frame = site()
    registers = any(door.href == url_for("register.begin") for door in frame.doors)
    idle = desk().seconds_left()
    return {"site": frame, "registers": registers, "idle_seconds": idle, "failed": False}


def site() -> Site:
    """The frame of this page; without doors while locked, or where the store itself is at fault."""
    shown = settings().display
    pending = states.pending(db()) if desk().open and not g.get("bare") else None
    return Site(
        name=gettext("Ploughshare field"),
        home_href="/",
        here=request.path if request.method == "GET" else "/",
        language=str(get_locale()),
        theme=shown.theme,
        large=shown.large == "1",
        doors=_doors(pending) if pending else (),
        display_href=url_for("display.choose"),
        help_href=url_for("help.show"),
        lock_href=url_for("unlock.lock") if pending else "",
        only_here=pending.only_here if pending else None,
        on_its_way=syncing.on_its_way() if pending else 0,
        sync_href=url_for("syncing.show"),
    )


def look_file(name: str) -> str:
    """The address of a file of the look; it changes with the file, so it may be kept for a year."""
    return url_for("look.file", filename=name, v=version(name))


@bp.get("/look/<path:filename>")
def file(filename: str) -> Response:
    """A style, script or drawing."""
    return _file("schema", filename)


@bp.get("/own/<path:filename>")
def own(filename: str) -> Response:
    """The laptop's own sheet and script."""
    return _file("field_client", filename)


def own_file(name: str) -> str:
    """The address of a file of the laptop's own."""
    content = files("field_client").joinpath("static", name).read_bytes()
    return url_for("look.own", filename=name, v=sha256(content).hexdigest()[:12])


def _file(package: str, name: str) -> Response:
    response = send_from_directory(str(files(package) / "static"), name)
    kept = f"private, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
    response.headers["Cache-Control"] = kept
    return response


def _told(**_: object) -> list[tuple[str, str]]:
    """Flask's name for the notices, which are kept in memory here and never in a cookie."""
    return desk().told()


def _doors(pending: states.Pending) -> tuple[Door, ...]:
    registers = bool(facts.Rights(db()).scopes("create", "case"))
    doors = [door for door in DOORS if registers or door[0] != "register.begin"]
    return tuple(_door(endpoint, str(label), pending) for endpoint, label in doors)


def _door(endpoint: str, label: str, pending: states.Pending) -> Door:
    href = url_for(endpoint)
    here = request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
    count = pending.disputes if endpoint == "disputes.all_open" else 0
    return Door(label, href, current=here, count=count)
