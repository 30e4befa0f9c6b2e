"""Hand-over: what came late from the former caseload, and cases that are in nobody's hands."""

from datetime import timedelta

from flask import Blueprint, render_template

from server import access, accounts, arrivals, moments
from server.db import reading
from server.registry import handover

DAYS = 30
pages = Blueprint("handover", __name__)


@pages.get("/handover")
@access.rule(("case", "child"), "read")
def index() -> str:
    """What came late on this reader's cases, and what nobody carries."""
    sight, since = access.actor().sight, moments.moment(-timedelta(days=DAYS))
    with reading() as conn:
        hands = accounts.hands(conn, handover.OFFICERS)
        unheld = handover.in_nobodys_hands(conn, sight, hands.hold, hands.ended)
        late = handover.late(conn, sight, arrivals.units, since)
    return render_template("handover/index.html", late=late, unheld=unheld, days=DAYS)
