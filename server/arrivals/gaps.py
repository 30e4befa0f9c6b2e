"""What waits behind a gap in its laptop's log: shown like what is held, for nobody may fill it (R7).

A stick may come before the one that was written first, and that one may be lost with its laptop. Who
answers for it may have such a Unit judged, or close it; the log goes on over it when the gap is filled.
"""

import sqlalchemy as sa

from schema.change import HELD, Outcome, Unit
from server import moments
from server.arrivals.hints import hint
from server.arrivals.judging import Waiting
from server.arrivals.tables import Row, arrival, chain, rows
from server.config import settings

GAP = "gap"
_OPEN = sa.or_(arrival.c.outcome.is_(None), arrival.c.outcome == sa.literal_column("'held'"))


def held_or_behind() -> sa.ColumnElement[bool]:
    """Whether an arrival is held and not closed, or waits behind a gap."""
    behind = arrival.c.n > _last_n()
    still = sa.and_(arrival.c.outcome.is_not(None), arrival.c.closed_at.is_(None))
    return sa.and_(_OPEN, sa.or_(still, behind))


def said(row: Row) -> Row:
    """The row with what it is held for, when it waits behind a gap."""
    sentence = "What this laptop had saved before it has not come. This waits for it."
    return row if row["outcome"] else {**row, "reason": GAP, "sentence": sentence}


def place(conn: sa.Connection, device_id: str) -> None:
    """Keep in which bucket somebody may decide on what waits behind a gap of this laptop."""
    waiting = sa.select(arrival).where(
        arrival.c.device_id == device_id,
        arrival.c.outcome.is_(None),
        arrival.c.compartment.is_(None),
        arrival.c.n > _last_n(),
    )
    today = moments.today(settings().timezone)
    for one in map(Waiting.of, rows(conn, waiting)):
        if isinstance(one.unit, Unit):
            outcome = Outcome(one.unit.id, HELD, 0, GAP)
            if shown_to := hint(conn, one.unit, outcome, today):
                compartment, scope = shown_to
                this = sa.and_(arrival.c.chain == one.row["chain"], arrival.c.key == one.row["key"])
                values = {"compartment": compartment, "scope": scope}
                conn.execute(sa.update(arrival).where(this).values(values))


def _last_n() -> "sa.ScalarSelect[int]":
    """How far the chain of an arrival goes without a gap."""
    query = sa.select(chain.c.last_n).where(chain.c.chain == arrival.c.chain)
    return query.correlate(arrival).scalar_subquery()
