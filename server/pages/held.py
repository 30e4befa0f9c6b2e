"""What is held: received and kept, not yet in force; why, and what cures it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema.change import DONE
from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.policy import COMPARTMENTS
from server import access, answers, arrivals
from server.arrivals import HeldUnit
from server.db import reading
from server.pages import record_acts as acts
from server.pages import record_questions as asking
from server.pages.told import readable

pages = Blueprint("held", __name__)
ANY = tuple(COMPARTMENTS)
MOST = 200


@pages.get("/held")
@access.rule(ANY, "approve")
def index() -> str:
    """What is held and this reader's matter, the oldest first."""
    with reading() as conn:
        units = arrivals.held(conn, access.actor().sight, MOST + 1)
    return render_template("held/index.html", units=units[:MOST], more=len(units) > MOST, most=MOST)


@pages.get("/held/<uuid:unit_id>")
@access.rule(ANY, "approve")
def one(unit_id: Any) -> str:
    """One held Unit: what came, from whom, why it waits."""
    return _drawn(str(unit_id), "", {})


@pages.post("/held/<uuid:unit_id>/retry")
@access.rule(ANY, "approve")
def retry(unit_id: Any) -> Response:
    """Judge it once more."""
    outcome = arrivals.retry(access.actor(), str(unit_id))
    if outcome.outcome in DONE:
        flash(_("It is in force now."), "done")
        return redirect(url_for("held.index"))
    flash(_("It is still held: %(why)s", why=outcome.sentence), "warning")
    return redirect(url_for("held.one", unit_id=unit_id))


@pages.post("/held/<uuid:unit_id>/close")
@access.rule(ANY, "approve")
def close(unit_id: Any) -> Response:
    """Let it rest, with a reason; it stays as it came."""
    reason = request.form.get("reason", "")
    answers.form_again(lambda errors: _drawn(str(unit_id), reason, errors))
    asking.refuse_unasked(request.form, asking.REASON)
    arrivals.close(access.actor(), str(unit_id), reason)
    flash(_("Closed. It stays as it came, and the laptop is told."), "done")
    return redirect(url_for("held.index"))


def _drawn(unit_id: str, reason: str, errors: Mapping[str, Sequence[Any]]) -> str:
    with reading() as conn:
        unit = arrivals.held_one(conn, access.actor().sight, unit_id)
        hidden = acts.hidden(conn, again={})
    return render_template(
        "held/one.html",
        unit=unit,
        said_at=readable(unit.said_at),
        changes=_changes(unit),
        asked=asking.why(reason, errors),
        others=[said for name, all_ in errors.items() if name != "reason" for said in all_],
        hidden=hidden,
        failed=bool(errors),
    )


def _changes(unit: HeldUnit) -> list[tuple[str, str, list[Detail]]]:
    """What the Unit says, as far as this reader may read it: verb, noun, values."""
    found = []
    for change in unit.changes or ():
        entity = BY_NOUN.get(change.entity)
        only = [n for n in entity.describe() if n in change.values] if entity else []
        lines = details(entity, change.values, {}, only) if entity else []
        found.append((change.verb, entity.label if entity else change.entity, lines))
    return found
