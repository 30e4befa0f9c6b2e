"""Find a person by name, mother's name or number. Words stay in memory: no address carries them."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages.alike import briefs, near
from field_client.pages.desk import db, desk
from field_client.pages.register.reading import read_year
from field_client.store import reading
from schema.form import Input
from schema.said import Said

MOST = 20
LOOKED_AT = 500
WORDS = Said("Name, mother's name or number")
YEAR = Said("Year of birth or age")
NO_WORDS = Said("Enter a name or a number")
NO_YEAR = Said("Year of birth or age must be a year of four digits, or an age")
COLUMNS = (
    ("name", lazy_gettext("Name")),
    ("number", lazy_gettext("Number")),
    ("age", lazy_gettext("Age")),
    ("sex", lazy_gettext("Sex")),
    ("area", lazy_gettext("Area")),
    ("state", lazy_gettext("Where it is")),
)

bp = Blueprint("find", __name__, url_prefix="/find")


@bp.get("")
def ask() -> str:
    """One box, and the year."""
    return _page({}, {})


@bp.post("")
def look() -> Response | tuple[str, int]:
    """Keep the words in memory and go to what fits them."""
    typed = {name: request.form.get(name, "").strip() for name in ("words", "year")}
    wrong = {}
    if not typed["words"]:
        wrong["words"] = NO_WORDS
    if typed["year"] and read_year(typed["year"], moments.today()) is None:
        wrong["year"] = NO_YEAR
    if wrong:
        return _page(typed, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    key = moments.new_id()
    desk().searched(key, typed)
    return redirect(url_for("find.found", key=key), HTTPStatus.SEE_OTHER)


@bp.get("/<key>")
def found(key: str) -> Response | str:
    """What fits; after a lock or a restart the words are gone and the box is empty."""
    typed = desk().searches.get(key)
    if typed is None:
        return redirect(url_for("find.ask"))
    year = read_year(typed["year"], moments.today())
    fitting = [row for row in reading.people(db(), typed["words"], LOOKED_AT) if near(row, year)]
    more = len(fitting) > MOST
    return _page(dict(typed), {}, people=briefs(fitting[:MOST]), searched=True, more=more)


def _page(typed: dict[str, str], wrong: dict[str, Said], **seen: Any) -> str:
    asked = [
        _input("words", WORDS, typed, wrong, "full"),
        _input("year", YEAR, typed, wrong, "w4"),
    ]
    columns = [{"key": key, "label": str(label)} for key, label in COLUMNS]
    return render_template("find.html", asked=asked, failed=bool(wrong), columns=columns, **seen)


def _input(
    name: str, label: Said, typed: dict[str, str], wrong: dict[str, Said], width: str
) -> Input:
    errors = (wrong[name],) if name in wrong else ()
    required = name == "words"
    value = typed.get(name, "")
    return Input(name, "text", label, Said(""), value, required, (), errors, "auto", width)
