"""Disputes: the open ones, oldest first; and one, with both values, until a person chooses."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema.change import APPLIED, Change
from schema.entities import BY_NOUN
from schema.entity import clean
from schema.policy import COMPARTMENTS
from schema.problems import AlreadySettled, Invalid
from schema.said import Said
from server import access, answers
from server.db import reading
from server.pages import dispute_view as view
from server.pages import record_acts as acts
from server.pages.record_questions import REASON, refuse_unasked
from server.pages.turning import pager, turn
from server.registry import disputes, records, references
from server.registry.disputes import DisputePage

pages = Blueprint("disputes", __name__)
# Who reads nothing but the programme's own lists has no business with two people's words.
OF_PEOPLE = tuple(name for name in COMPARTMENTS if name not in ("reference", "admin"))
_CHOOSE, _WHY = Said("Choose one of the values, or neither"), Said("Say why you choose this value")


@pages.get("/disputes")
@access.rule(OF_PEOPLE, "read")
def index() -> str:
    """The open disputes this reader may see."""
    with reading() as conn:
        page = disputes.disputes(conn, access.actor().sight, turn())
    return render_template("disputes/index.html", page=page, pager=pager(page), field=view.field)


@pages.get("/disputes/<uuid:dispute_id>")
@access.rule(OF_PEOPLE, "read")
def one(dispute_id: Any) -> str:
    """Both values side by side; nothing is chosen beforehand."""
    return _drawn(str(dispute_id), {})


@pages.post("/disputes/<uuid:dispute_id>")
@access.rule(OF_PEOPLE, "change")
def settle(dispute_id: Any) -> Response:
    """Choose a value; the other stays in the history."""
    sight = access.actor().sight
    answers.form_again(lambda errors: _drawn(str(dispute_id), errors))
    with reading() as conn:
        found = disputes.get(conn, sight, str(dispute_id))
        if found.dispute.get("state") != "open":
            raise AlreadySettled
        change = _chosen(conn, found)
    if acts.write(change).outcome != APPLIED:
        flash(
            _("A value has changed meanwhile, so this is still open. What you chose is kept."),
            "warning",
        )
        return redirect(url_for("disputes.index"))
    flash(_("Settled. The other value stays in the history."), "done")
    following = [other.id for other in found.others]
    return redirect(
        url_for("disputes.one", dispute_id=following[0]) if following else url_for("disputes.index")
    )


def _chosen(conn: sa.Connection, found: DisputePage) -> Change:
    """The settlement that the form says. Raises Invalid."""
    base, sight = acts.base_of(conn), access.actor().sight
    refuse_unasked(request.form, view.questions(found), REASON, also=("choice",))
    said = view.Choice.read(request.form, found)
    wrong: dict[str, Sequence[Said | str]] = dict(said.errors)
    if said.chosen not in view.CHOICES:
        wrong["choice"] = [_CHOOSE]
    if not said.reason:
        wrong["reason"] = [_WHY]
    if wrong:
        raise Invalid(fields=wrong)
    inforce = records.values_at(conn, found.record, base)
    side = records.values_at(conn, found.dispute, base).get("side") or {}
    value = said.value(inforce, side)
    kept, errors, _extra = clean(
        BY_NOUN[found.record.entity], references.resolved(conn, sight, view.entity_of(found), value)
    )
    if errors:
        raise Invalid(fields=errors)
    return view.settlement(
        found, kept, {name: inforce.get(name) for name in side}, side, said.reason
    )


def _drawn(dispute_id: str, errors: Mapping[str, Sequence[Any]]) -> str:
    with reading() as conn:
        found = disputes.get(conn, access.actor().sight, dispute_id)
        hidden = acts.hidden(conn, again=errors)
        choices = view.neither(conn, access.actor().sight, found, request.form, errors)
    return render_template(
        "disputes/one.html",
        found=found,
        asked=view.asked(found, choices, request.form, errors),
        neither=choices,
        others=view.summary(choices, errors),
        hidden=hidden,
        settled=view.in_words(found, found.dispute.get("value") or {}),
        failed=bool(errors),
    )
