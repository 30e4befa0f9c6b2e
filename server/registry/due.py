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


def all_due(conn: sa.Connection, sight: Sight, until: date) -> dict[str, list[Due]]:
    """By clock, what is due by this day, the longest overdue first; a clock that is not theirs is not there."""
    loaded = Loaded(conn)
    return {
        clock.name: _due(conn, sight, clock, loaded, until)
        for clock in CLOCKS
        if lanes(sight, clock.noun)
    }


def _due(conn: sa.Connection, sight: Sight, clock: Clock, loaded: Loaded, until: date) -> list[Due]:
    table = table_of(clock.noun)
    begun = table.c[clock.counts_from]
    query = sa.select(table).where(
        inside(table, lanes(sight, clock.noun)),
        begun <= clock.latest(until),
        table.c.withdrawn_at.is_(None),
        *(table.c[name].is_(None) for name in clock.empty),
        *(table.c[name] == value for name, value in clock.only.items()),
    )
    rows = conn.execute(query.order_by(begun, table.c.id).limit(MOST)).mappings()
    records = [record_of(clock.noun, row) for row in rows]
    _ahead(loaded, clock, records)
    return due(clock, records, Working(loaded), until)


def _ahead(loaded: Loaded, clock: Clock, records: Sequence[Record]) -> None:
    """Load what the records hang on and what their clock looks at, set by set."""
    entity = BY_NOUN[clock.noun]
    ref = entity.refs().get(entity.hangs_on)
    if ref and records:
        loaded.fetch(
            ref.to, {str(r.get(entity.hangs_on)) for r in records if r.get(entity.hangs_on)}
        )
    noun, by = clock.below
    parents = {str(r.id if by == "id" else r.get(by)) for r in records if by == "id" or r.get(by)}
    if noun and parents:
        loaded.fetch_below(noun, parents)
