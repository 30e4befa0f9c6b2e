"""Language, theme and size of type: kept in a file of the laptop that names nobody."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client.pages.desk import desk
from schema.wording import LANGUAGES

THEMES = ("light", "sunlight")
YES_NO = ("0", "1")
FILE = "display.json"

bp = Blueprint("display", __name__)


@dataclass(frozen=True)
class Display:
    """How pages are shown on this laptop."""

    language: str = "en"
    theme: str = "light"
    large: str = "0"

    def with_choices(self, said: Mapping[str, str]) -> "Display":
        """This, with those choices laid on it that exist."""
        offered = {"language": tuple(LANGUAGES), "theme": THEMES, "large": YES_NO}
        known = {n: str(said[n]) for n, values in offered.items() if said.get(n) in values}
        return replace(self, **known)


class Settings:
    """The file, read once and written whole."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.display = Display()
        if self.path.exists():
            self.display = self.display.with_choices(_read(self.path))

    def choose(self, said: Mapping[str, str]) -> None:
        """Keep these choices; the file is never half written."""
        self.display = self.display.with_choices(said)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self.display)), encoding="utf-8")
        beside.replace(self.path)


def settings() -> Settings:
    """The settings of this app."""
    found: Settings = current_app.extensions["display"]
    return found


@bp.get("/display")
def choices() -> str:
    """All choices on one page."""
    return render_template("display.html", display=settings().display, languages=LANGUAGES)


@bp.post("/display")
def choose() -> Response:
    """Keep a choice and go back to where it was made."""
    settings().choose(request.form)
    if "_page" in request.form:
        desk().say("done", gettext("Kept for this laptop."))
        return redirect(url_for("display.choices"))
    return redirect(within(request.form.get("_next", "")))


def within(address: str) -> str:
    """An address of ours, or the first page: never another site's."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() and "\\" not in address else "/"


def _read(path: Path) -> dict[str, str]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
