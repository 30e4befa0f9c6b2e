"""Records of reference data by their codes, for lists that may say again what is there already."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from server.tables import table_of


def with_code(conn: sa.Connection, noun: str, code: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The records of a noun whose code, in the field or fields that make it, is this."""
    table = table_of(noun)
    same = [table.c[name] == value for name, value in code.items()]
    query = sa.select(table).where(*same, table.c.withdrawn_at.is_(None))
    return [dict(row) for row in conn.execute(query.order_by(table.c.first)).mappings()]
