"""Judging again what is held: because what it waited for has come, or because a person asks.

Each in its own savepoint: what raises here must not undo what somebody else has just written.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from schema.change import APPLIED, DISPUTED, MERGED, SET, Unit
from schema.merge import written
from schema.record import Key
from server import ledger, logs
from server.arrivals import faults, gaps, outcomes, payloads
from server.arrivals.judging import NOTHING_LOST, Waiting, judge
from server.arrivals.kept import waiting_for
from server.arrivals.tables import Row, arrival, rows

IN_FORCE = (APPLIED, MERGED, DISPUTED)


def rerun(conn: sa.Connection, written: Iterable[Key]) -> None:
    """Judge again what is held for one of these records. Call it after what wrote them (R9)."""
    rerun_for(conn, [record_id for _, record_id in written])


def rerun_for(conn: sa.Connection, ids: Sequence[str]) -> None:
    """Judge again what is held for one of these ids, and what is held for what that writes."""
    while unit_ids := waiting_for(conn, ids):
        ledger.lock(conn)
        ids = [i for row in held_rows(conn, unit_ids) for i in again(conn, row)]


def again(conn: sa.Connection, row: Row) -> list[str]:
    """Judge a held row once more; the ids of what it wrote. Call it under the counter's lock."""
    before = (row["outcome"], row["reason"], row["sentence"])
    one = Waiting.of(row)
    if isinstance(one.unit, Unit):
        one = Waiting(row, one.unit, _written_since(conn, row, one.unit))
    became = _judged_apart(conn, one)
    outcome = became[1]
    outcomes.forget_waits(conn, [outcome.unit])
    if (outcome.outcome, outcome.reason, outcome.sentence) == before:
        outcomes.wait(conn, [outcome])
    else:
        outcomes.write(conn, [became])
    return outcomes.in_force([became])


def held_rows(conn: sa.Connection, unit_ids: Sequence[str]) -> Sequence[Row]:
    """The rows of these Units that are held and not closed, or wait behind a gap, in order."""
    query = sa.select(arrival).where(
        arrival.c.unit_id.in_(unit_ids),
        arrival.c.acting,
        arrival.c.device_id.is_not(None),
        gaps.held_or_behind(),
    )
    return rows(conn, query.order_by(arrival.c.chain, arrival.c.n))


def _judged_apart(conn: sa.Connection, one: Waiting) -> outcomes.Became:
    try:
        with conn.begin_nested():
            return judge(conn, [one])[0]
    except faults.NOT_ITS_FAULT:
        raise
    except faults.ITS_FAULT as error:
        logs.failed(error)
        shown_to = (one.row["compartment"], one.row["scope"])
        return one.row, faults.raised_alone(one.row["unit_id"], error), shown_to


def _written_since(conn: sa.Connection, row: Row, unit: Unit) -> frozenset[tuple[str, str]]:
    """The fields that later Units of the same log have written: a retry passes over them (R18)."""
    ids = {change.record for change in unit.changes if change.verb == SET}
    if not ids or row["n"] is None:
        return NOTHING_LOST
    named = [arrival.c.payload.contains(record_id) for record_id in ids]
    query = sa.select(arrival.c.payload).where(
        arrival.c.chain == row["chain"],
        arrival.c.n > row["n"],
        arrival.c.outcome.in_(IN_FORCE),
        sa.or_(*named, arrival.c.payload.startswith("age:")),
    )
    later = [payloads.read(payload) for payload in conn.execute(query).scalars()]
    return frozenset(title for unit_then in later for title in _titles(unit_then, ids))


def _titles(unit: Unit, ids: set[str]) -> Iterable[tuple[str, str]]:
    for change in unit.changes:
        if change.verb == SET and change.record in ids:
            yield from ((change.record, name) for name in written(change))
