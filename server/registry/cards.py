"""A card by its code, whoever's it is: who holds one in hand may learn whether it is good, and no more."""

import sqlalchemy as sa

from schema.record import Record
from server.loaded import record_of
from server.tables import table_of


def with_token(conn: sa.Connection, token: str) -> list[tuple[Record, list[Record]]]:
    """The cards with this token, with what became of each; of all caseloads."""
    table = table_of("card")
    found = conn.execute(sa.select(table).where(table.c.token == token)).mappings().all()
    return [(record_of("card", row), _events(conn, row["id"])) for row in found]


def _events(conn: sa.Connection, card_id: str) -> list[Record]:
    table = table_of("card_event")
    rows = conn.execute(sa.select(table).where(table.c.card_id == card_id)).mappings()
    return [record_of("card_event", row) for row in rows]
