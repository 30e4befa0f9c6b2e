"""The board: what waits for this reader, as honest counts with the list behind each."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from schema.clocks import CLOCKS, Due
from schema.policy import Sight
from server import access, arrivals, moments
from server.actor import Actor
from server.config import settings
from server.db import reading
from server.pages import handover, lists, restored
from server.pages.held import MOST
from server.registry import due, totals
from server.registry.labels import named
from server.registry.lanes import MARKED

PROGRAMMES = ("reference", "background")
OLDEST = 10

pages: Blueprint = Blueprint("home", __name__)


@pages.get("/board")
@access.rule(MARKED, "read")
def index() -> str:
    """What there is and what waits."""
    sight = access.actor().sight
    with reading() as conn:
        cards = _cards(conn, access.actor())
        waiting = _due(conn, sight)
    programme = [one for one in lists.of(access.actor().sight) if one.compartment in PROGRAMMES]
    return render_template(
        "home/index.html",
        cards=cards,
        lists=programme,
        waiting=waiting,
        # Who may hand one in need not be who reads any.
        complaint_href=url_for("records.new", noun="complaint")
        if sight.anywhere("create", "complaints")
        else "",
    )


def _due(conn: sa.Connection, sight: Sight) -> list[dict[str, Any]]:
    """What is due, a section for each clock that has something: its words, how much, and the oldest of it."""
    found = due.all_due(conn, sight, moments.today(settings().timezone))
    oldest = {clock: some[:OLDEST] for clock, some in found.items() if some}
    cases = {one.case_id for some in oldest.values() for one in some if one.case_id}
    words = named(conn, sight, "case", cases) if cases else {}
    stores = {one.store_id for some in oldest.values() for one in some if one.store_id}
    words |= named(conn, sight, "store", stores) if stores else {}
    return [
        {
            "clock": clock,
            "count": len(found[clock.name]),
            "more": len(found[clock.name]) >= due.MOST,
            "lines": [
                {
                    "href": _page(one, words),
                    "who": words.get(one.case_id or one.store_id),
                    "day": one.day,
                }
                for one in oldest[clock.name]
            ],
        }
        for clock in CLOCKS
        if clock.name in oldest
    ]


def _page(one: Due, words: Mapping[str, str]) -> str:
    """The page of whom or what it is about, where that may be seen."""
    if one.case_id in words:
        return url_for("cases.one", case_id=one.case_id)
    return url_for("stores.one", store_id=one.store_id) if one.store_id in words else ""


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
