"""Criteria of agreements as they are kept: ways in, and the versions of one agreement."""

from datetime import date, timedelta

import sqlalchemy as sa

from schema.change import Change
from schema.policy import Sight
from schema.record import Record
from schema.rules.criteria import ADOPTED
from server.registry import records
from server.tables import table_of


def ways_in(conn: sa.Connection, sight: Sight, set_id: str) -> dict[str, list[Record]]:
    """The criteria of a version by way in, each way in the order in which it was written."""
    found = records.below(conn, sight, "criterion", "criteria_set_id", set_id)
    ways: dict[str, list[Record]] = {}
    for one in found:
        if not one.get("withdrawn_at"):
            ways.setdefault(str(one.get("path") or ""), []).append(one)
    return ways


def next_edition(conn: sa.Connection, sight: Sight, found: Record) -> int:
    """The number after the highest that versions of this agreement have."""
    return 1 + max(int(one.get("edition") or 0) for one in _versions(conn, sight, found))


def ending(conn: sa.Connection, sight: Sight, found: Record, begins: str) -> list[Change]:
    """The changes by which earlier versions of the same agreement end the day before this begins."""
    last = (date.fromisoformat(begins) - timedelta(days=1)).isoformat()
    return [
        Change("set", "criteria_set", one.id, {"valid_to": last}, {"valid_to": one.get("valid_to")})
        for one in _versions(conn, sight, found)
        if one.id != found.id and _runs_on(one, begins)
    ]


def _runs_on(one: Record, begins: str) -> bool:
    """Whether a version is in force until after another begins."""
    ends, since = one.get("valid_to"), one.get("valid_from")
    started = one.get("state") == ADOPTED and bool(since) and since < begins
    return started and (not ends or ends >= begins) and not one.get("withdrawn_at")


def _versions(conn: sa.Connection, sight: Sight, found: Record) -> list[Record]:
    table = table_of("criteria_set")
    same = sa.select(table.c.id).where(table.c.code == found.get("code"))
    ids = [*conn.execute(same).scalars(), found.id]
    known = (records.find(conn, sight, "criteria_set", one) for one in dict.fromkeys(ids))
    return [one for one in known if one]
