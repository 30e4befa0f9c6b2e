"""Screening and decisions: what waits, one case with what each criterion says, and the acts about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema import codes_eligibility as codes
from schema.change import CREATE, Change
from schema.form import Input, Option
from schema.posted import Parsed
from schema.problems import Invalid, NotAllowed
from schema.read_out import STANDING, refusal
from schema.rules.rule import BROKEN
from schema.rules.standing import APPEALED, ELIGIBLE, REFUSED, UNTOLD
from schema.said import Said
from server import access, answers, moments
from server.config import settings
from server.db import reading
from server.pages import record_acts as acts
from server.pages.eligibility_forms import FORMS
from server.pages.record_questions import refuse_unasked
from server.registry import screening
from server.registry.labels import named
from server.registry.lanes import may
from server.registry.screening import Screening

pages = Blueprint("eligibility", __name__)

FILES = ("case", "child")
# A step of screening that is decided on goes with the gate that it passes.
_GATES = {"eligible": "eligible", "ineligible": "ineligible"}
_NO_WAY = Said("")


@pages.get("/eligibility")
@access.rule(FILES, "read")
def index() -> str:
    """What waits for a decision, and what for being read out."""
    with reading() as conn:
        found = screening.queue(conn, access.actor().sight)
    return render_template("eligibility/index.html", found=found, most=screening.MOST, codes=codes)


@pages.get("/eligibility/<uuid:case_id>")
@access.rule(FILES, "read")
def one(case_id: Any) -> str:
    """Where somebody stands, what each criterion says, and what can be done now."""
    return _drawn(str(case_id))


@pages.post("/eligibility/<uuid:case_id>/propose")
@access.rule(FILES, "create")
def propose(case_id: Any) -> Response:
    """Record what the screening came to; somebody else decides."""

    def said(found: Screening, values: Mapping[str, Any]) -> list[Change]:
        by = str(values["by"])
        assessed = next((a for one, a in found.sets if one.id == by), None)
        more = {"criteria_set_id": by, "path": assessed.way_in or None if assessed else None}
        return [_step(found, {"act": values["act"], **more})]

    return _act(str(case_id), "propose", said)


@pages.post("/eligibility/<uuid:case_id>/decide")
@access.rule(FILES, "approve")
def decide(case_id: Any) -> Response:
    """Decide on what was proposed, in one's own name."""

    def said(found: Screening, values: dict[str, Any]) -> list[Change]:
        act, proposal = str(values["act"]), found.standing.proposal
        by, _slash, path = str(values.pop("way", None) or "").partition("/")
        if act == "eligible":
            values = {"act": act, "path": path or None}
        else:
            by = str(proposal.get("criteria_set_id") or "") if proposal else ""
        about = {"about_id": proposal.id if proposal else None, "criteria_set_id": by or None}
        return [_step(found, {**values, **about}), *_gate(found, act)]

    return _act(str(case_id), "decide", said)


@pages.post("/eligibility/<uuid:case_id>/revoke")
@access.rule(FILES, "approve")
def revoke(case_id: Any) -> Response:
    """End somebody's eligibility, on an authority's word and with a ground."""

    def said(found: Screening, values: Mapping[str, Any]) -> list[Change]:
        decision = found.standing.decision
        about = {name: decision.get(name) for name in ("criteria_set_id",)} if decision else {}
        about_id = decision.id if decision else None
        return [_step(found, {"act": "revoked", "about_id": about_id, **about, **values})]

    return _act(str(case_id), "revoke", said)


@pages.post("/eligibility/<uuid:case_id>/told")
@access.rule(FILES, "create")
def told(case_id: Any) -> Response:
    """Record that a refusal was read out: from now on it is in force, and can be appealed against."""

    def said(found: Screening, values: Mapping[str, Any]) -> list[Change]:
        decision = found.standing.decision
        about_id = decision.id if decision else None
        return [_step(found, {"act": "told", "about_id": about_id, **values})]

    return _act(str(case_id), "told", said)


Written = Callable[[Screening, dict[str, Any]], list[Change]]


def _act(case_id: str, form: str, written: Written) -> Response:
    """Read one of the page's forms and write what it says."""
    found, questions = _found(case_id), FORMS[form].under(f"{form}-")
    verb = "approve" if form in ("decide", "revoke") else "create"
    if not may(access.actor().sight, verb, found.case):
        raise NotAllowed
    parsed = questions.read(request.form)
    answers.form_again(lambda errors: _drawn(case_id, form, parsed, errors))
    refuse_unasked(request.form, questions)
    if wrong := {**questions.required(parsed.values), **parsed.errors}:
        raise Invalid(fields=wrong)
    acts.write(*written(found, dict(parsed.values)))
    flash(_("Recorded, in your name."), "done")
    return redirect(url_for("eligibility.one", case_id=case_id))


