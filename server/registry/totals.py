"""How many there are, counted as lists count: exactly up to a thousand."""

from dataclasses import dataclass

import sqlalchemy as sa

from schema.policy import Sight
from server.registry import disputes as open_disputes
from server.registry.lanes import inside, lanes
from server.registry.paging import COUNTED, counted
from server.tables import table_of


@dataclass(frozen=True)
class Total:
    """A count, and whether there are more."""

    count: int
    more: bool


def of(conn: sa.Connection, sight: Sight, noun: str) -> Total:
    """How many records of a noun somebody may read."""
    table = table_of(noun)
    return _total(counted(conn, sa.select(sa.literal(1)).where(inside(table, lanes(sight, noun)))))


def disputes(conn: sa.Connection, sight: Sight) -> Total:
    """How many open disputes somebody may see."""
    return _total(open_disputes.count(conn, sight))


def _total(found: int) -> Total:
    return Total(min(found, COUNTED), found > COUNTED)
