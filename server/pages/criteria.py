"""Criteria of eligibility: each version of an agreement's, its ways in, the next version, and its adoption."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from schema.change import CREATE, Change
from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.entity import Entity
from schema.fields import Day
from schema.problems import Invalid, NotAllowed
from schema.record import Record
from schema.rules.criteria import ADOPTED
from server import access, answers
from server.db import reading
from server.pages import record_acts as acts
from server.pages.record_questions import Questions, refuse_unasked
from server.pages.turning import pager, turn
from server.registry import criteria, records

pages = Blueprint("criteria", __name__)

ABOUT = ("code", "edition", "state", "valid_from", "valid_to")
TERMS = ("appeal_body", "appeal_days", "answer_days", "source")
FIGURES = ("wording", "kind", "day", "quantity", "per", "category")


class Adoption(Entity):
    """From when criteria are in force."""

    noun = "criteria_set"

    valid_from = Day("In force from", required=True)


QUESTIONS = Questions(Adoption, ("valid_from",))


@pages.get("/eligibility/criteria")
@access.rule("reference", "read")
def index() -> str:
    """Every version of every agreement's criteria, the newest first."""
    sight = access.actor().sight
    with reading() as conn:
        page = records.listed(conn, sight, "criteria_set", {}, turn())
    entity = BY_NOUN["criteria_set"]
    lines = [(one, details(entity, one.values, {}, ("name", *ABOUT))) for one in page.rows]
    return render_template(
        "criteria/index.html",
        lines=lines,
        heads=details(entity, {}, {}, ("name", *ABOUT)),
        may_add=sight.anywhere("create", "reference"),
        pager=pager(page),
    )


@pages.get("/eligibility/criteria/<uuid:set_id>")
@access.rule("reference", "read")
def one(set_id: Any) -> str:
    """One version: its terms, and its ways in."""
    sight = access.actor().sight
    with reading() as conn:
        found = records.get(conn, sight, "criteria_set", str(set_id))
        ways = criteria.ways_in(conn, sight, found.id)
        hidden = acts.hidden(conn, again={})
    is_draft = found.get("state") != ADOPTED and not found.get("withdrawn_at")
    return render_template(
        "criteria/one.html",
        found=found,
        about=_lines(found, (*ABOUT, *TERMS)),
        ways=[(path, [(c, _lines(c, FIGURES)) for c in these]) for path, these in ways.items()],
        hidden=hidden,
        is_draft=is_draft,
        may_change=is_draft and sight.anywhere("change", "reference"),
        may_adopt=is_draft and sight.anywhere("approve", "reference"),
        may_follow=not is_draft and sight.anywhere("create", "reference"),
    )


@pages.post("/eligibility/criteria/<uuid:set_id>/next")
@access.rule("reference", "create")
def follow(set_id: Any) -> Response:
    """Begin the next version: a draft with the same criteria, to be changed and adopted."""
    sight = access.actor().sight
    with reading() as conn:
        found = records.get(conn, sight, "criteria_set", str(set_id))
        edition = criteria.next_edition(conn, sight, found)
        ways = criteria.ways_in(conn, sight, found.id)
    made = acts.made_id()
    kept = ("code", "name", "source", "appeal_body", "appeal_days", "answer_days")
    said = {name: found.get(name) for name in kept if found.get(name) is not None}
    copied = [one for these in ways.values() for one in these]
    acts.write(
        Change(CREATE, "criteria_set", made, {**said, "edition": edition, "state": "draft"}),
        *(_copied(one, made, place) for place, one in enumerate(copied, 1)),
    )
    return redirect(url_for("criteria.one", set_id=made))


@pages.get("/eligibility/criteria/<uuid:set_id>/adopt")
@access.rule("reference", "approve")
def ask_adopt(set_id: Any) -> str:
    """Say what adopting does, and ask from when."""
    with reading() as conn:
        found = _draft(conn, str(set_id))
    return _drawn(found, {}, {})


@pages.post("/eligibility/criteria/<uuid:set_id>/adopt")
@access.rule("reference", "approve")
def adopt(set_id: Any) -> Response:
    """Put a version in force from a day; the one before it ends the day before."""
    parsed = QUESTIONS.read(request.form)
    with reading() as conn:
        found = _draft(conn, str(set_id))
    answers.form_again(lambda errors: _drawn(found, parsed.typed, errors))
    refuse_unasked(request.form, QUESTIONS)
    if wrong := {**QUESTIONS.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    begins = str(parsed.values["valid_from"])
    with reading() as conn:
        ending = criteria.ending(conn, access.actor().sight, found, begins)
    adopted = {"valid_from": begins, "state": ADOPTED}
    outcome = acts.write(Change("set", "criteria_set", found.id, adopted, _seen(found)), *ending)
    return acts.done(outcome, "criteria_set", found.id, url_for("criteria.index"))


def _draft(conn: sa.Connection, set_id: str) -> Record:
    """The version, if it can still be adopted. Raises NotFound, NotAllowed."""
    found = records.get(conn, access.actor().sight, "criteria_set", set_id)
    if found.get("state") == ADOPTED or found.get("withdrawn_at"):
        raise NotAllowed("Only a draft is adopted.")
    return found


def _seen(found: Record) -> dict[str, Any]:
    return {name: found.get(name) for name in ("valid_from", "state")}


def _copied(criterion: Record, set_id: str, place: int) -> Change:
    said = {name: value for name, value in criterion.values.items() if value is not None}
    return Change(CREATE, "criterion", acts.made_id(place), {**said, "criteria_set_id": set_id})


def _lines(record: Record, only: tuple[str, ...]) -> list[Detail]:
    found = details(BY_NOUN[record.entity], record.values, {}, only)
    return [line for line in found if line.text is not None]


def _drawn(found: Record, values: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    with reading() as conn:
        asked = QUESTIONS.drawn(conn, access.actor().sight, values, errors)
        hidden = acts.hidden(conn, again=errors)
    return render_template(
        "criteria/adopt.html",
        found=found,
        asked=asked,
        others=[said for name, all_ in errors.items() if name != "valid_from" for said in all_],
        hidden=hidden,
        failed=bool(errors),
    )
