"""The decision on somebody's age: by a named child-protection officer, with the reason, shown with both."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Text
from schema.problems import Invalid, NotFound
from schema.record import Record
from schema.rules.safeguards import CHILD, DECISION
from server import access, answers
from server.db import reading
from server.pages import record_acts as acts
from server.pages.clashes import drawn_again
from server.pages.record_questions import Questions, refuse_unasked
from server.registry import records
from server.registry.labels import named

pages = Blueprint("age", __name__)


class AgeDecision(Entity):
    """What a decision on age says."""

    noun = "person"

    age_decision = Choice("Decision on age", codes.AGE_DECISION, required=True)
    age_decision_reason = Text(
        "Reason",
        hint="What it rests on: a document, who was heard. Whoever reads this file reads it",
        longest=500,
        multiline=True,
        required=True,
    )


QUESTIONS = Questions(AgeDecision, DECISION)


@pages.get("/cases/person/<uuid:person_id>/age")
@access.rule(CHILD, "approve")
def ask(person_id: Any) -> str:
    """Say what a decision does, and ask for it with its reason."""
    with reading() as conn:
        person = _to_decide(conn, str(person_id))
    return _drawn(person, person.values, {})


@pages.post("/cases/person/<uuid:person_id>/age")
@access.rule(CHILD, "approve")
def decide(person_id: Any) -> Response:
    """Decide: an adult leaves the child process, a child stays in it whatever is written later."""
    parsed = QUESTIONS.read(request.form)
    with reading() as conn:
        person = _to_decide(conn, str(person_id))
        shown = records.values_at(conn, person, acts.base_of(conn))
    answers.form_again(
        lambda errors: _drawn(person, *drawn_again(person, shown, parsed, errors), refused=errors)
    )
    refuse_unasked(request.form, QUESTIONS)
    if wrong := {**QUESTIONS.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    written = acts.changed(person, shown, parsed.values)
    outcome = acts.write(written) if written else None
    return acts.done(outcome, "person", person.id, url_for("cases.index"))


def may_decide(person: Record) -> bool:
    """Whether this reader decides on the age of this person."""
    return access.actor().sight.may("approve", CHILD, person.scope)


def _to_decide(conn: sa.Connection, person_id: str) -> Record:
    """The person, if this reader decides on their age. Raises NotFound."""
    person = records.get(conn, access.actor().sight, "person", person_id)
    if not may_decide(person):
        raise NotFound
    return person


def _drawn(
    person: Record,
    values: Mapping[str, Any],
    errors: Mapping[str, Any],
    refused: Mapping[str, Any] | None = None,
) -> str:
    sight = access.actor().sight
    with reading() as conn:
        asked = QUESTIONS.drawn(conn, sight, values, errors)
        hidden = acts.hidden(conn, again=refused or errors)
        about = named(conn, sight, "person", [person.id]).get(person.id, "")
    return render_template(
        "age/one.html",
        person=person,
        asked=asked,
        others=[said for name, all_ in errors.items() if name not in DECISION for said in all_],
        hidden=hidden,
        about=about,
        failed=bool(errors),
    )
