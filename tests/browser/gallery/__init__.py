"""A small app that draws every macro of the look in every state, to be looked at and checked."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, render_template, request, url_for
from flask_babel import Babel, gettext, ngettext
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, pass_context

import schema
from schema import look
from schema.headers import ALWAYS
from schema.wording import Words
from tests.browser.gallery import people

SCHEMA = Path(schema.__file__).parent
PAGES = ("register", "person", "cases", "dispute", "board", "act", "signin", "problem")
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
WORDS = Words(gettext, ngettext, now=lambda: NOW)


def create_gallery() -> Flask:
    """The gallery: /<language>/<theme>/<page>, with ``?large=1`` for large type."""
    app = Flask(__name__, static_folder=None)
    app.config["SECRET_KEY"] = "gallery"
    _mount(app)
    app.add_url_rule("/<language>/<theme>/<page>", "page", page)
    app.add_url_rule("/pressed/<button>", "pressed", lambda button: button, methods=["POST"])
    app.after_request(_secured)
    return app


def page(language: str, theme: str, page: str) -> str:
    """One page with its people and states."""
    return render_template(f"{page}.html", **people.of_page(page))


def _mount(app: Flask) -> None:
    Babel(
        app,
        default_translation_directories=str(SCHEMA / "translations"),
        locale_selector=lambda: (request.view_args or {}).get("language", "en"),
    )
    app.jinja_env.loader = ChoiceLoader(
        [FileSystemLoader(Path(__file__).parent / "templates"), PackageLoader("schema")]
    )
    app.register_blueprint(
        Blueprint("look", __name__, static_folder=SCHEMA / "static", static_url_path="/look")
    )
    app.jinja_env.filters.update(WORDS.filters(pass_context))
    app.jinja_env.globals["look_file"] = lambda name: url_for(
        "look.static", filename=name, v=look.version(name)
    )
    app.context_processor(lambda: {"site": people.site(**(request.view_args or {}))})


def _secured(response: Response) -> Response:
    response.headers.update(ALWAYS)
    return response
