"""Adding to a hand-in: one weapon, or so much ammunition, with the line of the receipt, in one form."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema import handing_in
from schema.change import Change
from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.posted import unfilled
from schema.problems import Invalid, NotAllowed
from schema.record import Record
from server import access, answers
from server.db import reading
from server.pages import record_acts as acts
from server.pages import record_questions as asking
from server.registry import records, references
from server.registry.lanes import may

pages = Blueprint("hand_ins", __name__)

PATH = "/hand-ins/<uuid:hand_in_id>/<any(weapon, lot):what>"
_LINES = {"weapon": handing_in.LINE_ASKED, "lot": handing_in.LOT_LINE_ASKED}
Errors = Mapping[str, Sequence[Any]]


def ways(sight: Sight, hand_in: Record) -> list[tuple[str, str]]:
    """What may be added to a hand-in, for who may: (address, words)."""
    if not may(sight, "create", hand_in) or hand_in.get("withdrawn_at"):
        return []
    said = (("weapon", _("A weapon")), ("lot", _("Ammunition or explosives")))
    return [
        (url_for("hand_ins.add", hand_in_id=hand_in.id, what=what), words) for what, words in said
    ]


def _thing(what: str) -> asking.Questions:
    """What is asked of the weapon or lot; the rest of it follows from the hand-in."""
    return asking.new(what, {}, handing_in.FROM_HAND_IN[what]).under(f"{what}.")


def _line(what: str) -> asking.Questions:
    """What is asked of its line on the receipt."""
    return asking.Questions(BY_NOUN["hand_in_line"], _LINES[what]).under("line.")


@pages.get(PATH)
@access.rule("weapons", "create")
def add(hand_in_id: Any, what: str) -> str:
    """Ask what it is and what it counts as."""
    hand_in = _hand_in(str(hand_in_id))
    return _form(hand_in, what, {}, {"criterion": _likely(hand_in, what)}, {})


@pages.post(PATH)
@access.rule("weapons", "create")
def write(hand_in_id: Any, what: str) -> Response:
    """Record it: the thing, its receipt into the store, and the line, or nothing."""
    hand_in = _hand_in(str(hand_in_id))
    asked = (_thing(what), _line(what))
    thing, line = (questions.read(request.form) for questions in asked)
    answers.form_again(lambda errors: _form(hand_in, what, thing.typed, line.typed, errors))
    asking.refuse_unasked(request.form, *asked)
    wrong = _named(asked[0], {**asked[0].required(thing.values), **thing.errors})
    wrong |= _named(asked[1], {**_line_required(what, line.values), **line.errors})
    if wrong:
        raise Invalid(fields=wrong)
    outcome = acts.write(*_changes(hand_in, what, thing.values, line.values))
    return acts.done(outcome, "hand_in", hand_in.id, url_for("stores.index"))


def _changes(
    hand_in: Record, what: str, thing: Mapping[str, Any], line: Mapping[str, Any]
) -> tuple[Change, ...]:
    with reading() as conn:
        values = references.resolved(conn, access.actor().sight, _thing(what).entity, thing)
    given = handing_in.weapon_given if what == "weapon" else handing_in.lot_given
    ids = [acts.made_id(place) for place in range(3)]
    return given(hand_in.id, hand_in.values, values, line, ids)


def _line_required(what: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What must be filled in; of ammunition also how much."""
    wrong: dict[str, Any] = dict(_line(what).required(values))
    if what == "lot" and values.get("quantity") is None:
        wrong["quantity"] = (unfilled(_line(what).entity.describe()["quantity"]),)
    return wrong


def _likely(hand_in: Record, what: str) -> str | None:
    if hand_in.get("giver") != "participant":
        return "none"
    return "weapon" if what == "weapon" else None


def _hand_in(hand_in_id: str) -> Record:
    """The hand-in, if this reader may add to it. Raises NotFound, NotAllowed."""
    with reading() as conn:
        found = records.get(conn, access.actor().sight, "hand_in", hand_in_id)
    if not may(access.actor().sight, "create", found):
        raise NotAllowed
    return found


def _named(questions: asking.Questions, errors: Errors) -> dict[str, Any]:
    return {questions.prefix + name: said for name, said in errors.items()}


def _of(questions: asking.Questions, errors: Errors) -> dict[str, Any]:
    named = {name.removeprefix(questions.prefix): said for name, said in errors.items()}
    return {name: said for name, said in named.items() if name in questions.only}


def _form(
    hand_in: Record, what: str, thing: Mapping[str, Any], line: Mapping[str, Any], errors: Errors
) -> str:
    sight, both = access.actor().sight, (_thing(what), _line(what))
    with reading() as conn:
        drawn = [
            questions.drawn(conn, sight, values, _of(questions, errors))
            for questions, values in zip(both, (thing, line), strict=True)
        ]
        hidden = acts.hidden(conn, again=errors)
    known = {name for q in both for name in (*q.only, *_named(q, dict.fromkeys(q.only, ())))}
    return render_template(
        "hand_ins/add.html",
        entity=_thing(what).entity,
        asked=drawn[0],
        line_asked=drawn[1],
        others=[said for name, all_ in errors.items() if name not in known for said in all_],
        hidden=hidden,
        receipt=hand_in.get("receipt") or "",
        back_href=url_for("files.one", noun="hand_in", record_id=hand_in.id),
    )
