"""What each custody event asks, and which events fit a state: the same forms at both ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from schema.change import CREATE, Change
from schema.custody import ENDS, FROM_LOT, IN_TRANSIT, MISSING, RECLASSIFIED, TAKEN_OUT, TO_LOT
from schema.inventory import EVENTS

_WHO = ("handed_over_by", "received_by", "witness")
_OUT = ("authorised_by", "affiliation", "reason")

ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "custody_event": {
        "opening": ("date", "rack"),
        "received": ("date", *_WHO),
        "tagged": ("date", "witness", "rack"),
        "stored": ("date", "rack"),
        "moved-out": ("date", "to_store_id", "load_id", "seal", "disabling_part_removed", *_WHO),
        "moved-in": ("date", "seal", *_WHO),
        "taken-out": ("date", *_OUT, "received_by", "due_back", "witness"),
        "returned": ("date", "handed_over_by", "received_by", "witness"),
        "reclassified": ("date", "type", "reason", "witness"),
        "lost": ("date", "reason", "witness"),
        "recovered": ("date", "reason", "witness"),
        "re-marked": ("date", "reason", "witness"),
        "transferred": ("date", "lawful", "certificate", *_WHO),
        "returned-to-owner": ("date", "reason", *_WHO),
        "handed-to-justice": ("date", "reason", "certificate", *_WHO),
        "deactivated": ("date", "certificate", "authorised_by", "witness"),
    },
    "lot_event": {
        "opening": ("date", "quantity"),
        "received": ("date", "quantity", *_WHO),
        "from-lot": ("date", "other_lot_id", "quantity", "reason"),
        "to-lot": ("date", "other_lot_id", "quantity", "reason"),
        "moved-out": ("date", "to_store_id", "load_id", "seal", *_WHO),
        "moved-in": ("date", "quantity", "seal", *_WHO),
        "taken-out": ("date", "quantity", *_OUT, "received_by", "witness"),
        "returned": ("date", "quantity", "handed_over_by", "received_by", "witness"),
        "lost": ("date", "quantity", "reason", "witness"),
        "recovered": ("date", "quantity", "reason", "witness"),
        "expended": ("date", "quantity", *_OUT, "witness"),
        "transferred": ("date", "quantity", "lawful", "certificate", *_WHO),
        "returned-to-owner": ("date", "quantity", "reason", *_WHO),
        "handed-to-justice": ("date", "quantity", "reason", "certificate", *_WHO),
    },
}
NOTE = "note"
_HERE = {
    "custody_event": (
        "tagged",
        "stored",
        "moved-out",
        "taken-out",
        "reclassified",
        "lost",
        "re-marked",
        "transferred",
        "returned-to-owner",
        "handed-to-justice",
        "deactivated",
    ),
    "lot_event": (
        "moved-out",
        "taken-out",
        "to-lot",
        "expended",
        "lost",
        "transferred",
        "returned-to-owner",
        "handed-to-justice",
    ),
}
_ELSEWHERE = {
    IN_TRANSIT: ("moved-in", "lost"),
    TAKEN_OUT: ("returned", "lost", "deactivated", "expended", "transferred", "handed-to-justice"),
    MISSING: ("recovered",),
    **dict.fromkeys((*ENDS, "to-lot"), ()),
}


def asked(noun: str, event: str) -> tuple[str, ...]:
    """The fields that this event asks; none for one that is recorded in another way."""
    found = ASKED[noun].get(event, ())
    return (*found, NOTE) if found else ()


def fitting(noun: str, state: str | None, *, first: bool) -> list[str]:
    """The events that fit the state, in the order of the list; first: nothing has come in yet."""
    if first and noun == "lot_event":
        return ["received", "opening", "from-lot"]
    here = _HERE[noun] if not state else _ELSEWHERE.get(state, ())
    return [event for event in (("received", *here) if first else here) if event in ASKED[noun]]


def recorded(
    noun: str, item: Mapping[str, Any], event: str, values: Mapping[str, Any], ids: Sequence[str]
) -> list[Change]:
    """The event on the account of the store that holds it; of a split or merge, both halves of it.

    item: a weapon or lot with its id. ids: of the event and of the other half.
    """
    said = {"event": event, "store_id": item["store_id"], **values}
    if event == RECLASSIFIED:
        said["was_type"] = item["type"]
    changes = [_event(EVENTS[noun], ids[0], {f"{noun}_id": item["id"], **said})]
    other = values.get("other_lot_id")
    if event in _HALVES and other:
        half = {"lot_id": other, "other_lot_id": item["id"], "event": _HALVES[event]}
        changes.append(_event(EVENTS[noun], ids[1], {**said, **half}))
    return changes


_HALVES = {TO_LOT: FROM_LOT, FROM_LOT: TO_LOT}


def _event(noun: str, record_id: str, values: Mapping[str, Any]) -> Change:
    filled = {name: value for name, value in values.items() if value is not None}
    return Change(CREATE, noun, record_id, filled)
