"""What stands marked on records: open disputes and flags. They live in their record's bucket."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from schema.policy import Sight
from schema.record import Key, Record
from server.loaded import record_of
from server.registry.lanes import may
from server.tables import table_of

Marks = Mapping[str, frozenset[str]]


def marks_of(conn: sa.Connection, keys: Iterable[Key]) -> Marks:
    """Which of these records, all of which may be seen, have an open dispute or flag."""
    wanted = set(keys)
    found: dict[str, frozenset[str]] = {}
    for noun in ("dispute", "flag"):
        table = table_of(noun)
        query = sa.select(table.c.entity, table.c.record_id).where(
            table.c.record_id.in_({record_id for _, record_id in wanted}), table.c.state == "open"
        )
        for entity, record_id in conn.execute(query):
            if (entity, record_id) in wanted:
                found[record_id] = found.get(record_id, frozenset()) | {noun}
    return found


def open_on(conn: sa.Connection, sight: Sight, noun: str, ids: Iterable[str]) -> list[Record]:
    """The open disputes, or flags, on these records; oldest first."""
    table = table_of(noun)
    query = sa.select(table).where(table.c.record_id.in_(list(ids)), table.c.state == "open")
    rows = conn.execute(query.order_by(table.c.first, table.c.id)).mappings()
    found = [record_of(noun, row) for row in rows]
    return [record for record in found if may(sight, "read", record)]
