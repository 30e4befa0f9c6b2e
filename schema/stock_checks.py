"""When stock checks are due, which serial numbers a check looks at, and what a check writes down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from schema.change import CREATE, Change

WEEK, HALF_A_YEAR = timedelta(days=7), timedelta(days=183)
FULL, WEEKLY = "full", "weekly"
# Of a hundred serial numbers so many are looked at each week.
SAMPLE = 10
_WRONG = {"not-found": "missing", "other-serial": "wrong-serial"}
Values = Mapping[str, Any]


def due(done: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The days by which the next weekly and the next full check are due, by kind; "" where none was done.

    done: (kind, ISO day) of the checks so far. A full check counts as that week's too.
    """
    days: dict[str, str] = {WEEKLY: "", FULL: ""}
    for kind, day in done:
        for one in (WEEKLY, FULL) if kind == FULL else (kind,):
            if one in days and day:
                days[one] = max(days[one], day)
    after = {WEEKLY: WEEK, FULL: HALF_A_YEAR}
    return {
        kind: (date.fromisoformat(day) + after[kind]).isoformat() if day else ""
        for kind, day in days.items()
    }


def sample(ids: Sequence[str], kind: str, on: str) -> list[str]:
    """The weapons whose serial numbers are looked at: all, or another tenth of them each day."""
    ordered = sorted(ids, key=lambda one: one[::-1])
    if kind == FULL or not ordered:
        return ordered
    many = -(-len(ordered) * SAMPLE // 100)
    start = date.fromisoformat(on).toordinal() * many % len(ordered)
    return [*ordered, *ordered][start : start + many]


def written(check: Values, counts: Sequence[Values], made: Sequence[str]) -> list[Change]:
    """A check with its counts, and a discrepancy for each that differs. made: ids enough for all of them."""
    ids = iter(made)
    check_id = next(ids)
    changes = [Change(CREATE, "stock_check", check_id, _said(check))]
    for count in counts:
        values = {"stock_check_id": check_id, **count}
        changes.append(Change(CREATE, "stock_count", next(ids), _said(values)))
        wrong = _wrong(count)
        if wrong:
            about = {
                "store_id": check["store_id"],
                "date": check["date"],
                "stock_check_id": check_id,
            }
            changes.append(Change(CREATE, "discrepancy", next(ids), _said({**about, **wrong})))
    return changes


def _wrong(count: Values) -> Values | None:
    if count.get("weapon_id"):
        kind = _WRONG.get(str(count.get("result")))
        return {"kind": kind, "weapon_id": count["weapon_id"]} if kind else None
    less = int(count.get("found") or 0) - int(count.get("expected") or 0)
    if not less:
        return None
    kind = "missing" if less < 0 else "extra"
    return {"kind": kind, "counted_type": count.get("counted_type"), "variance": less}


def _said(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
