"""The frame around every page: language, theme, the bar's doors, and the look's files."""

from importlib.resources import files

import jinja2
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask_babel import Babel, get_locale, gettext, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from schema.fields import name_of
from schema.look import Door, Site, version
from schema.wording import Words
from server import access
from server.accounts import people
from server.addresses import within
from server.config import Config, settings
from server.db import aside
from server.pages import DOORS

THEMES = ("light", "sunlight")
CHOICES = ("language", "theme", "large")
YEAR = 365 * 24 * 3600

pages = Blueprint("frame", __name__)


def init_app(app: Flask, config: Config) -> None:
    """Give templates their loader, words, frame and files."""
    app.jinja_loader = jinja2.ChoiceLoader(
        [jinja2.PackageLoader("server", "templates"), jinja2.PackageLoader("schema", "templates")]
    )
    Babel(
        app,
        default_locale=config.languages[0],
        default_translation_directories=";".join(
            str(files(package) / "translations") for package in ("server", "schema")
        ),
        locale_selector=language,
    )
    words = Words(gettext, ngettext, zone=lambda: settings().timezone)
    app.jinja_env.filters.update(words.filters(jinja2.pass_context))
    app.jinja_env.globals["look_file"] = look_file
    app.context_processor(lambda: {"site": site()})
    app.jinja_env.globals.update(admits=_admits, name_of=name_of)
    app.register_blueprint(pages)


def language() -> str:
    """The reader's language: as chosen, else as the browser asks, else the deployment's first."""
    chosen = _chosen("language")
    offered = settings().languages
    if chosen in offered:
        return chosen
    return request.accept_languages.best_match(offered) or offered[0]


def site() -> Site:
    """The frame of this page. It asks the database nothing: a page that says so must show too."""
    asking: access.Actor | None = g.get("actor")
    theme = _chosen("theme")
    return Site(
        name="Ploughshare",
        home_href=url_for("frame.home"),
        here=_here(),
        language=str(get_locale()),
        theme=theme if theme in THEMES else THEMES[0],
        large=_chosen("large") == "1",
        doors=_doors(asking),
        display_href=url_for("frame.display"),
        account=asking.name if asking else "",
        signout_href=url_for("security.logout") if asking else "",
    )


def _here() -> str:
    """Where this reader is, to come back to; a query that is no UTF-8 is shown as well as it can be."""
    if request.method != "GET":
        return "/"
    query = request.query_string.decode("utf-8", "replace")
    return f"{request.path}?{query}" if query else request.path


def look_file(name: str) -> str:
    """The address of a file of the look; it changes with the file, so it may be kept for a year."""
    return url_for("frame.look", filename=name, v=version(name))


@pages.get("/look/<path:filename>")
@access.open_to_all
def look(filename: str) -> Response:
    """A style, script or drawing: the same for everybody, so the browser may keep it."""
    response = send_from_directory(str(files("schema") / "static"), filename)
    kept = f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
    response.headers["Cache-Control"] = kept
    return response


@pages.get("/")
@access.signed_in
def home() -> AnyResponse | str:
    """The first page that is for whoever comes."""
    doors = _doors(access.actor())
    return redirect(doors[0].href) if doors else render_template("nothing.html")


@pages.post("/display")
@access.open_to_all
def display() -> AnyResponse:
    """Keep how this reader wants pages shown, and go back to where they were."""
    chosen = {name: request.form[name] for name in CHOICES if name in request.form}
    response = redirect(within(request.form.get("_next", "")))
    for name, value in chosen.items():
        if value in _allowed(name):
            response.set_cookie(
                name, value, max_age=YEAR, secure=settings().https, httponly=True, samesite="Lax"
            )
            _remember(name, value)
    return response


def _allowed(name: str) -> tuple[str, ...]:
    return {"language": settings().languages, "theme": THEMES, "large": ("0", "1")}[name]


def _remember(name: str, value: str) -> None:
    asking = access.who()
    if asking and name in people.DISPLAY:
        with aside() as conn:
            people.choose(conn, asking.account_id, **{name: value})


def _chosen(name: str) -> str:
    """What this reader chose: on this browser, else on another one by the same account."""
    here = request.cookies.get(name)
    if here is not None or "actor" not in g:
        return here or ""
    return getattr(current_user, name, None) or ""


def _doors(asking: access.Actor | None) -> tuple[Door, ...]:
    """The items of the bar that are for this person; what is not for them is not there."""
    if asking is None:
        return ()
    return tuple(
        Door(gettext(label), url_for(endpoint), current=_is_in(url_for(endpoint)))
        for label, endpoint in DOORS
        if endpoint in current_app.view_functions and access.admits(asking, endpoint)
    )


def _admits(endpoint: str) -> bool:
    """Whether a page is for whoever reads this one."""
    asking: access.Actor | None = g.get("actor")
    return asking is not None and access.admits(asking, endpoint)


def _is_in(address: str) -> bool:
    """Whether this page is behind the door; one that is not for its reader is behind none."""
    return "admitted" in g and f"{request.path}/".startswith(f"{address}/")
