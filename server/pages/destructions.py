"""One destruction: what it says, what was destroyed in it, and the way to add to it; the certificate's list."""

from collections import Counter
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from schema.change import CREATE, Change
from schema.codes import CALIBRE
from schema.detail import details
from schema.entities import BY_NOUN
from schema.inventory import EVENTS, kind_of
from schema.ledger_words import kind_words
from schema.problems import Invalid, NotAllowed
from schema.record import Record
from schema.said import Said
from server import access, answers
from server.db import reading
from server.pages import papers
from server.pages import record_acts as acts
from server.pages.reads import noted
from server.registry import records, stock
from server.registry.labels import labels
from server.registry.lanes import may

pages = Blueprint("destructions", __name__)

PATH = "/destructions/<uuid:batch_id>"
# A Unit carries at most 500 changes.
MOST = 400
NOTHING = Said("Choose what was destroyed")


@pages.get(PATH)
@access.rule("weapons", "read")
def one(batch_id: Any) -> str:
    """The destruction with all that was destroyed in it."""
    with reading() as conn:
        batch = records.get(conn, access.actor().sight, "destruction_batch", str(batch_id))
    noted("destruction_batch", batch.id)
    return _page(batch, (), {})


@pages.post(PATH)
@access.rule("weapons", "create")
def add(batch_id: Any) -> Response:
    """Record that these were destroyed in it: all of them, or none."""
    with reading() as conn:
        batch = records.get(conn, access.actor().sight, "destruction_batch", str(batch_id))
        if not may(access.actor().sight, "create", batch):
            raise NotAllowed
        held = {f"{one.entity}:{one.id}": one for one in _held(conn, batch)}
    chosen = request.form.getlist("item")
    answers.form_again(lambda errors: _page(batch, chosen, errors))
    items = [held[name] for name in chosen if name in held]
    if not items:
        raise Invalid(fields={"item": [NOTHING]})
    changes = [_event(batch, item, place) for place, item in enumerate(items)]
    outcome = acts.write(*changes)
    return acts.done(outcome, "destruction_batch", batch.id, url_for("stores.index"))


def _event(batch: Record, item: Record, place: int) -> Change:
    said: dict[str, Any] = {
        f"{item.entity}_id": item.id,
        "event": "destroyed",
        "date": batch.get("date"),
        "store_id": item.get("store_id"),
        "destruction_batch_id": batch.id,
    }
    if item.get("quantity"):
        said["quantity"] = item.get("quantity")
    return Change(CREATE, EVENTS[item.entity], acts.made_id(place), said)


def _held(conn: sa.Connection, batch: Record) -> list[Record]:
    """What the store holds and could be destroyed, weapons first."""
    store = str(batch.get("store_id"))
    found = [
        *stock.listed(conn, "weapon", store, (), MOST),
        *(lot for lot in stock.listed(conn, "lot", store, (), MOST) if lot.get("quantity")),
    ]
    return [item for item in found if not item.get("state")][:MOST]


def _page(batch: Record, chosen: Any, errors: Any) -> str:
    sight = access.actor().sight
    may_add = may(sight, "create", batch) and not batch.get("withdrawn_at")
    with reading() as conn:
        gone = stock.destroyed_in(conn, sight, batch.id)
        held = _held(conn, batch) if may_add else []
        words = labels(conn, sight, [batch])
        hidden = acts.hidden(conn, again=errors) if may_add else {}
    counted = Counter[str]()
    for item, much in gone:
        counted[kind_of(item)] += much
    return render_template(
        "destructions/one.html",
        batch=batch,
        lines=details(BY_NOUN["destruction_batch"], batch.values, words),
        gone=[(item, much, kind_words(kind_of(item))) for item, much in gone],
        counted=[(kind_words(kind), much) for kind, much in sorted(counted.items())],
        held=[(f"{one.entity}:{one.id}", one, kind_words(kind_of(one))) for one in held],
        chosen=chosen,
        errors=[said for all_ in errors.values() for said in all_],
        hidden=hidden,
        calibre=CALIBRE,
        may_change=may(sight, "change", batch),
        print_href=papers.href(batch),
    )
