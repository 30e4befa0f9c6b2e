"""Weapons and lots as the ledger reads them: records and their events as items and steps."""

from collections.abc import Iterable

from schema.custody import LIVE, STORED, Item, Step, Trail
from schema.record import Record, Working
from schema.trails import trail

# What is counted, and by which events.
EVENTS = {"weapon": "custody_event", "lot": "lot_event"}
ITEM_OF = {event: (noun, f"{noun}_id") for noun, event in EVENTS.items()}
LOT = "lot"


def kind_of(record: Record) -> str:
    """What it is counted as: a weapon by its type, a lot by nature, calibre and unit."""
    if record.entity != LOT:
        return str(record.get("type") or "")
    parts = (record.get(name) or "" for name in ("nature", "calibre", "unit"))
    return ":".join((LOT, *map(str, parts)))


def parts_of(kind: str) -> tuple[str, str, str] | None:
    """(nature, calibre, unit) of a lot's kind; None for a weapon's type."""
    word, _, rest = kind.partition(":")
    return (*rest.split(":"),)[:3] if word == LOT and rest else None  # type: ignore[return-value]


def item_of(record: Record, events: Iterable[Record]) -> Item:
    """The item, with the events that stand."""
    weapon = record.entity != LOT
    steps = tuple(step_of(event) for event in events if not event.get("withdrawn_at"))
    return Item(
        record.entity,
        record.id,
        str(record.get("store_id") or ""),
        kind_of(record),
        str(record.get("handed_in_on") or ""),
        steps,
        int(weapon),
    )


def step_of(event: Record) -> Step:
    """One event. A weapon is one piece, so nothing is said of how many."""

    def said(name: str) -> str:
        return str(event.get(name) or "")

    return Step(
        event.id,
        said("date"),
        said("event"),
        int(event.get("quantity") or 0),
        said("store_id"),
        said("to_store_id"),
        said("type"),
        said("was_type"),
        said("other_lot_id"),
    )


def trail_of(record: Record, work: Working) -> Trail:
    """The trail of a weapon or lot as this working copy knows it."""
    return trail(item_of(record, work.below(EVENTS[record.entity], record.id)))


def state_of(found: Trail) -> str | None:
    """The state as it is stored: nothing while any of it is in its store, as far as anybody knows."""
    states = {state for state, _, _ in found.held if state in LIVE}
    if states:
        return None if STORED in states else min(states)
    return found.state or None