def _found(case_id: str) -> Screening:
    with reading() as conn:
        today = moments.today(settings().timezone)
        return screening.screening(conn, access.actor().sight, case_id, today)


def _step(found: Screening, values: Mapping[str, Any]) -> Change:
    today = moments.today(settings().timezone).isoformat()
    said = {name: value for name, value in values.items() if value is not None}
    said |= {"case_id": found.case.id, "date": today}
    return Change(CREATE, "eligibility_event", acts.made_id(), said)


def _gate(found: Screening, act: str) -> list[Change]:
    """Who was decided on has passed the gate of screening: persons are counted by gates."""
    if act not in _GATES:
        return []
    today = moments.today(settings().timezone).isoformat()
    said = {"case_id": found.case.id, "gate": "screened", "date": today, "reason": _GATES[act]}
    return [Change(CREATE, "gate_event", acts.made_id(1), said)]


def _open_forms(found: Screening) -> list[str]:
    """What this reader may do now, the most pressing first."""
    sight, state = access.actor().sight, found.standing.state
    approves, creates = (may(sight, verb, found.case) for verb in ("approve", "create"))
    wanted = {
        "told": creates and state == UNTOLD,
        "decide": approves and found.standing.proposal is not None,
        "propose": creates and bool(found.sets) and state != "child",
        "revoke": approves and state == ELIGIBLE,
    }
    return [name for name, is_open in wanted.items() if is_open]


def _drawn(
    case_id: str,
    form: str = "",
    parsed: Parsed | None = None,
    errors: Mapping[str, Sequence[Any]] | None = None,
) -> str:
    found, wrong = _found(case_id), errors or {}
    with reading() as conn:
        sight = access.actor().sight
        about = named(conn, sight, "case", [case_id]).get(case_id, "")
        hidden = acts.hidden(conn, again=wrong)
        asked = {
            name: _asked(conn, found, name, parsed if name == form else None, wrong)
            for name in _open_forms(found)
        }
    return render_template(
        "eligibility/one.html",
        codes=codes,
        found=found,
        about=about,
        state=STANDING[found.standing.state],
        forms=asked,
        sent=asked.get(form, []),
        others=[s for n, all_ in wrong.items() if n not in _names(form) for s in all_],
        hidden=hidden,
        may_check=may(sight, "create", found.case),
        may_appeal=may(sight, "create", found.case)
        and found.standing.state in (UNTOLD, REFUSED, APPEALED),
        failed=bool(wrong),
    )


def _names(form: str) -> tuple[str, ...]:
    return FORMS[form].only if form else ()


def _asked(
    conn: Any, found: Screening, form: str, parsed: Parsed | None, errors: Mapping[str, Any]
) -> list[Input]:
    values = dict(parsed.typed) if parsed else _likely(found, form)
    questions = FORMS[form].under(f"{form}-")
    drawn = questions.drawn(conn, access.actor().sight, values, errors if parsed else {})
    offered = {"propose-by": _sets(found), "decide-way": _ways(found)}
    return [_chosen(one, offered.get(one.name)) for one in drawn]


def _likely(found: Screening, form: str) -> dict[str, Any]:
    """What stands in a form that is opened: the words that a refusal would be read out in."""
    if form == "propose":
        return {"by": found.sets[0][0].id if len(found.sets) == 1 else None}
    if form != "decide":
        return {}
    for one, assessed in found.sets:
        if assessed.verdict == BROKEN:
            lines = refusal(one, assessed)
            return {"said": "\n".join(n.into(_) if isinstance(n, Said) else n for n in lines)}
    return {}


def _sets(found: Screening) -> list[tuple[str, str]]:
    return [(one.id, str(one.get("name"))) for one, _assessed in found.sets]


def _ways(found: Screening) -> list[tuple[str, str]]:
    return [
        (f"{one.id}/{way.path}", f"{one.get('name')}: {way.path}")
        for one, assessed in found.sets
        for way in assessed.ways
        if way.verdict != BROKEN
    ]


def _chosen(asked: Input, offered: list[tuple[str, str]] | None) -> Input:
    """A question with these answers to choose from."""
    if offered is None:
        return asked
    pairs: list[tuple[str, Said | str]] = [("", _NO_WAY), *offered]
    options = tuple(Option(value, words, value == asked.value) for value, words in pairs)
    return replace(asked, kind="select", options=options)
