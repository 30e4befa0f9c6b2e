"""What this deployment has declared, for readers: its fields and its codes, in force or retired."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from schema.deployment import Deployment
from server.tables import fields_of, table_of


def deployment(conn: sa.Connection, language: str = "en") -> Deployment:
    """All declarations, read at once. They are for everybody who asks or reads what is recorded."""
    return Deployment(_rows(conn, "custom_field"), _rows(conn, "code"), language)


def _rows(conn: sa.Connection, noun: str) -> list[Mapping[str, Any]]:
    table = table_of(noun)
    named = [table.c[name] for name in fields_of(noun)]
    query = sa.select(table.c.id, *named).where(table.c.withdrawn_at.is_(None))
    return [dict(row) for row in conn.execute(query.order_by(table.c.id)).mappings()]
