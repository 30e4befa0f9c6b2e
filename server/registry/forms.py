"""Numbered forms of the whole registry: the balance of each batch, from its events."""

from collections.abc import Iterator

import sqlalchemy as sa

from schema.numbered import Counted, counted
from server.tables import table_of

_BATCH = ("id", "first_number", "last_number")
_EVENT = ("id", "first", "event", "date", "first_number", "last_number", "form_stock_id")


def balances(conn: sa.Connection) -> Iterator[Counted]:
    """The balance of each batch that was not withdrawn."""
    batches, events = table_of("form_stock"), table_of("form_event")
    standing = sa.select(*(events.c[name] for name in _EVENT)).where(
        events.c.withdrawn_at.is_(None)
    )
    below: dict[str, list[sa.RowMapping]] = {}
    for row in conn.execute(standing).mappings():
        below.setdefault(str(row["form_stock_id"]), []).append(row)
    query = sa.select(*(batches.c[name] for name in _BATCH))
    for batch in conn.execute(query.where(batches.c.withdrawn_at.is_(None))).mappings():
        yield counted(dict(batch), map(dict, below.get(batch["id"], ())))
