"""One short form for each kind of record, drawn from its declaration: visit, service, weapon, the rest."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages import record_draft
from field_client.pages.desk import db, desk
from field_client.pages.record_form import Answered, answered, as_shown, questions, seen
from field_client.pages.record_place import TITLES, Form, alone, beside_of, row_of
from field_client.pages.register.draft import caseloads, posted, stores
from field_client.pages.register.drawing import saved_words
from field_client.pages.register.pages import LATER, STAY, put_aside
from field_client.store import acts, drafts, facts, rows, saving, states
from field_client.store.rows import Row
from field_client.store.saving import Saved
from schema.change import Change
from schema.deployment import PREFIX, gathered, spread
from schema.entities import BY_NOUN
from schema.ids import is_id
from schema.problems import FormExpired, Invalid, Refused, UnknownReference
from schema.said import Said

Answer = Response | str | tuple[str, int]
DRAFT, CANCEL = "_draft", "cancel"
REFUSALS = (Invalid, Refused, UnknownReference)

bp = Blueprint("records", __name__)


@bp.get("/records/<beside>/<beside_id>/add/<noun>")
def add(beside: str, beside_id: str, noun: str) -> str:
    """An empty form for what hangs on a record; what is likely stands there already."""
    row = beside_of(beside, beside_id, noun)
    return _resumed(Form(noun, beside, row, {"_id": moments.new_id()}), _likely(noun))


@bp.get("/records/<noun>/add")
def add_alone(noun: str) -> str:
    """An empty form for what hangs on a store or a caseload; what is likely stands there already."""
    return _resumed(Form(alone(noun), noun, {}, {"_id": moments.new_id()}), _likely(noun))


@bp.post("/records/<beside>/<beside_id>/add/<noun>")
def create(beside: str, beside_id: str, noun: str) -> Answer:
    """Save a new record that hangs on another."""
    return _created(Form(noun, beside, beside_of(beside, beside_id, noun), _sent("_id")))


@bp.post("/records/<noun>/add")
def create_alone(noun: str) -> Answer:
    """Save a new record that hangs on a store or a caseload."""
    return _created(Form(alone(noun), noun, {}, _sent("_id")))


def _likely(noun: str) -> Answered:
    """What is likely: today, the only store, the only caseload."""
    said, entity = Answered(), BY_NOUN[noun]
    if entity.today:
        said.values[entity.today] = moments.today().isoformat()
    if entity.hangs_on == "store_id" and len(stores()) == 1:
        said.values["store_id"] = stores()[0][0]
    if entity.hangs_on == "caseload_id" and len(caseloads()) == 1:
        said.values["caseload_id"] = caseloads()[0][0]
    return said


def _created(form: Form) -> Answer:
    """Save a new record; a form that is sent twice makes one."""
    noun, record_id = form.noun, form.hidden["_id"]
    if not is_id(record_id):
        raise FormExpired
    aside = _aside(form)
    if aside or rows.fetch(db(), noun, record_id):
        return aside or redirect(form.back, HTTPStatus.SEE_OTHER)
    said = answered(noun, request.form)
    if said.errors:
        return _again(form, said)
    values = gathered({**said.values, **form.parent}, {})
    return _save(form, said, acts.create(noun, values, record_id))


@bp.get("/records/<noun>/<record_id>")
def edit(noun: str, record_id: str) -> str:
    """A record in its form, with where it is."""
    row = row_of(noun, record_id)
    shown = _shown(noun, row)
    hidden = {"_shown": json.dumps(shown), "_base": str(facts.base(db()))}
    return _resumed(Form(noun, noun, row, hidden), Answered(shown))


@bp.post("/records/<noun>/<record_id>")
def change(noun: str, record_id: str) -> Answer:
    """Save what was changed of what the form showed."""
    form = Form(noun, noun, row_of(noun, record_id), _sent("_shown", "_base"))
    shown, base = _seen(form)
    aside = _aside(form)
    if aside:
        return aside
    said = answered(noun, request.form)
    if said.errors:
        return _again(form, said)
    before = {n: value for n, value in shown.items() if not n.startswith(PREFIX)}
    values = gathered(as_shown(said.values, spread(shown)), shown)
    found = acts.change(db(), noun, record_id, values, before, base)
    if found is None:
        _drop(form)
        desk().say("done", gettext("Nothing was changed."))
        return redirect(form.back, HTTPStatus.SEE_OTHER)
    return _save(form, said, found)


@bp.post("/records/<beside>/<beside_id>/add/<noun>/draft")
def keep_new(beside: str, beside_id: str, noun: str) -> str:
    """Keep the draft when a field is left."""
    return _kept(Form(noun, beside, beside_of(beside, beside_id, noun), _sent("_id")))


@bp.post("/records/<noun>/add/draft")
def keep_alone(noun: str) -> str:
    """Keep the draft when a field is left."""
    return _kept(Form(alone(noun), noun, {}, _sent("_id")))


@bp.post("/records/<noun>/<record_id>/draft")
def keep_edit(noun: str, record_id: str) -> str:
    """Keep the draft when a field is left."""
    return _kept(Form(noun, noun, row_of(noun, record_id), _sent("_shown", "_base")))


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
    _tell(form.noun, saved)
    return redirect(url_for("home.show") if saved.sealed else back, HTTPStatus.SEE_OTHER)


def _tell(noun: str, saved: Saved) -> None:
    if saved.sealed and BY_NOUN[noun].compartment == "complaints":
        words = gettext("Sealed for the complaints unit, and gone from this laptop.")
    elif saved.sealed:
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
    values, new = {**said.values, **said.typed}, form.new
    return render_template(
        "record.html",
        asked=questions(form.noun, values, said.errors),
        others=others,
        failed=bool(said.errors or others),
        read_out=BY_NOUN[form.noun].read_out,
        title=TITLES.get(form.noun) or gettext(BY_NOUN[form.noun].label),
        back_words=gettext("The person") if form.person_id else gettext("Back"),
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


def _seen(form: Form) -> tuple[dict[str, Any], int]:
    """What the form showed, and at which number. Raises FormExpired."""
    try:
        shown, base = json.loads(form.hidden["_shown"]), int(form.hidden["_base"])
    except ValueError:
        raise FormExpired from None
    if not isinstance(shown, dict) or set(shown) != set(seen(form.noun)):
        raise FormExpired
    return shown, base


def _shown(noun: str, row: Row) -> dict[str, Any]:
    """What a form shows of a record."""
    values = spread(row)
    return {name: values.get(name) for name in seen(noun)}
