"""Writing down what became of a laptop's Units: outcome, number, place among its results, waits.

Outcomes are placed under the counter's lock: a laptop that asks for what changed since its cursor
then misses none, and what is held for something is not overlooked by whoever brings it.
"""

import json
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from schema.change import DONE, HELD, Outcome
from schema.ids import is_id
from server import bulk, ledger
from server.arrivals.hints import Hint
from server.arrivals.tables import Row, arrival, arrival_wait
from server.tables import history

Became = tuple[Row, Outcome, Hint | None]


def write(conn: sa.Connection, became: Sequence[Became]) -> None:
    """Write what became of these arrivals. The counter stays locked until the transaction ends."""
    if not became:
        return
    ledger.lock(conn)
    places = Places(conn)
    values = [_values(row, outcome, hint, places) for row, outcome, hint in became]
    bulk.update_rows(conn, arrival, ("chain", "key", *_SET), values, keys=2)
    wait(conn, [outcome for _, outcome, _ in became])


class Places:
    """The next place among each laptop's results. Ask under the counter's lock."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn
        self.last: dict[str, int] = {}

    def next(self, device_id: str | None) -> int | None:
        """The place after the last one given; none for what no laptop sent."""
        if device_id is None:
            return None
        if device_id not in self.last:
            self.last[device_id] = last_place(self.conn, device_id)
        self.last[device_id] += 1
        return self.last[device_id]


def last_place(conn: sa.Connection, device_id: str) -> int:
    """The last place given among a laptop's results."""
    return conn.execute(_LAST_PLACE, {"device": device_id}).scalar() or 0


_LAST_PLACE = (
    sa.select(arrival.c.position)
    .where(arrival.c.device_id == sa.bindparam("device"), arrival.c.position.is_not(None))
    .order_by(arrival.c.position.desc())
    .limit(1)
)


def has_come(conn: sa.Connection, ids: Iterable[str]) -> list[str]:
    """Which of these are records of the registry by now."""
    wanted = [i for i in ids if is_id(i)]
    if not wanted:
        return []
    query = sa.select(history.c.record_id).where(history.c.record_id.in_(wanted)).distinct()
    return list(conn.execute(query).scalars())


_SET = ("outcome", "seq", "reason", "sentence", "missing", "compartment", "scope", "position")


def _values(row: Row, outcome: Outcome, hint: Hint | None, places: Places) -> bulk.Row:
    return (
        row["chain"],
        row["key"],
        outcome.outcome,
        outcome.seq,
        outcome.reason[:80],
        outcome.sentence,
        json.dumps(outcome.missing) if outcome.missing else "[]",
        *(hint or (None, None)),
        places.next(row["device_id"]),
    )


def wait(conn: sa.Connection, outcomes: Iterable[Outcome]) -> None:
    """Keep what held Units wait for."""
    waits = [
        {"missing": missing, "unit_id": outcome.unit}
        for outcome in outcomes
        if outcome.outcome == HELD
        for missing in dict.fromkeys(outcome.missing)
        if is_id(missing)
    ]
    if waits:
        conn.execute(sa.insert(arrival_wait), waits)


def forget_waits(conn: sa.Connection, unit_ids: Sequence[str]) -> None:
    """These Units wait for nothing more, or will say anew what for."""
    if unit_ids:
        conn.execute(sa.delete(arrival_wait).where(arrival_wait.c.unit_id.in_(unit_ids)))


def in_force(became: Iterable[Became]) -> list[str]:
    """Ids of all that these outcomes wrote."""
    return [
        record_id
        for _, outcome, _ in became
        if outcome.outcome in DONE
        for _, record_id in outcome.records
    ]
