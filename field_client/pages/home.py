"""The first page: what was interrupted, where the work is, four doors, today's visits."""

from flask import Blueprint, render_template
from flask_babel import gettext, ngettext

from field_client import moments
from field_client.pages import begun, record_draft, visits
from field_client.pages.desk import db, desk
from field_client.pages.register import draft
from field_client.pages.syncing import run_words, stands
from field_client.store import states
from schema.wording import format_number

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> str:
    """Where am I, and what next."""
    pending, lines = states.pending(db()), begun.listed()
    due = visits.due(db(), moments.today())
    return render_template(
        "home.html",
        drafts=lines,
        registrations=sum(line.interrupted for line in lines if line.kind == draft.KIND),
        forms=sum(line.interrupted for line in lines if line.kind == record_draft.KIND),
        only_here=pending.only_here,
        sync_words=stands(pending),
        run_words=run_words(desk().run),
        people=visits.people(db()),
        due=[visit for visit in due if visit.due == moments.today().isoformat()],
        due_words=_due_words(due),
        disputed=pending.disputes,
        has_stores=bool(draft.stores()),
    )


def _due_words(due: list[visits.Visit]) -> str:
    overdue = sum(visit.due < moments.today().isoformat() for visit in due)
    if not due:
        return gettext("Nothing is due")
    if overdue:
        shown = format_number(overdue)
        return ngettext("%(count)s visit overdue", "%(count)s visits overdue", overdue, count=shown)
    shown = format_number(len(due))
    return ngettext("%(count)s visit due", "%(count)s visits due", len(due), count=shown)
