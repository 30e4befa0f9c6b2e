"""What stands in a store on each side of the border, by noun."""

IN_STORE: dict[str, dict[str, object]] = {
    "lot": {
        "number": "…",
        "nature": "small-arms",
        "unit": "rounds",
        "cleared_by": "…",
    },
    "lot_event": {"event": "received", "date": "2026-11-01", "quantity": 10, "note": "…"},
    "hand_in": {
        "giver": "other-person",
        "date": "2026-11-01",
        "cleared_by": "…",
    },
    "hand_in_line": {"criterion": "none", "description": "…"},
    "destruction_batch": {
        "kind": "emergency",
        "method": "obod",
        "date": "2026-11-01",
        "reason": "…",
    },
    "stock_check": {
        "kind": "weekly",
        "date": "2026-11-01",
        "note": "…",
    },
    "stock_count": {"counted_type": "…", "expected": 1, "found": 1},
    "discrepancy": {"kind": "seal", "date": "2026-11-01", "note": "…"},
    "discrepancy_step": {"step": "reported", "date": "2026-11-01", "said": "…"},
    "load": {},
    "load_check": {"date": "2026-11-01", "seals_seen": "…"},
    "countersign": {
        "signs_as": "witness",
        "name": "…",
        "date": "2026-11-01",
    },
}
