"""The last step: check and register, or hand a child over; then the next person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages.deployed import declarations
from field_client.pages.desk import Finished, db, desk
from field_client.pages.register import asking, reading, steps, unit
from field_client.pages.register.draft import Begun, begun, caseloads, keep, posted, stores
from field_client.pages.register.drawing import at, frame, path_of
from field_client.pages.register.pages import BACK, LATER, Answer, put_aside
from field_client.store import drafts, rows, saving
from schema.change import Change
from schema.detail import Detail, details
from schema.entities.attachment import Attachment
from schema.entities.case import Case
from schema.entities.consent import Consent
from schema.entities.household_member import HouseholdMember
from schema.entities.notice import Notice
from schema.entities.person import Person
from schema.entities.weapon import Weapon
from schema.entity import Entity
from schema.picture import Picture
from schema.problems import NotFound
from schema.said import Said

WITHIN = timedelta(hours=48)
NO_WEAPON = Said("No weapon was handed in.")
NO_DEPENDANT = Said("Nobody depends on them.")
NO_PHOTO = Said("No photo was taken. None is needed.")
A_PHOTO = Said("A photo was taken.")
NOT_ANSWERED = Said("Not answered yet.")
_SHARED = ("shared_with", "answer")
_DEPENDANT = ("relation", "sex", "birth_date")

bp = Blueprint("finishing", __name__, url_prefix="/register")


@dataclass(frozen=True)
class Part:
    """One step's answers as they are checked."""

    step: str
    label: Said
    href: str
    wrong: bool
    lists: tuple[list[Detail], ...]
    nothing: Said = NOT_ANSWERED


@bp.get("/<draft_id>/check")
def check(draft_id: str) -> Answer:
    """All answers by step, each with a way to change it."""
    one = begun(draft_id)
    if steps.CHECK not in path_of(one):
        return redirect(at(draft_id, steps.HAND_OVER), HTTPStatus.SEE_OTHER)
    return render_template("register/check.html", parts=_parts(one), **frame(one, steps.CHECK))


@bp.post("/<draft_id>/check")
def register(draft_id: str) -> Answer:
    """Register the person: one Unit, and the draft is gone with the same stroke."""
    one, act = begun(draft_id), request.form.get("_act")
    if draft_id in desk().finished:
        return redirect(url_for("finishing.done", draft_id=draft_id), HTTPStatus.SEE_OTHER)
    if act == LATER:
        keep(one, one.step, one.at_step(one.step), later=True)
        return put_aside()
    path = path_of(one)
    if act == BACK:
        return redirect(at(draft_id, steps.before(steps.CHECK, path)), HTTPStatus.SEE_OTHER)
    said = _answers(one)
    wrong = [step for step in path if step in said.wrong]
    if wrong or steps.CHECK not in path:
        return redirect(at(draft_id, (wrong or path[-1:])[0]), HTTPStatus.SEE_OTHER)
    picture = drafts.picture_of(db(), one.id)
    changes = unit.registration(said, moments.today(), picture)
    return _finish(one, changes, (picture,) if picture else ())


@bp.get("/<draft_id>/hand-over")
def hand_over(draft_id: str) -> Answer:
    """The child path: what will be handed over, and who comes with them."""
    one = begun(draft_id)
    if steps.HAND_OVER not in path_of(one):
        return redirect(at(draft_id, steps.WHO), HTTPStatus.SEE_OTHER)
    return _hand_over(one)


@bp.post("/<draft_id>/hand-over")
def hand(draft_id: str) -> Answer:
    """Hand over: sealed, gone from this officer's lists, and counted as only here until sent."""
    if draft_id in desk().finished:
        return redirect(url_for("finishing.done", draft_id=draft_id), HTTPStatus.SEE_OTHER)
    act = request.form.get("_act")
    one = keep(begun(draft_id), steps.HAND_OVER, posted(), later=act == LATER)
    path = path_of(one)
    if act == LATER:
        return put_aside()
    if act == BACK or steps.HAND_OVER not in path:
        return redirect(at(draft_id, steps.before(steps.HAND_OVER, path)), HTTPStatus.SEE_OTHER)
    said = _answers(one)
    wrong = [step for step in (steps.INFORMATION, steps.WHO) if step in said.wrong]
    if wrong:
        return redirect(at(draft_id, wrong[0]), HTTPStatus.SEE_OTHER)
    return _finish(one, unit.handing_over(said, moments.today()))


