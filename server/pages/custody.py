"""Recording one custody event of a weapon or a lot: only what this event asks."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from schema.custody_forms import asked, fitting, recorded
from schema.entities import BY_NOUN
from schema.fields import Choice
from schema.inventory import EVENTS
from schema.policy import Sight
from schema.problems import Invalid, NotAllowed, NotFound
from schema.record import Record
from schema.said import Said
from server import access, answers, moments
from server.config import settings
from server.db import reading
from server.pages import record_acts as acts
from server.pages import record_questions as asking
from server.pages.told import word
from server.registry import records, references
from server.registry.labels import named
from server.registry.lanes import may

pages = Blueprint("custody", __name__)

ITEM = f"<any({', '.join(EVENTS)}):noun>"
PATH = f"/custody/{ITEM}/<uuid:record_id>/<event>"


@pages.get(PATH)
@access.rule("weapons", "create")
def ask(noun: str, record_id: Any, event: str) -> str:
    """Ask what belongs to this event."""
    questions = _questions(noun, event)
    with reading() as conn:
        item = _item(conn, noun, str(record_id))
    return _form(
        item, event, questions, {"date": moments.today(settings().timezone).isoformat()}, {}
    )


@pages.post(PATH)
@access.rule("weapons", "create")
def add(noun: str, record_id: Any, event: str) -> Response:
    """Record it, on the account of the store that holds it."""
    questions = _questions(noun, event)
    with reading() as conn:
        item = _item(conn, noun, str(record_id))
    parsed = questions.read(request.form)
    answers.form_again(lambda errors: _form(item, event, questions, parsed.typed, errors))
    asking.refuse_unasked(request.form, questions)
    if wrong := {**questions.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    with reading() as conn:
        values = references.resolved(conn, access.actor().sight, questions.entity, parsed.values)
    seen = {"type": None, **item.values, "id": item.id}
    ids = [acts.made_id(place) for place in range(2)]
    outcome = acts.write(*recorded(noun, seen, event, values, ids))
    return acts.done(outcome, noun, item.id, url_for("stores.index"))


def ways(sight: Sight, record: Record, *, first: bool) -> list[tuple[str, str]]:
    """The custody events that fit where a weapon or lot is, for who may record them: (address, words)."""
    if not may(sight, "create", record) or record.get("withdrawn_at"):
        return []
    return [
        (
            url_for("custody.ask", noun=record.entity, record_id=record.id, event=event),
            word(_title(EVENTS[record.entity], event)),
        )
        for event in fitting(EVENTS[record.entity], record.get("state"), first=first)
    ]


def _title(noun: str, event: str) -> Said:
    listed = BY_NOUN[noun].describe()["event"]
    return Said(listed.codes.label(event) if isinstance(listed, Choice) else event)


def _questions(noun: str, event: str) -> asking.Questions:
    """What this event asks. Raises NotFound for one that is recorded in another way."""
    only = asked(EVENTS[noun], event)
    if not only:
        raise NotFound
    return asking.Questions(BY_NOUN[EVENTS[noun]], only)


def _item(conn: sa.Connection, noun: str, record_id: str) -> Record:
    item = records.get(conn, access.actor().sight, noun, record_id)
    if not may(access.actor().sight, "create", item):
        raise NotAllowed
    return item


def _form(
    item: Record,
    event: str,
    questions: asking.Questions,
    values: Mapping[str, Any],
    errors: Mapping[str, Sequence[Any]],
) -> str:
    sight = access.actor().sight
    with reading() as conn:
        drawn = questions.drawn(conn, sight, values, errors)
        hidden = acts.hidden(conn, again=errors)
        about = named(conn, sight, item.entity, [item.id]).get(item.id, "")
    return render_template(
        "custody/event.html",
        title=_title(questions.entity.noun, event),
        asked=drawn,
        others=[
            said for name, all_ in errors.items() if name not in questions.only for said in all_
        ],
        hidden=hidden,
        about=about,
        back_href=acts.address_of(item),
    )
