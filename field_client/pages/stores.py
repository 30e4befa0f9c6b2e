"""Stores on this laptop: what one holds, what is on its way to it, and what does not fit."""

from flask import Blueprint, render_template

from field_client import moments
from field_client.pages import checking
from field_client.pages.desk import db
from field_client.pages.register.draft import stores
from field_client.pages.sections import page_of
from field_client.store import facts, stock
from schema.codes import WEAPON_TYPE
from schema.codes_weapons import CUSTODY_STATE, GIVER, LOT_NATURE, LOT_UNIT
from schema.ledger_words import WHY, came_and_went, kind_words
from schema.problems import NotFound

bp = Blueprint("stores", __name__)


@bp.get("/stores")
def index() -> str:
    """The stores in which this officer records."""
    return render_template("stores.html", stores=stores())


@bp.get("/stores/<store_id>")
def show(store_id: str) -> str:
    """What this laptop knows of a store: what came in and is there, what is on its way, what does not fit."""
    name = dict(stores()).get(store_id)
    if name is None:
        raise NotFound
    found = stock.account(db(), store_id, moments.today().isoformat())
    rows = [(kind_words(kind), line) for (_, kind), line in sorted(found.lines.items())]
    came, went = came_and_went([line for _, line in rows])
    return render_template(
        "store.html",
        store_id=store_id,
        name=name,
        rows=rows,
        checks=checking.due_here(store_id) if _may_check(store_id) else {},
        today=moments.today().isoformat(),
        came=came,
        went=went,
        odd=[(one, WHY[one.why], page_of(one.noun, one.item)) for one in found.odd],
        weapons=stock.listed(db(), "weapon", store_id),
        lots=stock.listed(db(), "lot", store_id),
        hand_ins=stock.listed(db(), "hand_in", store_id),
        types=WEAPON_TYPE,
        states=CUSTODY_STATE,
        natures=LOT_NATURE,
        units=LOT_UNIT,
        givers=GIVER,
    )


def _may_check(store_id: str) -> bool:
    return facts.Rights(db()).may("approve", "weapons", store_id)
