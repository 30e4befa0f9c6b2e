"""Stores: what each holds on any date, what does not fit, and where to go from there."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from schema import codes, codes_weapons
from schema.entity import Entity
from schema.fields import Day
from schema.ledger_words import WHY, came_and_went, kind_words
from schema.problems import Invalid, NotFound
from schema.record import Record
from schema.said import Said
from schema.stock import Line
from schema.stock_checks import due
from server import access, moments
from server.config import settings
from server.db import reading
from server.pages.record_questions import Questions, as_filter
from server.pages.sections import page_of
from server.registry import records, stock
from server.registry.lanes import lanes

pages = Blueprint("stores", __name__)

MOST = 20


class OnDay(Entity):
    """The day at the end of which the ledger is asked."""

    noun = "on_day"

    on = Day("At the end of")


ON_DAY = Questions(OnDay, ("on",))


@dataclass(frozen=True)
class Row:
    """One type in a store's ledger: its words, its columns, and whether both sides agree."""

    words: tuple[Said, ...]
    line: Line


@pages.get("/stores")
@access.rule("weapons", "read")
def index() -> str:
    """The stores this reader may see."""
    sight = access.actor().sight
    with reading() as conn:
        found = stock.stores(conn, sight)
    return render_template(
        "stores/index.html",
        stores=found,
        may_add=bool(lanes(sight, "hand_in", "create")),
    )


@pages.get("/stores/<uuid:store_id>")
@access.rule("weapons", "read")
def one(store_id: Any) -> str:
    """One store: its ledger on a date, its lots and hand-ins, and what does not fit."""
    store = str(store_id)
    parsed = ON_DAY.read(request.args)
    if parsed.errors:
        raise Invalid(fields=parsed.errors)
    on = str(parsed.values.get("on") or moments.today(settings().timezone).isoformat())
    with reading() as conn:
        record = _mine(records.get(conn, access.actor().sight, "store", store))
        found = stock.account(conn, store, on)
        lots = stock.listed(conn, "lot", store, (), MOST)
        hand_ins = stock.listed(conn, "hand_in", store, ("date",), MOST)
        checks = due(stock.last_checks(conn, store))
        open_cases = stock.open_discrepancies(conn, store, MOST)
        batches = stock.listed(conn, "destruction_batch", store, ("date",), MOST)
        asked = as_filter(ON_DAY.drawn(conn, access.actor().sight, {"on": on}))
    rows = [Row(kind_words(kind), line) for (_store, kind), line in sorted(found.lines.items())]
    came, went = came_and_went([row.line for row in rows])
    return render_template(
        "stores/one.html",
        store=record,
        on=on,
        asked=asked,
        rows=rows,
        came=came,
        went=went,
        odd=[(one, WHY[one.why], page_of(one.noun, one.item)) for one in found.odd],
        lots=lots,
        hand_ins=hand_ins,
        checks=checks,
        today=moments.today(settings().timezone).isoformat(),
        open_cases=[(one, kind_words(one.get("counted_type") or "")) for one in open_cases],
        batches=batches,
        codes=codes_weapons,
        calibre=codes.CALIBRE,
        may_add=access.actor().sight.may("create", "weapons", store),
        may_check=access.actor().sight.may("approve", "weapons", store),
    )


def _mine(store: Record) -> Record:
    """The store, if this reader may see what it holds. Raises NotFound."""
    if not access.actor().sight.may("read", "weapons", store.id):
        raise NotFound
    return store
