"""The lists that armed groups handed in, each with its counts: listed is not registered."""

from flask import Blueprint, render_template

from server import access
from server.db import reading
from server.pages.turning import pager, turn
from server.registry import rosters

pages = Blueprint("rosters", __name__)
STATES = ("confirmed", "possible", "contested", "rejected", "none")


@pages.get("/eligibility/lists")
@access.rule("background", "read")
def index() -> str:
    """Every list of this reader's caseloads, with what its names were found to be."""
    with reading() as conn:
        page = rosters.counted(conn, access.actor().sight, turn())
    may_add = access.actor().sight.anywhere("create", "background")
    return render_template(
        "rosters/index.html", lines=page.rows, states=STATES, pager=pager(page), may_add=may_add
    )
