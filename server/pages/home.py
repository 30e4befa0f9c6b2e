"""The board: what waits for this reader, as honest counts with the list behind each."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from server import access, arrivals
from server.actor import Actor
from server.db import reading
from server.pages import handover, lists, restored
from server.pages.held import MOST
from server.registry import totals
from server.registry.lanes import MARKED

PROGRAMMES = ("reference", "background")

pages: Blueprint = Blueprint("home", __name__)


@pages.get("/board")
@access.rule(MARKED, "read")
def index() -> str:
    """What there is and what waits."""
    with reading() as conn:
        cards = _cards(conn, access.actor())
    programme = [one for one in lists.of(access.actor().sight) if one.compartment in PROGRAMMES]
    return render_template("home/index.html", cards=cards, lists=programme)


def _cards(conn: sa.Connection, asking: Actor) -> list[dict[str, Any]]:
    """A card for each list that is for this reader: address, what, how many, whether there are more."""
    sight, cards = asking.sight, []
    if access.admits(asking, "cases.index"):
        cards.append(_card("cases.index", _("Cases"), totals.of(conn, sight, "case")))
    if access.admits(asking, "disputes.index"):
        cards.append(_card("disputes.index", _("Disputes"), totals.disputes(conn, sight)))
    if access.admits(asking, "held.index"):
        held = len(arrivals.held(conn, sight, MOST + 1))
        cards.append(_card("held.index", _("Held"), totals.Total(min(held, MOST), held > MOST)))
    if access.admits(asking, "handover.index") and (unheld := handover.unheld(conn, sight)):
        cases = totals.Total(sum(one.cases for one in unheld), more=False)
        cards.append(_card("handover.index", _("In nobody's hands"), cases))
    if access.admits(asking, "weapons.index"):
        cards.append(_card("weapons.index", _("Weapons"), totals.of(conn, sight, "weapon")))
    return cards + _of_a_restore(conn, asking)


def _of_a_restore(conn: sa.Connection, asking: Actor) -> list[dict[str, Any]]:
    """Cards while a restore is not over: what laptops show otherwise, and who is silent since."""
    report = restored.open_now(conn, asking)
    if report is None:
        return []
    told = (
        (_("Records to look at after a restore"), report.to_look_at),
        (_("Laptops silent since a restore"), len(report.silent)),
    )
    return [_card("restored.index", what, totals.Total(n, more=False)) for what, n in told if n]


def _card(endpoint: str, what: str, total: totals.Total) -> dict[str, Any]:
    return {"href": url_for(endpoint), "what": what, "total": total}
