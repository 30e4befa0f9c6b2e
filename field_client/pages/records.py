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
from field_client.pages import passage, record_draft
from field_client.pages.desk import db, desk
from field_client.pages.record_form import Answered, answered, as_shown, asked, questions
from field_client.pages.register.draft import posted, stores
from field_client.pages.register.drawing import saved_words
from field_client.pages.register.pages import LATER, STAY, put_aside
from field_client.store import acts, drafts, facts, reading, rows, saving, states
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
DRAFT, CANCEL = "_draft", "cancel"
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
    def path(self) -> str:
        """Its address."""
        if self.beside == self.noun:
            return url_for("records.edit", noun=self.noun, record_id=self.row["id"])
        return url_for("records.add", case_id=self.row["id"], noun=self.noun)

    @property
    def back(self) -> str:
        """Where it leads back to."""
        if not self.person_id:
            return url_for("home.show")
        return url_for("people.show", person_id=self.person_id, _anchor=self.noun)


@bp.get("/cases/<case_id>/add/<noun>")
def add(case_id: str, noun: str) -> str:
    """An empty form; what is likely stands there already: today, the only store."""
    case, said = _case(case_id, noun), Answered()
    if noun in TODAY:
        said.values[TODAY[noun]] = moments.today().isoformat()
    if noun == "weapon" and len(stores()) == 1:
        said.values["store_id"] = stores()[0][0]
    return _resumed(Form(noun, "case", case, {"_id": moments.new_id()}), said)


@bp.post("/cases/<case_id>/add/<noun>")
def create(case_id: str, noun: str) -> Answer:
    """Save a new record; a form that is sent twice makes one."""
    form = Form(noun, "case", _case(case_id, noun), _sent("_id"))
    record_id = form.hidden["_id"]
    if not is_id(record_id):
        raise FormExpired
    aside = _aside(form)
    if aside or rows.fetch(db(), noun, record_id):
        return aside or redirect(form.back, HTTPStatus.SEE_OTHER)
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
    return _resumed(Form(noun, noun, row, hidden), Answered(shown))


@bp.post("/records/<noun>/<record_id>")
def change(noun: str, record_id: str) -> Answer:
    """Save what was changed of what the form showed."""
    form = Form(noun, noun, _row(noun, record_id), _sent("_shown", "_base"))
    shown, base = _seen(form)
    aside = _aside(form)
    if aside:
        return aside
    said = answered(noun, request.form)
    if said.errors:
        return _again(form, said)
    found = acts.change(db(), noun, record_id, as_shown(said.values, shown), shown, base)
    if found is None:
        _drop(form)
        desk().say("done", gettext("Nothing was changed."))
        return redirect(form.back, HTTPStatus.SEE_OTHER)
    return _save(form, said, found)


@bp.post("/cases/<case_id>/add/<noun>/draft")
def keep_new(case_id: str, noun: str) -> str:
    """Keep the draft when a field is left."""
    return _kept(Form(noun, "case", _case(case_id, noun), _sent("_id")))


@bp.post("/records/<noun>/<record_id>/draft")
def keep_edit(noun: str, record_id: str) -> str:
    """Keep the draft when a field is left."""
    return _kept(Form(noun, noun, _row(noun, record_id), _sent("_shown", "_base")))


def _sent(*names: str) -> dict[str, str]:
    """What the form carried beside what was typed."""
    return {name: request.form.get(name, "") for name in (*names, DRAFT)}


def _resumed(form: Form, said: Answered) -> str:
    """The form, with what was typed before when it was begun before."""
    found = record_draft.find(request.args.get("draft", ""), form.path)
    if found is None:
        form.hidden[DRAFT] = moments.new_id()
        return _page(form, said)
    form.hidden.update(found.hidden)
    return _page(form, Answered(said.values, {}, dict(found.typed)), at=found.at)


def _aside(form: Form) -> Answer | None:
    """What a button other than Save does: keep it for later, or cancel."""
    act = request.form.get("_act", "")
    if act == CANCEL:
        _drop(form)
        return redirect(form.back, HTTPStatus.SEE_OTHER)
    if act not in (LATER, STAY):
        return None
    _keep(form, later=act == LATER)
    if act == STAY:
        return redirect(f"{form.path}?draft={form.hidden[DRAFT]}", HTTPStatus.SEE_OTHER)
    return put_aside()


def _kept(form: Form) -> str:
    _keep(form, later=False)
    return render_template("saved.html", saved_words=saved_words(moments.now()))


def _keep(form: Form, *, later: bool) -> None:
    hidden = dict(form.hidden)
    draft_id, person = hidden[DRAFT], form.person_id
    record_draft.keep(
        record_draft.Begun(draft_id, form.path, form.noun, person, posted(), hidden, later)
    )


def _drop(form: Form) -> None:
    drafts.drop(db(), form.hidden[DRAFT])
    desk().ended.add(form.hidden[DRAFT])


def _save(form: Form, said: Answered, act: Change) -> Answer:
    back = form.back
    try:
        saved = saving.save(db(), [act], draft=form.hidden[DRAFT])
    except REFUSALS as problem:
        # The form is the place where this is answered: what was typed stands beside it.
        fields = problem.details.get("fields") or {}
        said.errors |= {n: tuple(Said(text) for text in found) for n, found in fields.items()}
        return _again(form, said, [] if fields else [Said(problem.said)])
    desk().ended.add(form.hidden[DRAFT])
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


def _page(form: Form, said: Answered, others: Sequence[Said] = (), at: str = "") -> str:
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
        draft_href=f"{form.path}/draft",
        saved_words=saved_words(at),
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
