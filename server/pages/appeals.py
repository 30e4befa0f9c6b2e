"""Appeals: the list with its clocks, filing one, and its steps. Who decided first does not decide it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema import codes_eligibility as codes
from schema.change import CREATE, Change
from schema.detail import details
from schema.entities import BY_NOUN
from schema.entity import Entity
from schema.fields import Choice, Day, Text
from schema.problems import Invalid, NotAllowed
from schema.rules.standing import APPEALED, REFUSED, UNTOLD
from schema.said import Said
from server import access, answers, moments
from server.config import settings
from server.db import reading
from server.pages import record_acts as acts
from server.pages.record_questions import Questions, refuse_unasked
from server.registry import records, screening
from server.registry.labels import named
from server.registry.lanes import may
from server.registry.screening import Screening

pages = Blueprint("appeals", __name__)

FILES = ("case", "child")
FILING = ("filed_on", "ground", "statement", "body", "receipt")
STATES = {
    "open": Said("Waiting for a decision"),
    "upheld": Said("Upheld: eligible"),
    "dismissed": Said("Dismissed"),
    "dropped": Said("Taken back"),
    "differs": Said("Two decisions differ"),
}
REFUSED_NOW = (UNTOLD, REFUSED, APPEALED)


class Step(Entity):
    """One step of an appeal."""

    noun = "appeal_event"

    act = Choice("What was done", codes.APPEAL_ACT, required=True)
    date = Day("Date", hint="Of a hearing: when it is", required=True)
    said = Text(
        "What the person is told",
        hint="In words that can be read out; a decision needs them",
        longest=1000,
        multiline=True,
    )
    how = Choice("How they were told", codes.TOLD_HOW)


STEP = Questions(Step, ("act", "date", "said", "how"))


@pages.get("/eligibility/appeals")
@access.rule(FILES, "read")
def index() -> str:
    """The appeals of this reader's caseloads, what is due first on top."""
    with reading() as conn:
        lines, more = screening.appeals(conn, access.actor().sight)
    today = moments.today(settings().timezone).isoformat()
    return render_template("appeals/index.html", lines=lines, more=more, states=STATES, today=today)


@pages.get("/eligibility/<uuid:case_id>/appeal")
@access.rule(FILES, "create")
def ask(case_id: Any) -> str:
    """Ask for what the person says, and until when it is in time."""
    found = _refused(str(case_id))
    by = found.criteria_set
    likely = {"filed_on": _today(), "body": by.get("appeal_body") if by else None}
    return _filing(found, likely, {})


@pages.post("/eligibility/<uuid:case_id>/appeal")
@access.rule(FILES, "create")
def file(case_id: Any) -> Response:
    """File it: late is marked, and heard all the same."""
    found, questions = _refused(str(case_id)), _questions()
    parsed = questions.read(request.form)
    answers.form_again(lambda errors: _filing(found, parsed.typed, errors))
    refuse_unasked(request.form, questions)
    if wrong := {**questions.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    decision = found.standing.decision
    said = {name: value for name, value in parsed.values.items() if value is not None}
    said |= {"case_id": found.case.id, "about_id": decision.id if decision else ""}
    acts.write(Change(CREATE, "appeal", acts.made_id(), said))
    flash(_("The appeal is filed."), "done")
    return redirect(url_for("appeals.one", appeal_id=acts.made_id()))


@pages.get("/eligibility/appeals/<uuid:appeal_id>")
@access.rule(FILES, "read")
def one(appeal_id: Any) -> str:
    """One appeal: what the person says, its clock, its steps, and what can be done."""
    return _drawn(str(appeal_id), {"date": _today()}, {})


@pages.post("/eligibility/appeals/<uuid:appeal_id>")
@access.rule(FILES, "create")
def step(appeal_id: Any) -> Response:
    """Record a hearing, a decision, or that it was read out."""
    parsed = STEP.read(request.form)
    with reading() as conn:
        found = records.get(conn, access.actor().sight, "appeal", str(appeal_id))
    if not may(access.actor().sight, "create", found):
        raise NotAllowed
    answers.form_again(lambda errors: _drawn(found.id, parsed.typed, errors))
    refuse_unasked(request.form, STEP)
    if wrong := {**STEP.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    said = {name: value for name, value in parsed.values.items() if value is not None}
    said |= {"case_id": found.get("case_id"), "appeal_id": found.id}
    acts.write(Change(CREATE, "appeal_event", acts.made_id(), said))
    flash(_("Recorded, in your name."), "done")
    return redirect(url_for("appeals.one", appeal_id=found.id))


def _refused(case_id: str) -> Screening:
    """A case whose last decision is a refusal. Raises NotFound, NotAllowed."""
    with reading() as conn:
        today = moments.today(settings().timezone)
        found = screening.screening(conn, access.actor().sight, case_id, today)
    mine = may(access.actor().sight, "create", found.case)
    if not mine or found.standing.state not in REFUSED_NOW:
        raise NotAllowed("There is no refusal to appeal against.")
    return found


def _questions() -> Questions:
    return Questions(BY_NOUN["appeal"], FILING)


def _today() -> str:
    return moments.today(settings().timezone).isoformat()


def _filing(found: Screening, values: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    sight = access.actor().sight
    with reading() as conn:
        asked = _questions().drawn(conn, sight, values, errors)
        hidden = acts.hidden(conn, again=errors)
        about = named(conn, sight, "case", [found.case.id]).get(found.case.id, "")
    return render_template(
        "appeals/file.html",
        found=found,
        asked=asked,
        about=about,
        others=[said for name, all_ in errors.items() if name not in FILING for said in all_],
        hidden=hidden,
        failed=bool(errors),
    )


def _drawn(appeal_id: str, values: Mapping[str, Any], errors: Mapping[str, Sequence[Any]]) -> str:
    sight = access.actor().sight
    with reading() as conn:
        found, waiting = screening.appeal(conn, sight, appeal_id)
        refusal = records.find(conn, sight, "eligibility_event", str(found.get("about_id")))
        steps = records.below(conn, sight, "appeal_event", "appeal_id", found.id)
        asked = STEP.drawn(conn, sight, values, errors)
        hidden = acts.hidden(conn, again=errors)
    return render_template(
        "appeals/one.html",
        codes=codes,
        found=found,
        waiting=waiting,
        state=STATES[waiting.state],
        lines=details(BY_NOUN["appeal"], found.values, {}, (*FILING, "recorded_by")),
        refusal=refusal,
        steps=steps,
        asked=asked,
        others=[said for name, all_ in errors.items() if name not in STEP.only for said in all_],
        hidden=hidden,
        may_step=may(sight, "create", found),
        today=_today(),
        failed=bool(errors),
    )
