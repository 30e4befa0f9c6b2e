"""Records of reference data by their codes, for lists that may say again what is there already."""

from typing import Any

import sqlalchemy as sa

from server.tables import table_of


def with_code(conn: sa.Connection, noun: str, name: str, code: str) -> list[dict[str, Any]]:
    """The records of a noun whose code, in the field of this name, is this."""
    table = table_of(noun)
    query = sa.select(table).where(table.c[name] == code, table.c.withdrawn_at.is_(None))
    return [dict(row) for row in conn.execute(query.order_by(table.c.first)).mappings()]
