"""Screening of one's own cases without a network: what each criterion says, and what is read out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages import passage
from field_client.pages.desk import db, desk
from field_client.store import acts, facts, overlay, reading, rows, saving
from field_client.store.rows import Row
from schema import codes_eligibility as codes
from schema.change import Change
from schema.entities import BY_NOUN
from schema.entity import Entity
from schema.fields import Choice, Text
from schema.form import Input, inputs, missing, parse, prefixed, unprefixed
from schema.ids import is_id
from schema.problems import FormExpired, Invalid, NotFound, Refused, UnknownReference
from schema.read_out import STANDING, screened
from schema.record import Record, Working
from schema.rules.criteria import ADOPTED, in_force
from schema.rules.eligibility import Assessment, Finding, assess
from schema.rules.rule import CANNOT_TELL
from schema.rules.standing import APPEALED, REFUSED, UNTOLD, Standing, appeal_until, standing
from schema.said import Said

Answer = Response | str | tuple[str, int]
REFUSALS = (Invalid, Refused, UnknownReference)
APPEAL = ("filed_on", "ground", "statement", "receipt")
_FOUND_FORM = ("result", "evidence", "evidence_note")

bp = Blueprint("screening", __name__, url_prefix="/screening")


class Found(Entity):
    """What was found of one criterion."""

    noun = "criterion_check"

    result = Choice("What was found", codes.FOUND)
    evidence = Choice("Evidence", codes.EVIDENCE)
    evidence_note = Text("What was seen or heard", longest=500, multiline=True)


class Proposal(Entity):
    """What the screening comes to."""

    noun = "eligibility_event"

    act = Choice("What the screening comes to", codes.PROPOSED, required=True)


class Telling(Entity):
    """How a refusal was read out."""

    noun = "eligibility_event"

    how = Choice("How they were told", codes.TOLD_HOW, required=True)


@dataclass
class Typed:
    """What was typed on the page, and what is wrong with it."""

    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, dict[str, tuple[Said | str, ...]]] = field(default_factory=dict)
    others: tuple[Said | str, ...] = ()


@dataclass(frozen=True)
class Screened:
    """One case under one set of criteria, as far as it can be told on this laptop."""

    case: Row
    stands: Standing
    sets: tuple[Record, ...]
    by: Record | None
    assessed: Assessment
    decided_by: Record | None


@bp.get("/<case_id>")
def show(case_id: str) -> str:
    """Each criterion with its verdict, what to read out, and what can be recorded now."""
    return _page(_screened(case_id), Typed())


@bp.post("/<case_id>")
def propose(case_id: str) -> Answer:
    """Record what was found, and what the screening comes to. Somebody else decides."""
    found, form_id = _screened(case_id), _form_id()
    if rows.fetch(db(), "eligibility_event", form_id) or found.by is None:
        return _back(case_id)
    said, values = Typed(dict(request.form)), {}
    for number, finding in enumerate(_to_find(found)):
        values[finding.criterion.id] = _read(Found, f"c{number}-", said)
    act = _read(Proposal, "", said)
    if any(said.errors.values()):
        return _again(found, said)
    checks = [_check(found, i, one) for i, one in values.items() if one.get("result")]
    more = {"criteria_set_id": found.by.id, "path": found.assessed.way_in or None}
    return _save(found, said, [*checks, _step(found, {**act, **more}, form_id)])


@bp.post("/<case_id>/told")
def told(case_id: str) -> Answer:
    """Record that a refusal was read out: from now on it is in force, and the days to appeal run."""
    found, form_id, said = _screened(case_id), _form_id(), Typed(dict(request.form))
    decision = found.stands.decision
    if rows.fetch(db(), "eligibility_event", form_id) or decision is None:
        return _back(case_id)
    values = _read(Telling, "", said)
    if any(said.errors.values()):
        return _again(found, said)
    about = {"act": "told", "about_id": decision.id}
    return _save(found, said, [_step(found, {**values, **about}, form_id)])


@bp.post("/<case_id>/appeal")
def appeal(case_id: str) -> Answer:
    """File an appeal against the refusal."""
    found, form_id, said = _screened(case_id), _form_id(), Typed(dict(request.form))
    decision = found.stands.decision
    if rows.fetch(db(), "appeal", form_id) or decision is None:
        return _back(case_id)
    values = _read(BY_NOUN["appeal"], "a-", said, APPEAL)
    if any(said.errors.values()):
        return _again(found, said)
    body = found.decided_by.get("appeal_body") if found.decided_by else None
    given = {name: value for name, value in {**values, "body": body}.items() if value is not None}
    about = {"case_id": case_id, "about_id": decision.id}
    return _save(found, said, [acts.create("appeal", {**given, **about}, form_id)])


def _form_id() -> str:
    form_id = request.form.get("_id", "")
    if not is_id(form_id):
        raise FormExpired
    return form_id


def _screened(case_id: str) -> Screened:
    """What can be told here of a case. Raises NotFound."""
    case = reading.get(db(), "case", case_id)
    work = _working()
    record = work.find("case", case_id)
    if record is None:
        raise NotFound
    day = moments.today()
    adopted = (
        work.find("criteria_set", one) for one in work.alike("criteria_set", "state", ADOPTED)
    )
    sets = tuple(one for one in adopted if one and in_force(one, day.isoformat()))
    chosen = request.values.get("by", "")
    by = next((one for one in sets if one.id == chosen), sets[0] if sets else None)
    stands = standing(record, work)
    decided = stands.decision.get("criteria_set_id") if stands.decision else ""
    assessed = assess(record, by, work, day) if by else Assessment()
    return Screened(case, stands, sets, by, assessed, work.find("criteria_set", str(decided)))


def _working() -> Working:
    return overlay.working(db(), facts.device(db()), facts.Rights(db()))


def _to_find(found: Screened) -> list[Finding]:
    """The criteria of which somebody has to find out: those of which nothing can be told from records."""
    return [
        finding
        for way in found.assessed.ways
        for finding in way.findings
        if finding.verdict == CANNOT_TELL or finding.check is not None
    ]


def _read(
    entity: type[Entity], prefix: str, said: Typed, only: Sequence[str] | None = None
) -> dict[str, Any]:
    names = only or tuple(n for n in entity.describe() if n not in Entity.describe())
    parsed = parse(entity, unprefixed(request.form, prefix) if prefix else request.form, names)
    said.errors[prefix] = {**missing(entity, parsed.values, names), **parsed.errors}
    return {name: value for name, value in parsed.values.items() if value is not None}


def _check(found: Screened, criterion_id: str, values: Mapping[str, Any]) -> Change:
    about = {"case_id": found.case["id"], "criterion_id": criterion_id}
    day = moments.today().isoformat()
    return acts.create("criterion_check", {**about, "date": day, **values}, moments.new_id())


def _step(found: Screened, values: Mapping[str, Any], record_id: str) -> Change:
    given = {name: value for name, value in values.items() if value is not None}
    about = {"case_id": found.case["id"], "date": moments.today().isoformat()}
    return acts.create("eligibility_event", {**about, **given}, record_id)


def _save(found: Screened, said: Typed, changes: list[Change]) -> Answer:
    try:
        saved = saving.save(db(), changes)
    except REFUSALS as problem:
        said.others = (Said(problem.said),)
        return _again(found, said)
    desk().say("done", gettext("Saved on this laptop. It is only here until you sync."))
    for one in saved.notes:
        words = gettext("Saved all the same, and marked to be looked at: %(rule)s")
        desk().say("warning", words % {"rule": gettext(one.rule.sentence)})
    return _back(found.case["id"])


def _back(case_id: str) -> Response:
    return redirect(url_for("screening.show", case_id=case_id), HTTPStatus.SEE_OTHER)


def _again(found: Screened, said: Typed) -> tuple[str, int]:
    return _page(found, said), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(found: Screened, said: Typed) -> str:
    rights = facts.Rights(db()).scopes("create", "case")
    can = bool(rights) and not found.assessed.child
    state = found.stands.state
    appealing = can and state in (UNTOLD, REFUSED, APPEALED)
    asked = [
        (finding, _drawn(Found, f"c{number}-", said, _FOUND_FORM))
        for number, finding in enumerate(_to_find(found))
    ]
    everything = [one for _finding, drawn in asked for one in drawn]
    return render_template(
        "screening.html",
        found=found,
        back_href=_person(found.case),
        state=STANDING[state],
        read_out=screened(found.by, found.assessed)
        if found.by and not found.assessed.child
        else [],
        asked=asked if can else [],
        proposal=_drawn(Proposal, "", said) if can and found.by else [],
        telling=_drawn(Telling, "", said) if can and state == UNTOLD else [],
        appealing=_drawn(BY_NOUN["appeal"], "a-", said, APPEAL) if appealing else [],
        wrong=[one for one in everything if one.errors],
        others=said.others,
        failed=bool(said.others or any(said.errors.values())),
        hidden_values={"_id": moments.new_id()},
        codes=codes,
        until=appeal_until(found.stands.told, found.decided_by),
    )


def _drawn(
    entity: type[Entity], prefix: str, said: Typed, only: Sequence[str] | None = None
) -> list[Input]:
    typed = unprefixed(said.typed, prefix) if prefix else said.typed
    values: dict[str, Any] = dict(typed)
    if prefix == "a-" and not typed:
        values["filed_on"] = moments.today().isoformat()
    names = only or tuple(n for n in entity.describe() if n not in Entity.describe())
    drawn = inputs(entity, values, said.errors.get(prefix, {}), names)
    return prefixed(drawn, prefix) if prefix else drawn


def _person(case: Row) -> str:
    person = passage.person_of(db(), "case", case)
    return url_for("people.show", person_id=person) if person else url_for("home.show")
