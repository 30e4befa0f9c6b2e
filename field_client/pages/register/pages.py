"""The steps that ask: each posts whole, and each field that is left saves the draft."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages.alike import alike
from field_client.pages.deployed import declarations
from field_client.pages.desk import db, desk
from field_client.pages.register import reading, steps
from field_client.pages.register.draft import Begun, begun, caseloads, keep, posted, stores
from field_client.pages.register.drawing import (
    QUIETLY,
    at,
    drawn,
    path_of,
    saved_words,
    who_so_far,
)
from field_client.store import drafts

Answer = Response | str | tuple[str, int]
LATER, BACK, MORE, STAY = "later", "back", "more", "stay"
STEP = "/<draft_id>/<any(search, information, who, screening, weapon, household):step>"
ANY_STEP = (
    "/<draft_id>/<any(search, information, who, screening, weapon, household, 'hand-over'):step>"
)

bp = Blueprint("register", __name__, url_prefix="/register")


@bp.get("")
def begin() -> Response:
    """Begin with the next person; a draft is kept as soon as something is typed."""
    return redirect(at(moments.new_id(), steps.SEARCH))


@bp.get(STEP)
def ask(draft_id: str, step: str) -> Answer:
    """Show a step with what is typed so far; the child path has steps of its own."""
    one = begun(draft_id)
    path = path_of(one)
    if step in path:
        return drawn(one, step, {})
    instead = steps.HAND_OVER if steps.HAND_OVER in path else steps.WHO
    return redirect(at(one.id, instead), HTTPStatus.SEE_OTHER)


@bp.post(STEP)
def answer(draft_id: str, step: str) -> Answer:
    """Keep a step whole, then go where the pressed button says."""
    act, typed = request.form.get("_act", ""), posted()
    if act == MORE:
        typed |= {f"{number}.relation": "" for number in reading.further_rows(typed)}
    one = keep(begun(draft_id), step, typed, later=act == LATER)
    if act == LATER:
        return put_aside()
    if act in (MORE, STAY):
        return redirect(at(draft_id, step), HTTPStatus.SEE_OTHER)
    if act == BACK:
        return redirect(at(draft_id, steps.before(step, path_of(one))), HTTPStatus.SEE_OTHER)
    return _go_on(one, step)


@bp.post(f"{ANY_STEP}/draft")
def save(draft_id: str, step: str) -> str:
    """Keep the draft when a field is left and say so; show the age and who is alike at once."""
    one = keep(begun(draft_id), step, posted())
    about = (
        {"who": who_so_far(one), "known": alike([one.name], most=QUIETLY)}
        if step == steps.WHO
        else {}
    )
    return render_template("register/kept.html", saved_words=saved_words(one.at), **about)


@bp.post("/<draft_id>/not-known")
def not_known(draft_id: str) -> Response:
    """Carry the words of the search on, so that they are not typed twice."""
    one = begun(draft_id)
    if request.form.get("_act") == LATER:
        keep(one, one.step, one.at_step(one.step), later=True)
        return put_aside()
    one = keep(one, steps.WHO, reading.carried(one.typed, moments.today()))
    keep(one, steps.INFORMATION, one.at_step(steps.INFORMATION))
    return redirect(at(draft_id, steps.INFORMATION), HTTPStatus.SEE_OTHER)


@bp.post("/<draft_id>/known/<person_id>")
def is_known(draft_id: str, person_id: str) -> Response:
    """The person is here already: the draft goes, their page opens."""
    drafts.drop(db(), begun(draft_id).id)
    desk().ended.add(draft_id)
    return redirect(url_for("people.show", person_id=person_id), HTTPStatus.SEE_OTHER)


def put_aside() -> Response:
    """Back to the first page, the draft kept."""
    desk().say("done", gettext("Kept for later, on this laptop only."))
    return redirect(url_for("home.show"), HTTPStatus.SEE_OTHER)


def _go_on(one: Begun, step: str) -> Answer:
    read = _read(one, step)
    if read.errors:
        return drawn(one, step, read.errors), HTTPStatus.UNPROCESSABLE_ENTITY
    if step == steps.SEARCH:
        return redirect(at(one.id, step), HTTPStatus.SEE_OTHER)
    path = path_of(one)
    to_check = request.form.get("_back") == steps.CHECK and steps.CHECK in path
    following = steps.CHECK if to_check else steps.after(step, path)
    return redirect(at(one.id, following), HTTPStatus.SEE_OTHER)


def _read(one: Begun, step: str) -> reading.Read:
    typed, on = one.at_step(step), moments.today()
    if step == steps.SEARCH:
        return reading.read_search(typed, on)
    if step == steps.INFORMATION:
        return reading.read_information(typed, declarations())
    if step == steps.WHO:
        return reading.read_who(typed, on, [scope for scope, _ in caseloads()])
    if step == steps.WEAPON:
        return reading.read_weapon(typed, [scope for scope, _ in stores()], declarations())
    if step == steps.HOUSEHOLD:
        return reading.read_household(typed, on, declarations())
    return reading.read_screening(typed, declarations())
