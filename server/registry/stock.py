"""The stock of a store: its ledger on any date, and what events do not fit.

What has moved on to another store still counts here, as passed on; nothing else of it is told.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from schema.custody import Item
from schema.entities import BY_NOUN
from schema.inventory import EVENTS, item_of, state_of
from schema.policy import EVERYWHERE, PROGRAMME, Sight
from schema.record import Record
from schema.stock import Ledger, ledger
from schema.trails import trail
from server.loaded import record_of
from server.tables import table_of

# What an item and a step are read from: a ledger needs no more of a row.
_ITEM = {
    "weapon": ("id", "store_id", "type", "handed_in_on"),
    "lot": ("id", "store_id", "nature", "calibre", "unit"),
}
_STEP = (
    "id",
    "event",
    "date",
    "quantity",
    "store_id",
    "to_store_id",
    "type",
    "was_type",
    "other_lot_id",
)


def stores(conn: sa.Connection, sight: Sight) -> list[Record]:
    """The stores whose weapons somebody may read, by code."""
    open_to = sight.scopes("read", "weapons")
    table = table_of("store")
    query = sa.select(table).order_by(table.c.code, table.c.id)
    if EVERYWHERE not in open_to:
        query = query.where(table.c.id.in_(sorted(open_to - {PROGRAMME})))
    return [Record("store", row["id"], dict(row)) for row in conn.execute(query).mappings()]


def account(conn: sa.Connection, store_id: str, on: str) -> Ledger:
    """The ledger of one store at the end of a day."""
    found = ledger(_items(conn, store_id), on)
    lines = {key: line for key, line in found.lines.items() if key[0] == store_id}
    return Ledger(lines, found.odd)


def whole(conn: sa.Connection, on: str = "9999-12-31") -> Ledger:
    """The ledger of all stores."""
    return ledger(_items(conn), on)


def destroyed_in(conn: sa.Connection, sight: Sight, batch_id: str) -> list[tuple[Record, int]]:
    """The weapons and lots that were destroyed together, as far as they may be seen, with how much of each."""
    found = _of_events(conn, "destroyed", "destruction_batch_id", batch_id)
    return [(one, much) for one, much in found if sight.may("read", *one.bucket)]


def carried_by(conn: sa.Connection, load: Record) -> list[tuple[Record, int]]:
    """What a convoy carries, with how much of each.

    It is the receiver's from the moment it leaves, and still on the paper of who sends it: who may
    read the convoy may read its list.
    """
    return _of_events(conn, "moved-out", "load_id", load.id)


def _of_events(
    conn: sa.Connection, happened: str, name: str, record_id: str
) -> list[tuple[Record, int]]:
    """The weapons and lots with such an event that stands and names this record, by their ids."""
    found: list[tuple[Record, int]] = []
    for noun, event in EVENTS.items():
        table, events = table_of(noun), table_of(event)
        much = events.c.quantity if "quantity" in events.c else sa.literal(1)
        query = sa.select(table, much.label("much")).join(
            events, events.c[f"{noun}_id"] == table.c.id
        )
        query = query.where(
            events.c[name] == record_id,
            events.c.event == happened,
            events.c.withdrawn_at.is_(None),
        )
        rows = conn.execute(query.order_by(table.c.id)).mappings()
        found += [(record_of(noun, row), row["much"] or 0) for row in rows]
    return found


def last_checks(conn: sa.Connection, store_id: str) -> list[tuple[str, str]]:
    """(kind, day) of the last stock check of each kind."""
    table = table_of("stock_check")
    query = sa.select(table.c.kind, sa.func.max(table.c.date)).group_by(table.c.kind)
    rows = conn.execute(query.where(table.c.scope == store_id, table.c.withdrawn_at.is_(None)))
    return [(kind, str(day)) for kind, day in rows if kind and day]


def open_discrepancies(conn: sa.Connection, store_id: str, most: int) -> list[Record]:
    """The discrepancies of a store that nobody has explained or closed, the oldest first."""
    table, steps = table_of("discrepancy"), table_of("discrepancy_step")
    ended = sa.select(steps.c.discrepancy_id).where(
        steps.c.step.in_(("explained", "closed")), steps.c.withdrawn_at.is_(None)
    )
    query = sa.select(table).where(
        table.c.scope == store_id, table.c.withdrawn_at.is_(None), table.c.id.not_in(ended)
    )
    rows = conn.execute(query.order_by(table.c.date, table.c.id).limit(most)).mappings()
    return [record_of("discrepancy", row) for row in rows]


def misplaced(conn: sa.Connection) -> Iterator[tuple[str, str]]:
    """The weapons and lots that are not in the store and state that their events say.

    Events of before they said where they happened placed nothing: what has only such is passed over.
    """
    for noun, event in EVENTS.items():
        table, events = table_of(noun), table_of(event)
        hanging = events.c[f"{noun}_id"]
        placed = sa.select(hanging).where(events.c.recorded_by.is_not(None))
        wanted = table.c.id.in_(placed)
        steps = _steps(conn, event, hanging, sa.select(table.c.id).where(wanted))
        names = (*_ITEM[noun], "state", "scope")
        columns = [table.c[name] for name in names]
        for row in conn.execute(sa.select(*columns).where(wanted)).mappings():
            item = item_of(Record(noun, row["id"], dict(row)), steps.get(row["id"], ()))
            found = trail(item)
            if (state_of(found), found.store) != (row["state"], row["scope"]):
                yield noun, row["id"]


def _items(conn: sa.Connection, store_id: str = "") -> Iterator[Item]:
    """The weapons and lots that are or were there, with their events; of all stores where none is named."""
    for noun, event in EVENTS.items():
        table, events = table_of(noun), table_of(event)
        wanted: sa.ColumnElement[bool] = table.c.withdrawn_at.is_(None)
        hanging = events.c[f"{noun}_id"]
        if store_id:
            there = sa.select(hanging).where(_at(events, store_id))
            wanted &= sa.or_(table.c.scope == store_id, table.c.id.in_(there))
        theirs = sa.select(table.c.id).where(wanted)
        steps = _steps(conn, event, hanging, theirs if store_id else None)
        columns = [table.c[name] for name in _ITEM[noun]]
        for row in conn.execute(sa.select(*columns).where(wanted)).mappings():
            yield item_of(Record(noun, row["id"], dict(row)), steps.get(row["id"], ()))


def _at(events: sa.Table, store_id: str) -> sa.ColumnElement[bool]:
    return sa.or_(events.c.store_id == store_id, events.c.to_store_id == store_id)


def _steps(
    conn: sa.Connection, event: str, hanging: "sa.Column[Any]", of: Any
) -> dict[str, list[Record]]:
    """The events that stand, by what they are about."""
    table, known = table_of(event), BY_NOUN[event].describe()
    columns = [table.c[name] for name in _STEP if name == "id" or name in known]
    query = sa.select(hanging.label("of"), *columns).where(table.c.withdrawn_at.is_(None))
    if of is not None:
        query = query.where(hanging.in_(of))
    found: dict[str, list[Record]] = {}
    for row in conn.execute(query).mappings():
        found.setdefault(row["of"], []).append(Record(event, row["id"], dict(row)))
    return found


def listed(
    conn: sa.Connection, noun: str, store_id: str, order: Iterable[str], most: int
) -> list[Record]:
    """The newest records of a noun that belong to this store; the caller has asked for the right."""
    table = table_of(noun)
    sorting = [table.c[name].desc() for name in order]
    query = sa.select(table).where(table.c.scope == store_id, table.c.withdrawn_at.is_(None))
    rows = conn.execute(query.order_by(*sorting, table.c.id.desc()).limit(most)).mappings()
    return [
        Record(noun, row["id"], {k: v for k, v in row.items() if v is not None}) for row in rows
    ]
