"""Who may see the bytes of attachments: who may read a record that names them."""

from collections.abc import Collection

import sqlalchemy as sa

from schema.record import Bucket
from server.tables import table_of

_PART = 400


def named(conn: sa.Connection) -> dict[str, str]:
    """Every hash that a record names, withdrawn ones too, with the chain on which it was made."""
    table, found = table_of("attachment"), dict[str, str]()
    for column in (table.c.sha256, table.c.preview_sha256):
        query = sa.select(column, table.c.origin).where(column.is_not(None))
        found |= {row[0]: row[1] for row in conn.execute(query)}
    return found


def readable(
    conn: sa.Connection, buckets: Collection[Bucket], hashes: Collection[str]
) -> frozenset[str]:
    """Those of these hashes that a record names, not withdrawn, in one of these buckets."""
    table, wanted, found = table_of("attachment"), sorted(hashes), set()
    for start in range(0, len(wanted), _PART):
        some = wanted[start : start + _PART]
        for column in (table.c.sha256, table.c.preview_sha256):
            query = sa.select(column, table.c.compartment, table.c.scope).where(column.in_(some))
            for row in conn.execute(query.where(table.c.withdrawn_at.is_(None))):
                if (row.compartment, row.scope) in buckets:
                    found.add(row[0])
    return frozenset(found)
