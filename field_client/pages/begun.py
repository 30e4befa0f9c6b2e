"""What was begun and not finished, registrations and forms alike: listed first, discarded with a word."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client.pages import record_draft
from field_client.pages.desk import db, desk
from field_client.pages.register import draft, steps
from field_client.pages.register.drawing import at
from field_client.store import drafts, reading
from schema.entities import BY_NOUN
from schema.problems import NotFound
from schema.said import Said

bp = Blueprint("begun", __name__, url_prefix="/drafts")


@dataclass(frozen=True)
class Line:
    """One draft: of whom, where in what it stands, and where it goes on."""

    kind: str
    id: str
    name: str
    what: Said
    at: str
    href: str
    interrupted: bool


def listed() -> list[Line]:
    """All drafts of this officer, the newest first."""
    lines = [*map(_registration, draft.listed()), *map(_record, record_draft.listed())]
    return sorted(lines, key=lambda line: line.at, reverse=True)


@bp.get("/<draft_id>/discard")
def ask(draft_id: str) -> str:
    """Say what discarding will do."""
    return render_template("discard.html", line=_line(draft_id))


@bp.post("/<draft_id>/discard")
def discard(draft_id: str) -> Response:
    """Throw a draft away."""
    drafts.drop(db(), _line(draft_id).id)
    desk().ended.add(draft_id)
    desk().say("done", gettext("The draft was discarded. Nothing was registered or changed."))
    return redirect(url_for("home.show"), HTTPStatus.SEE_OTHER)


def _line(draft_id: str) -> Line:
    found = [line for line in listed() if line.id == draft_id]
    if not found:
        raise NotFound
    return found[0]


def _registration(one: draft.Begun) -> Line:
    what = steps.LABELS[one.step]
    return Line(draft.KIND, one.id, one.name, what, one.at, at(one.id, one.step), not one.later)


def _record(one: record_draft.Begun) -> Line:
    names = reading.titles(db(), "person", [one.person_id])
    what = Said(BY_NOUN[one.noun].label)
    href = f"{one.path}?draft={one.id}"
    name = names.get(one.person_id, "")
    return Line(record_draft.KIND, one.id, name, what, one.at, href, not one.later)
