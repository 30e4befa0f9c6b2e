"""Judging stored Units in somebody's transaction: each by the rights its author had."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from schema.change import HELD, Outcome, Source, Unit
from schema.dates import not_before
from server import apply, moments
from server.arrivals import payloads
from server.arrivals.hints import Hint, hint
from server.arrivals.outcomes import Became
from server.arrivals.rights import Heard, Rights
from server.arrivals.tables import Row
from server.config import settings

NOTHING_LOST: frozenset[tuple[str, str]] = frozenset()


class Waiting(NamedTuple):
    """A stored row with what it says. unit: what it is held for at once when it is no Unit."""

    row: Row
    unit: Unit | Outcome
    lost: frozenset[tuple[str, str]] = NOTHING_LOST

    @classmethod
    def of(cls, row: Row, body: Any = None) -> "Waiting":
        """Read what a row says. body: its JSON, where that is at hand."""
        try:
            unit = payloads.unit_of(body) if body else payloads.read(row["payload"])
            return cls(row, unit)
        except payloads.Unreadable as problem:
            return cls(row, problem.held(row["unit_id"]))

    @property
    def changes(self) -> int:
        """How many changes it asks for."""
        return len(self.unit.changes) if isinstance(self.unit, Unit) else 1


def judge(conn: sa.Connection, waiting: Sequence[Waiting]) -> list[Became]:
    """Apply what is in order; what each came to. The caller writes that down, in this transaction."""
    authors = _Authors(conn, [one.row for one in waiting])
    units = [(one, one.unit) for one in waiting if isinstance(one.unit, Unit)]
    judged = apply.chunk(conn, [authors.arriving(*pair) for pair in units]) if units else []
    became = {
        unit.id: (one.row, outcome, authors.shown_to(one.row, unit, outcome))
        for (one, unit), outcome in zip(units, judged, strict=True)
    }
    return [
        (one.row, one.unit, None) if isinstance(one.unit, Outcome) else became[one.unit.id]
        for one in waiting
    ]


def withhold(conn: sa.Connection, waiting: Sequence[Waiting]) -> list[Became]:
    """Hold what came from a revoked laptop, on a stick: a person decides on each of its Units."""
    return [(one.row, *_withheld(conn, one)) for one in waiting]


def _withheld(conn: sa.Connection, one: Waiting) -> tuple[Outcome, Hint | None]:
    if isinstance(one.unit, Outcome):
        return one.unit, None
    sentence = "This came on a stick from a laptop that may no longer be used. Somebody must look."
    outcome = Outcome(one.unit.id, HELD, 0, "revoked", sentence)
    return outcome, hint(conn, one.unit, outcome, moments.today(settings().timezone))


class _Authors:
    """Who sent these rows, with their rights, read once for all of them."""

    def __init__(self, conn: sa.Connection, rows: Iterable[Row]) -> None:
        self.conn = conn
        self.rights = Rights(conn)
        self.today = moments.today(settings().timezone)
        by_chain: dict[str, list[Row]] = {}
        for row in rows:
            by_chain.setdefault(row["chain"], []).append(row)
        self.heard = {chain: Heard(conn, found) for chain, found in by_chain.items()}

    def arriving(self, one: Waiting, unit: Unit) -> apply.Arriving:
        """A Unit as ``apply`` takes it; a base that its laptop was never told is the last it was."""
        row, account_id = one.row, one.row["account_id"]
        by, heard = self.rights.who(row["chain"]), self.heard[row["chain"]]
        base = min(unit.base, heard.last)
        return apply.Arriving(
            unit if unit.base == base else replace(unit, base=base),
            Source(row["chain"], row["key"], account_id, by, row["n"]),
            self.rights.then(account_id, base, heard.before(row["n"])),
            self.rights.now(account_id),
            self._on(row, unit),
            one.lost,
        )

    def shown_to(self, row: Row, unit: Unit, outcome: Outcome) -> Hint | None:
        """In which bucket somebody approves of it, when it is held."""
        if outcome.outcome != HELD:
            return None
        return hint(self.conn, unit, outcome, self._on(row, unit))

    def _on(self, row: Row, unit: Unit) -> date:
        """The day by which ages are told: the author's, not after ours, nor before it heard from us."""
        try:
            said = date.fromisoformat(unit.said_at[:10])
        except ValueError:
            return self.today
        heard = self.heard[row["chain"]].before(row["n"])
        return min(not_before(said, heard.day if heard else None), self.today)