@bp.get("/<draft_id>/done")
def done(draft_id: str) -> str:
    """The number to write down, and the way to the next person."""
    finished = desk().finished.get(draft_id)
    if finished is None:
        raise NotFound
    person = rows.fetch(db(), "person", finished.person_id)
    return render_template("register/done.html", finished=finished, person=person)


def _finish(
    one: Begun, changes: tuple[Change, ...], pictures: tuple[Picture, ...] = ()
) -> Response:
    saving.save(db(), changes, draft=one.id, pictures=pictures)
    person = changes[0]
    desk().ended.add(one.id)
    desk().finished[one.id] = Finished(person.record, str(person.values["number"]))
    return redirect(url_for("finishing.done", draft_id=one.id), HTTPStatus.SEE_OTHER)


def _hand_over(one: Begun) -> str:
    typed = one.at_step(steps.HAND_OVER)
    return render_template(
        "register/hand_over.html",
        asked=asking.hand_over(typed, {}),
        details=details(Person, _answers(one).person, only=steps.CHILD_ASKED),
        change_href=at(one.id, steps.WHO),
        deadline=(datetime.fromisoformat(moments.now()) + WITHIN).isoformat(),
        **{**frame(one, steps.HAND_OVER), "primary": gettext("Hand over")},
    )


def _answers(one: Begun) -> reading.Answers:
    known = ([scope for scope, _ in stores()], [scope for scope, _ in caseloads()])
    return reading.answers(one.typed, moments.today(), *known, declarations())


def _parts(one: Begun) -> list[Part]:
    said, path, nouns = _answers(one), path_of(one), declarations()
    labels = dict([*stores(), *caseloads()])
    weapon = [said.weapon] if said.weapon else []
    photo = A_PHOTO if drafts.picture_of(db(), one.id) else NO_PHOTO
    shown: dict[str, tuple[Any, tuple[str, ...], list[dict[str, Any]], Said]] = {
        steps.INFORMATION: (Notice, steps.INFORMATION_ASKED, [said.notice], NOT_ANSWERED),
        steps.WHO: (Person, steps.WHO_ASKED, [said.person], NOT_ANSWERED),
        steps.SCREENING: (Case, _all(Case, steps.SCREENING_ASKED), [said.case], NOT_ANSWERED),
        steps.WEAPON: (Weapon, _all(Weapon, steps.WEAPON_ASKED), weapon, NO_WEAPON),
        steps.PHOTO: (Attachment, (), [], photo),
        steps.HOUSEHOLD: (HouseholdMember, _DEPENDANT, list(said.household), NO_DEPENDANT),
    }
    found = []
    for step in path[1:-1]:
        entity, only, records, nothing = shown[step]
        known = nouns.of(entity)
        lists = [_given(details(known, one_of, labels, only=only)) for one_of in records]
        if step == steps.INFORMATION:
            lists += [
                _given(details(nouns.of(Consent), c, {}, only=_SHARED)) for c in said.consents
            ]
        if step == steps.HOUSEHOLD:
            asked = _all(Person, steps.CONTACT_ASKED)
            lists.append(details(nouns.of(Person), said.person, only=asked))
        wrong = step in said.wrong
        href = at(one.id, step, _back=steps.CHECK)
        found.append(Part(step, steps.LABELS[step], href, wrong, tuple(lists), nothing))
    return found


def _all(entity: type[Entity], asked: tuple[str, ...]) -> tuple[str, ...]:
    """What a step asks of a noun, the deployment's fields with it."""
    return (*asked, *declarations().asked_of(entity))


def _given(lines: list[Detail]) -> list[Detail]:
    """What was answered; long forms would otherwise be mostly "not given"."""
    return [line for line in lines if line.text is not None]
