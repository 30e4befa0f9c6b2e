"""What there is to choose from where a form refers to a record: short lists whole, long ones not at all."""

from collections.abc import Sequence

import sqlalchemy as sa

from schema.entities import SCOPES
from schema.policy import EVERYWHERE, Sight
from server.registry.lanes import Clause, lanes, visible
from server.tables import table_of

OFFERED = ("caseload", "store", "organisation", "armed_group")


def choices(
    conn: sa.Connection, sight: Sight, noun: str, to: str, most: int
) -> Sequence[tuple[str, str]]:
    """(id, words) of all that a record of this noun may refer to; empty where they are too many.

    Of caseloads and stores only those in which this person may record such a thing, or see it.
    """
    if to not in OFFERED:
        return ()
    table = table_of(to)
    clauses: list[Clause] = [visible(table, sight, to), table.c.withdrawn_at.is_(None)]
    if to in SCOPES:
        clauses += _mine(sight, noun, table)
    query = sa.select(table.c.id, table.c.code, table.c.name).where(*clauses)
    rows = conn.execute(query.order_by(table.c.code, table.c.id).limit(most + 1)).all()
    if len(rows) > most:
        return ()
    return [(row.id, _words(row.code, row.name)) for row in rows]


def _mine(sight: Sight, noun: str, table: sa.Table) -> list[Clause]:
    open_to = {lane.scope for verb in ("create", "read") for lane in lanes(sight, noun, verb)}
    if None in open_to:
        return []
    return [table.c.id.in_(sorted(scope for scope in open_to if scope and scope != EVERYWHERE))]


def _words(code: str | None, name: str | None) -> str:
    return f"{name} ({code})" if name and code and name != code else name or code or ""
