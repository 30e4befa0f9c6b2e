"""One short form for each kind of record, drawn from its declaration: visit, service, weapon, the rest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages import passage
from field_client.pages.desk import db, desk
from field_client.pages.record_form import Answered, answered, as_shown, asked, questions
from field_client.store import acts, facts, reading, rows, saving, states
from field_client.store.rows import Row
from field_client.store.saving import Saved
from schema.change import Change
from schema.ids import is_id
from schema.problems import FormExpired, Invalid, NotFound, Refused, UnknownReference
from schema.said import Said

Answer = Response | str | tuple[str, int]
UNDER_A_CASE = ("weapon", "service", "follow_up", "household_member", "gate_event")
FORMS = ("person", "case", *UNDER_A_CASE)
TITLES = {
    "person": lazy_gettext("Who they are"),
    "case": lazy_gettext("The case"),
    "weapon": lazy_gettext("A weapon"),
    "service": lazy_gettext("A service"),
    "follow_up": lazy_gettext("A visit"),
    "household_member": lazy_gettext("A household member"),
    "gate_event": lazy_gettext("A gate passed"),
}
TODAY = {"weapon": "handed_in_on", "service": "start_date", "gate_event": "date"}
REFUSALS = (Invalid, Refused, UnknownReference)

bp = Blueprint("records", __name__)


@dataclass(frozen=True)
class Form:
    """One form being shown or sent. beside: the record it hangs on, or itself; hidden: what it carries."""

    noun: str
    beside: str
    row: Row
    hidden: dict[str, str]

    @property
    def person_id(self) -> str:
        """The person whose page it belongs to."""
        return passage.person_of(db(), self.beside, self.row)

    @property
    def back(self) -> str:
        """Where it leads back to."""
        if not self.person_id:
            return url_for("home.show")
        return url_for("people.show", person_id=self.person_id, _anchor=self.noun)


@bp.get("/cases/<case_id>/add/<noun>")
def add(case_id: str, noun: str) -> str:
    """An empty form; where today is the likely day, it stands there already."""
    form = Form(noun, "case", _case(case_id, noun), {"_id": moments.new_id()})
    today = moments.today().isoformat()
    return _page(form, Answered({TODAY[noun]: today} if noun in TODAY else {}))


@bp.post("/cases/<case_id>/add/<noun>")
def create(case_id: str, noun: str) -> Answer:
    """Save a new record; a form that is sent twice makes one."""
    record_id = request.form.get("_id", "")
    form = Form(noun, "case", _case(case_id, noun), {"_id": record_id})
    if not is_id(record_id):
        raise FormExpired
    if rows.fetch(db(), noun, record_id):
        return redirect(form.back, HTTPStatus.SEE_OTHER)
    said = answered(noun, request.form)
    if said.errors:
        return _again(form, said)
    return _save(form, said, acts.create(noun, {**said.values, "case_id": case_id}, record_id))


@bp.get("/records/<noun>/<record_id>")
def edit(noun: str, record_id: str) -> str:
    """A record in its form, with where it is."""
    row = _row(noun, record_id)
    shown = {name: row[name] for name in asked(noun)}
    hidden = {"_shown": json.dumps(shown), "_base": str(facts.base(db()))}
    return _page(Form(noun, noun, row, hidden), Answered(shown))


@bp.post("/records/<noun>/<record_id>")
def change(noun: str, record_id: str) -> Answer:
    """Save what was changed of what the form showed."""
    row, said = _row(noun, record_id), answered(noun, request.form)
    form = Form(noun, noun, row, {name: request.form.get(name, "") for name in ("_shown", "_base")})
    shown, base = _seen(form)
    if said.errors:
        return _again(form, said)
    found = acts.change(db(), noun, record_id, as_shown(said.values, shown), shown, base)
    if found is None:
        desk().say("done", gettext("Nothing was changed."))
        return redirect(form.back, HTTPStatus.SEE_OTHER)
    return _save(form, said, found)


def _save(form: Form, said: Answered, act: Change) -> Answer:
    back = form.back
    try:
        saved = saving.save(db(), [act])
    except REFUSALS as problem:
        # The form is the place where this is answered: what was typed stands beside it.
        fields = problem.details.get("fields") or {}
        said.errors |= {n: tuple(Said(text) for text in found) for n, found in fields.items()}
        return _again(form, said, [] if fields else [Said(problem.said)])
    _tell(saved)
    return redirect(url_for("home.show") if saved.sealed else back, HTTPStatus.SEE_OTHER)


def _tell(saved: Saved) -> None:
    if saved.sealed:
        words = gettext(
            "Sealed for the child-protection officer, and gone from this laptop's lists."
        )
    else:
        words = gettext("Saved on this laptop. It is only here until you sync.")
    desk().say("done", words)
    for found in saved.notes:
        said = gettext("Saved all the same, and marked to be looked at: %(rule)s")
        desk().say("warning", said % {"rule": gettext(found.rule.sentence)})


def _page(form: Form, said: Answered, others: Sequence[Said] = ()) -> str:
    values = {**said.values, **said.typed}
    new = "_id" in form.hidden
    return render_template(
        "record.html",
        asked=questions(form.noun, values, said.errors),
        others=others,
        failed=bool(said.errors or others),
        title=TITLES[form.noun],
        hidden_values=form.hidden,
        back_href=form.back,
        where=None if new else states.state_of(db(), form.row["id"]),
        dispute=None if new else _dispute(form.row["id"]),
    )


def _again(form: Form, said: Answered, others: Sequence[Said] = ()) -> tuple[str, int]:
    return _page(form, said, others), HTTPStatus.UNPROCESSABLE_ENTITY


def _dispute(record_id: str) -> Row | None:
    where = "record_id = ? AND state = 'open' ORDER BY id LIMIT 1"
    return next(iter(rows.fetch_where(db(), "dispute", where, (record_id,))), None)


def _case(case_id: str, noun: str) -> Row:
    if noun not in UNDER_A_CASE:
        raise NotFound
    return reading.get(db(), "case", case_id)


def _row(noun: str, record_id: str) -> Row:
    if noun not in FORMS:
        raise NotFound
    return reading.get(db(), noun, record_id)


def _seen(form: Form) -> tuple[dict[str, Any], int]:
    """What the form showed, and at which number. Raises FormExpired."""
    try:
        shown, base = json.loads(form.hidden["_shown"]), int(form.hidden["_base"])
    except ValueError:
        raise FormExpired from None
    if not isinstance(shown, dict) or set(shown) != set(asked(form.noun)):
        raise FormExpired
    return shown, base
