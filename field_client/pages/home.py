"""The first page: what was interrupted, where the work is, four doors, today's visits."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext, ngettext

from field_client import moments
from field_client.pages import visits
from field_client.pages.desk import db, desk
from field_client.pages.register import draft, steps
from field_client.pages.register.drawing import at
from field_client.pages.syncing import run_words, stands
from field_client.store import states
from schema.wording import format_number

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> str:
    """Where am I, and what next."""
    pending, begun = states.pending(db()), draft.listed()
    due = visits.due(db(), moments.today())
    return render_template(
        "home.html",
        drafts=[_begun(one) for one in begun],
        interrupted=sum(not one.later for one in begun),
        only_here=pending.only_here,
        sync_words=stands(pending),
        run_words=run_words(desk().run),
        people=visits.people(db()),
        due=[visit for visit in due if visit.due == moments.today().isoformat()],
        due_words=_due_words(due),
        disputed=pending.disputes,
    )


def _begun(one: draft.Begun) -> dict[str, Any]:
    return {
        "name": one.name,
        "step": steps.LABELS[one.step],
        "at": one.at,
        "href": at(one.id, one.step),
        "discard_href": url_for("register.may_discard", draft_id=one.id),
    }


def _due_words(due: list[visits.Visit]) -> str:
    overdue = sum(visit.due < moments.today().isoformat() for visit in due)
    if not due:
        return gettext("Nothing is due")
    if overdue:
        shown = format_number(overdue)
        return ngettext("%(count)s visit overdue", "%(count)s visits overdue", overdue, count=shown)
    shown = format_number(len(due))
    return ngettext("%(count)s visit due", "%(count)s visits due", len(due), count=shown)
