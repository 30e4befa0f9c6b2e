"""What is written down when arms or ammunition are handed in: the thing, its receipt into the store, the line.

One Unit, so no weapon stands in a store without the paper that says where it came from.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from schema.change import CREATE, Change

Values = Mapping[str, Any]
# What is asked of the line itself; the rest of it follows.
LINE_ASKED = ("criterion",)
LOT_LINE_ASKED = ("quantity", "criterion", "equivalent")
# What the hand-in says already.
FROM_HAND_IN = {
    "weapon": ("case_id", "store_id", "handed_in_on", "receipt"),
    "lot": ("store_id", "cleared_by", "receipt"),
}
_PASSED = ("received_by", "witness")


def weapon_given(
    hand_in_id: str, hand_in: Values, weapon: Values, line: Values, ids: Sequence[str]
) -> tuple[Change, ...]:
    """A weapon, received, on the receipt. ids: of the weapon, its event and the line."""
    weapon_id, event_id, line_id = ids
    made = {
        **weapon,
        "case_id": hand_in.get("case_id"),
        "store_id": hand_in.get("store_id"),
        "handed_in_on": hand_in.get("date"),
        "receipt": hand_in.get("receipt"),
    }
    received = {"weapon_id": weapon_id, **_received(hand_in)}
    given = {"hand_in_id": hand_in_id, "weapon_id": weapon_id, **line}
    return (
        Change(CREATE, "weapon", weapon_id, _said(made)),
        Change(CREATE, "custody_event", event_id, _said(received)),
        Change(CREATE, "hand_in_line", line_id, _said(given)),
    )


def lot_given(
    hand_in_id: str, hand_in: Values, lot: Values, line: Values, ids: Sequence[str]
) -> tuple[Change, ...]:
    """So much of a lot, received, on the receipt. ids: of the lot, its event and the line."""
    lot_id, event_id, line_id = ids
    made = {name: hand_in.get(name) for name in FROM_HAND_IN["lot"]}
    received = {"lot_id": lot_id, "quantity": line.get("quantity"), **_received(hand_in)}
    given = {"hand_in_id": hand_in_id, "lot_id": lot_id, **line}
    return (
        Change(CREATE, "lot", lot_id, _said({**lot, **made})),
        Change(CREATE, "lot_event", event_id, _said(received)),
        Change(CREATE, "hand_in_line", line_id, _said(given)),
    )


def _received(hand_in: Values) -> dict[str, Any]:
    passed = {name: hand_in.get(name) for name in _PASSED}
    return {
        "event": "received",
        "date": hand_in.get("date"),
        "store_id": hand_in.get("store_id"),
        **passed,
    }


def _said(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
