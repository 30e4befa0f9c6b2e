"""Judging what a laptop has handed in and nobody has judged: in order, in chunks.

A Unit may make the judging raise, or kill the worker that tries it. Neither delays the others: what
raises is halved until it stands alone and is held; what was tried before and has no outcome is tried
alone, and after three tries it is held untried.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from schema import points
from schema.change import HELD, Outcome, Unit
from server import bulk, devices, logs, moments
from server.arrivals import faults, outcomes
from server.arrivals.again import rerun_for
from server.arrivals.hints import hint
from server.arrivals.judging import Waiting, judge, withhold
from server.arrivals.tables import Row, arrival, chain
from server.config import settings
from server.db import reading, writing
from server.deadlocks import is_deadlock

CHUNK_UNITS = 200
CHUNK_CHANGES = 400
TRIES = 3
Fresh = Mapping[str, Any]


def judge_ready(device_id: str, fresh: Fresh) -> list[Outcome]:
    """Judge all that is in order from this laptop, and say what became of it.

    fresh: the Units that this request stored, which nobody can have tried before.
    """
    done: list[Outcome] = []
    most, deadlocks = CHUNK_UNITS, 0
    while waiting := _next(device_id, fresh, most):
        try:
            done += _judge_some(device_id, waiting)
            most = CHUNK_UNITS
        except faults.NOT_ITS_FAULT as error:
            deadlocks += 1
            if deadlocks > TRIES or not is_deadlock(error):
                raise
        except faults.ITS_FAULT as error:
            logs.failed(error)
            most = len(waiting) // 2
            if most == 0:
                done += _hold(device_id, waiting[0], error)
                most = CHUNK_UNITS
    return done


def is_ready(conn: sa.Connection, device_id: str) -> bool:
    """Whether anything of this laptop waits to be judged."""
    return bool(_ready(conn, device_id, 1))


def _next(device_id: str, fresh: Fresh, most: int) -> list[Waiting]:
    """What is judged next, together. What was tried before is tried alone, and counted first."""
    with reading() as conn:
        found = _ready(conn, device_id, most)
        new = list(takewhile(lambda row: row["unit_id"] in fresh, found))
        texts = _texts(conn, [row for row in new or found[:1] if not fresh.get(row["unit_id"])])
    together = [{**row, "payload": texts.get(row["unit_id"])} for row in new or found[:1]]
    if new or not found:
        return _within([Waiting.of(row, fresh[row["unit_id"]]) for row in together])
    with writing() as conn:
        return [_counted(conn, together[0])]


def _texts(conn: sa.Connection, waiting: Sequence[Row]) -> dict[str, str]:
    """What is stored of these rows, by the Unit's id."""
    if not waiting:
        return {}
    ids = [row["unit_id"] for row in waiting]
    as_id = bulk.decoder(arrival.c.unit_id, conn.dialect.name) or str
    found = bulk.select_rows(conn, arrival, ("unit_id", "payload"), "unit_id", ids, "AND acting")
    return {as_id(unit_id): payload for unit_id, payload in found}


def _counted(conn: sa.Connection, row: Row) -> Waiting:
    """One more try of this row, kept before it begins: a try may end the worker."""
    if row["attempts"] >= TRIES:
        return Waiting(row, faults.never_ended(row["unit_id"]))
    conn.execute(sa.update(arrival).where(_is(row)).values(attempts=arrival.c.attempts + 1))
    return Waiting.of(row)


def _is(row: Row) -> sa.ColumnElement[bool]:
    return sa.and_(arrival.c.chain == row["chain"], arrival.c.key == row["key"])


def _within(waiting: list[Waiting]) -> list[Waiting]:
    """As many of these as one transaction takes; one at least."""
    room = CHUNK_CHANGES
    for place, one in enumerate(waiting):
        room -= one.changes
        if room < 0:
            return waiting[: max(place, 1)]
    return waiting


def _ready(conn: sa.Connection, device_id: str, most: int) -> Sequence[Row]:
    """What is in order and has no outcome yet."""
    turns = [(name, turn) for name in _NEEDED if (turn := _as_text(conn, name))]
    asked = {"device": device_id, "most": most}
    found = [dict(row) for row in conn.execute(_IN_ORDER, asked).mappings()]
    for row in found:
        row.update({name: turn(row[name]) for name, turn in turns if row[name]})
    return found


def _as_text(conn: sa.Connection, name: str) -> Callable[[Any], Any] | None:
    return bulk.decoder(arrival.c[name], conn.dialect.name)


_PLAIN = sa.types.NullType()
_NEEDED = (
    "chain",
    "key",
    "n",
    "unit_id",
    "account_id",
    "device_id",
    "attempts",
    "received_at",
)
_IN_ORDER = (
    # As the driver has them: SQLAlchemy makes an object of each id to make a text of it.
    sa.select(*(sa.type_coerce(arrival.c[name], _PLAIN).label(name) for name in _NEEDED))
    .join(chain, chain.c.chain == arrival.c.chain)
    .where(
        arrival.c.device_id == sa.bindparam("device"),
        arrival.c.outcome.is_(None),
        arrival.c.n <= chain.c.last_n,
    )
    .order_by(chain.c.incarnation, arrival.c.chain, arrival.c.n)
    .limit(sa.bindparam("most"))
)


def _judge_some(device_id: str, waiting: Sequence[Waiting]) -> list[Outcome]:
    with writing() as conn:
        devices.lock(conn, device_id)
        still = _still_waiting(conn, waiting)
        how = withhold if devices.is_revoked(conn, device_id) else judge
        became = how(conn, [one for one in waiting if one.row["unit_id"] in still])
        outcomes.write(conn, became)
        _rerun_after(conn, became)
        points.reach("before commit")
    return [outcome for _, outcome, _ in became]


def _still_waiting(conn: sa.Connection, waiting: Sequence[Waiting]) -> set[str]:
    """Which of these nobody has judged meanwhile: another request of the same laptop may have."""
    ids = [one.row["unit_id"] for one in waiting]
    still = "AND acting AND outcome IS NULL"
    as_id = bulk.decoder(arrival.c.unit_id, conn.dialect.name) or str
    found = bulk.select_rows(conn, arrival, ("unit_id",), "unit_id", ids, still)
    return {as_id(unit_id) for (unit_id,) in found}


def _rerun_after(conn: sa.Connection, became: Sequence[outcomes.Became]) -> None:
    """Judge again what waited for these, and what waits for something that came just now.

    The second is for two transactions at once, of which neither saw what the other brought.
    """
    missing = [i for _, o, _ in became if o.outcome == HELD for i in o.missing]
    rerun_for(conn, [*outcomes.in_force(became), *outcomes.has_come(conn, missing)])


def _hold(device_id: str, one: Waiting, error: Exception) -> list[Outcome]:
    """Hold the one Unit that raised."""
    outcome = faults.raised_alone(one.row["unit_id"], error)
    with writing() as conn:
        devices.lock(conn, device_id)
        shown_to = None
        if isinstance(one.unit, Unit):
            shown_to = hint(conn, one.unit, outcome, moments.today(settings().timezone))
        outcomes.write(conn, [(one.row, outcome, shown_to)])
    return [outcome]
