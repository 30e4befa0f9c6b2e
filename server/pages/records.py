"""Forms for every noun that people write: a new record, its change, its withdrawal."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from schema.change import Change
from schema.deployment import gathered, spread
from schema.entities import BY_NOUN, ENTITIES, under
from schema.fields import Number
from schema.ids import new_number
from schema.problems import Invalid, NotAllowed, NotFound
from schema.record import Record
from server import access, answers, moments
from server.db import reading
from server.pages import record_acts as acts
from server.pages import record_questions as asking
from server.pages.clashes import drawn_again
from server.pages.sections import page_of
from server.registry import records, references
from server.registry.labels import named
from server.registry.lanes import MARKED, lanes, may

pages = Blueprint("records", __name__)

WRITTEN = [entity.noun for entity in ENTITIES if entity.written_by == "people"]
NOUN = f"<any({', '.join(WRITTEN)}):noun>"
# A person comes with a case, and a picture with its bytes: on pages of their own.
APART = ("person", "attachment")
ADDED = f"<any({', '.join(noun for noun in WRITTEN if noun not in APART)}):noun>"
ANY = MARKED
# What a record may be made under, by the name in the address: the field it fills and its noun.
PARENTS = {name: noun for noun in BY_NOUN for _, name in under(noun)} | {
    "person_id": "person",
    "store_id": "store",
}


@pages.get(f"/records/{ADDED}/new")
@access.rule(ANY, "create")
def new(noun: str) -> str:
    """Ask for a new record."""
    given = _given(noun)
    return _form(asking.new(noun, given), {}, {}, given=given)


@pages.post(f"/records/{ADDED}/new")
@access.rule(ANY, "create")
def add(noun: str) -> Response:
    """Record it."""
    given = _given(noun)
    questions = asking.new(noun, given)
    parsed = questions.read(request.form)
    answers.form_again(lambda errors: _form(questions, parsed.typed, errors, given=given))
    asking.refuse_unasked(request.form, questions)
    if wrong := {**questions.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    with reading() as conn:
        values = references.resolved(conn, access.actor().sight, BY_NOUN[noun], parsed.values)
    said = gathered({**values, **given}, {})
    kept = {**_numbers(noun), **{n: value for n, value in said.items() if value is not None}}
    outcome = acts.write(Change("create", noun, acts.made_id(), kept))
    return acts.done(outcome, noun, acts.made_id(), _back(given))


def _numbers(noun: str) -> dict[str, str]:
    """The printed numbers that a new record has: made here, never typed."""
    fields = BY_NOUN[noun].describe().items()
    return {name: new_number() for name, field in fields if isinstance(field, Number)}


@pages.get(f"/records/{NOUN}/<uuid:record_id>/edit")
@access.rule(ANY, "change")
def edit(noun: str, record_id: Any) -> str:
    """Ask what is to be different."""
    with reading() as conn:
        record = _rewritable(conn, noun, str(record_id))
    return _form(asking.known(noun), record.values, {}, record=record)


@pages.post(f"/records/{NOUN}/<uuid:record_id>/edit")
@access.rule(ANY, "change")
def change(noun: str, record_id: Any) -> Response:
    """Change it: only what the author changed of what they were shown."""
    questions = asking.known(noun)
    parsed = questions.read(request.form)
    with reading() as conn:
        record = _rewritable(conn, noun, str(record_id))
        shown = records.values_at(conn, record, acts.base_of(conn))
    answers.form_again(
        lambda errors: _form(
            questions, *drawn_again(record, shown, parsed, errors), record=record, refused=errors
        )
    )
    asking.refuse_unasked(request.form, questions)
    if wrong := {**_emptied(questions, shown, parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    with reading() as conn:
        values = references.resolved(conn, access.actor().sight, BY_NOUN[noun], parsed.values)
    written = acts.changed(record, shown, gathered(values, shown))
    outcome = acts.write(written) if written else None
    return acts.done(outcome, noun, record.id, url_for("frame.home"))


@pages.get(f"/records/{NOUN}/<uuid:record_id>/withdraw")
@access.rule(ANY, "change")
def ask_withdraw(noun: str, record_id: Any) -> str:
    """Say what withdrawing does, and ask why; or offer to take it back."""
    with reading() as conn:
        record = _mine(conn, noun, str(record_id))
    return _act(record, "", {})


@pages.post(f"/records/{NOUN}/<uuid:record_id>/withdraw")
@access.rule(ANY, "change")
def withdraw(noun: str, record_id: Any) -> Response:
    """Withdraw it with a reason, or take the withdrawal back: nothing is deleted."""
    reason = request.form.get("reason", "").strip()
    with reading() as conn:
        record = _mine(conn, noun, str(record_id))
        shown = records.values_at(conn, record, acts.base_of(conn))
    answers.form_again(lambda errors: _act(record, reason, errors))
    asking.refuse_unasked(request.form, asking.REASON)
    if not reason:
        raise Invalid(fields={"reason": [asking.WHY]})
    at = None if shown.get("withdrawn_at") else moments.moment()
    written = acts.changed(record, shown, {"withdrawn_at": at, "withdrawn_reason": reason})
    outcome = acts.write(written) if written else None
    return acts.done(outcome, noun, record.id, url_for("frame.home"))


def _given(noun: str) -> dict[str, str]:
    """What the address says of where the new record hangs. Raises NotFound."""
    sight, refs = access.actor().sight, BY_NOUN[noun].refs()
    if not lanes(sight, noun, "create"):
        raise NotFound
    given = {n: request.args[n] for n in PARENTS if n in refs and request.args.get(n)}
    with reading() as conn:
        for name, parent_id in given.items():
            records.get(conn, sight, PARENTS[name], parent_id)
    return given


def _mine(conn: sa.Connection, noun: str, record_id: str) -> Record:
    """The record, if this reader may change it. Raises NotFound, NotAllowed."""
    record = records.get(conn, access.actor().sight, noun, record_id)
    if not may(access.actor().sight, "change", record):
        raise NotAllowed
    return record


def _rewritable(conn: sa.Connection, noun: str, record_id: str) -> Record:
    """The record, if it may come to say something else. Raises NotFound, NotAllowed."""
    record = _mine(conn, noun, record_id)
    if BY_NOUN[noun].appended:
        raise NotFound
    return record


def _emptied(
    questions: asking.Questions, shown: Mapping[str, Any], values: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What must be filled in and no longer is. What came without is not asked for now."""
    before = spread(shown)
    wrong = questions.required({**before, **values})
    return {name: said for name, said in wrong.items() if before.get(name) is not None}


