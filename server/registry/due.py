"""What is due for a reader: each clock's open records in their sight, told by the one function of both ends."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from schema.clocks import CLOCKS, Clock, Due, due
from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.record import Record, Working
from server.loaded import Loaded, record_of
from server.registry.lanes import inside, lanes
from server.tables import table_of

# A longer list is a backlog, and its count says so.
MOST = 200
# How many records one query reads.
AT_ONCE = 400


def all_due(conn: sa.Connection, sight: Sight, until: date) -> dict[str, list[Due]]:
    """By clock, what is due by this day, the longest overdue first; a clock that is not theirs is not there."""
    loaded = Loaded(conn)
    return {
        clock.name: _due(conn, sight, clock, loaded, until)
        for clock in CLOCKS
        if lanes(sight, clock.noun)
    }


def _due(conn: sa.Connection, sight: Sight, clock: Clock, loaded: Loaded, until: date) -> list[Due]:
    """What runs of it. What has stopped is no part of the count, however much of it is older."""
    found: list[Due] = []
    last: tuple[str, str] | None = None
    while len(found) < MOST:
        records = _begun(conn, sight, clock, until, last)
        _ahead(loaded, clock, records)
        found += due(clock, records, Working(loaded), until)
        if len(records) < AT_ONCE:
            break
        last = str(records[-1].get(clock.counts_from)), records[-1].id
    return found[:MOST]


def _begun(
    conn: sa.Connection, sight: Sight, clock: Clock, until: date, last: tuple[str, str] | None
) -> list[Record]:
    """The next records whose clock has begun and may run, the oldest first."""
    table = table_of(clock.noun)
    begun = table.c[clock.counts_from]
    query = sa.select(table).where(
        inside(table, lanes(sight, clock.noun)),
        begun <= clock.latest(until),
        table.c.withdrawn_at.is_(None),
        *([table.c.compartment == clock.compartment] if clock.compartment else []),
        *(table.c[name].is_(None) for name in clock.empty),
        *(table.c[name] == value for name, value in clock.only.items()),
    )
    if last is not None:
        day, record_id = last
        after = sa.and_(begun == day, table.c.id > record_id)
        query = query.where(sa.or_(begun > day, after))
    rows = conn.execute(query.order_by(begun, table.c.id).limit(AT_ONCE)).mappings()
    return [record_of(clock.noun, row) for row in rows]


def _ahead(loaded: Loaded, clock: Clock, records: Sequence[Record]) -> None:
    """Load what the records hang on and what their clock looks at, set by set."""
    entity = BY_NOUN[clock.noun]
    ref = entity.refs().get(entity.hangs_on)
    if ref and records:
        loaded.fetch(
            ref.to, {str(r.get(entity.hangs_on)) for r in records if r.get(entity.hangs_on)}
        )
    for noun, by in clock.below:
        parents = {
            str(r.id if by == "id" else r.get(by)) for r in records if by == "id" or r.get(by)
        }
        if parents:
            loaded.fetch_below(noun, parents)
