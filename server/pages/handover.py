"""Hand-over: what came late from the former caseload, and cases that are in nobody's hands."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Blueprint, render_template

from schema.policy import Sight
from server import access, accounts, arrivals, moments
from server.db import reading
from server.registry.handover import OFFICERS, Unheld, in_nobodys_hands, late

DAYS = 30
pages = Blueprint("handover", __name__)


@pages.get("/handover")
@access.rule(("case", "child"), "read")
def index() -> str:
    """What came late on this reader's cases, and what nobody carries."""
    sight, since = access.actor().sight, moments.moment(-timedelta(days=DAYS))
    with reading() as conn:
        nobodys, found = unheld(conn, sight), late(conn, sight, arrivals.units, since)
    return render_template("handover/index.html", late=found, unheld=nobodys, days=DAYS)


def unheld(conn: sa.Connection, sight: Sight) -> list[Unheld]:
    """The caseloads in nobody's hands whose cases this reader may see."""
    hands = accounts.hands(conn, OFFICERS)
    return in_nobodys_hands(conn, sight, hands.hold, hands.ended)