def _back(given: Mapping[str, str]) -> str:
    """Where a form was reached from."""
    for name, record_id in given.items():
        return page_of(PARENTS[name], record_id)
    return url_for("frame.home")


def _form(
    questions: asking.Questions,
    values: Mapping[str, Any],
    errors: Mapping[str, Sequence[Any]],
    record: Record | None = None,
    given: Mapping[str, str] | None = None,
    refused: Mapping[str, Any] | None = None,
) -> str:
    sight = access.actor().sight
    with reading() as conn:
        asked = questions.drawn(conn, sight, values, errors)
        hidden = acts.hidden(conn, again=refused or errors)
        about = _about(conn, record, given or {})
    others = [said for name, all_ in errors.items() if name not in questions.only for said in all_]
    return render_template(
        "records/form.html",
        entity=questions.entity,
        asked=asked,
        others=others,
        hidden=hidden,
        about=about,
        record=record,
        page_href=page_of(record.entity, record.id) if record else "",
        back_href=acts.address_of(record) if record else _back(given or {}),
        failed=bool(errors),
    )


def _act(record: Record, reason: str, errors: Mapping[str, Sequence[Any]]) -> str:
    with reading() as conn:
        about, hidden = _about(conn, record, {}), acts.hidden(conn, again=errors)
    return render_template(
        "records/withdraw.html",
        record=record,
        entity=BY_NOUN[record.entity],
        about=about,
        asked=asking.why(reason, errors),
        others=[said for name, all_ in errors.items() if name != "reason" for said in all_],
        hidden=hidden,
        back_href=acts.address_of(record),
        failed=bool(errors),
    )


def _about(conn: sa.Connection, record: Record | None, given: Mapping[str, str]) -> str:
    """Whose record this is, in words."""
    sight = access.actor().sight
    values = {**(record.values if record else {}), **given}
    if record and record.entity in ("case", "person", "weapon"):
        return named(conn, sight, record.entity, [record.id]).get(record.id, "")
    for name, noun in PARENTS.items():
        if values.get(name):
            return named(conn, sight, noun, [values[name]]).get(values[name], "")
    return ""
