"""What a laptop is told of its own log: how far it is here, what was given up, what became of it."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from schema.chains import incarnation_of
from server.arrivals.kept import PART
from server.arrivals.tables import Row, arrival, chain, given_up

Result = list[Any]
Runs = dict[str, list[list[Any]]]


def chains(conn: sa.Connection, device_id: str) -> list[Row]:
    """The chains of a laptop's incarnations; lines that linked to nothing are in none of them."""
    return [dict(row) for row in conn.execute(_CHAINS, {"device": device_id}).mappings()]


_CHAINS = (
    sa.select(chain)
    .where(chain.c.device_id == sa.bindparam("device"), chain.c.incarnation > 0)
    .order_by(chain.c.incarnation)
)


def missing(conn: sa.Connection, device_id: str) -> dict[int, list[tuple[int, int]]]:
    """Ranges that were given up and have not come since, by incarnation."""
    found: dict[int, list[tuple[int, int]]] = {}
    for gap in conn.execute(_GIVEN_UP, {"device": device_id}).mappings():
        come = sa.select(arrival.c.n).where(
            arrival.c.chain == gap["chain"], arrival.c.n.between(gap["first_n"], gap["last_n"])
        )
        there = conn.execute(come.order_by(arrival.c.n)).scalars()
        still = _without(gap["first_n"], gap["last_n"], there)
        if still:
            found.setdefault(gap["incarnation"], []).extend(still)
    return found


_GIVEN_UP = (
    sa.select(chain.c.incarnation, given_up.c.chain, given_up.c.first_n, given_up.c.last_n)
    .join(chain, chain.c.chain == given_up.c.chain)
    .where(chain.c.device_id == sa.bindparam("device"))
    .order_by(given_up.c.chain, given_up.c.first_n)
)


def _without(low: int, high: int, there: Iterable[int | None]) -> list[tuple[int, int]]:
    """The ranges that are left of low to high without these."""
    left: list[tuple[int, int]] = []
    for n in there:
        if n is not None and n > low:
            left.append((low, n - 1))
        low = (n or 0) + 1
    return [*left, (low, high)] if low <= high else left


def received_since(conn: sa.Connection, moment: str) -> int:
    """How many Units laptops have handed in since this moment."""
    counts = sa.and_(
        arrival.c.received_at >= moment, arrival.c.device_id.is_not(None), arrival.c.acting
    )
    return conn.execute(sa.select(sa.func.count()).where(counts)).scalar_one()


def given_up_since(conn: sa.Connection, moment: str) -> int:
    """How many Units have been given up since this moment, whether they have come since or not."""
    size = sa.func.sum(given_up.c.last_n - given_up.c.first_n + 1)
    return int(conn.execute(sa.select(size).where(given_up.c.at >= moment)).scalar() or 0)


def results(
    conn: sa.Connection,
    device_id: str,
    since: int,
    repeated: Sequence[str],
    by_number: Container[str] = (),
) -> tuple[int, list[Result], Runs]:
    """(cursor, outcomes that changed after ``since`` or came again, outcomes in runs) (R12).

    by_number: the Units whose numbers the laptop knows, because it has just said them.
    """
    found = conn.execute(_AFTER, {"device": device_id, "since": since}).all()
    told = [row for row in found if row.unit_id in by_number and not row.reason]
    known = {row.unit_id for row in told}
    said = {row.unit_id: list(row[:-3]) for row in found if row.unit_id not in known}
    seen = found[-1].position if found else since
    again = _again(conn, [i for i in repeated if i not in said and i not in known])
    return seen, [*again, *said.values()], _runs(told)


def _runs(told: Iterable[Any]) -> Runs:
    """By incarnation: [the first number, outcomes, how far each change number is above the one before]."""
    runs: Runs = {}
    last: tuple[str, int, int] = ("", 0, 0)
    for row in told:
        if last[:2] != (row.chain, row.n - 1):
            runs.setdefault(incarnation_of(row.chain), []).append([row.n, [], []])
            last = (row.chain, row.n, 0)
        _, outcomes, steps = runs[incarnation_of(row.chain)][-1]
        outcomes.append(row.outcome)
        steps.append(row.seq - last[2])
        last = (row.chain, row.n, row.seq)
    return runs


_SAID = (
    arrival.c.unit_id,
    arrival.c.outcome,
    arrival.c.seq,
    arrival.c.reason,
    arrival.c.sentence,
)


_AFTER = (
    sa.select(*_SAID, arrival.c.position, arrival.c.chain, arrival.c.n)
    .where(
        arrival.c.device_id == sa.bindparam("device"),
        arrival.c.position > sa.bindparam("since"),
        arrival.c.acting,
    )
    .order_by(arrival.c.position)
)


def _again(conn: sa.Connection, unit_ids: list[str]) -> list[Result]:
    found: list[Result] = []
    for start in range(0, len(unit_ids), PART):
        query = sa.select(*_SAID).where(
            arrival.c.unit_id.in_(unit_ids[start : start + PART]),
            arrival.c.acting,
            arrival.c.outcome.is_not(None),
        )
        found += [list(row) for row in conn.execute(query)]
    return found
