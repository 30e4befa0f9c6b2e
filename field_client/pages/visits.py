"""Visits that are planned and not done, and how many people there are."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from field_client.store.rows import one, select

MOST = 200


@dataclass(frozen=True)
class Visit:
    """A visit that is due, and to whom."""

    id: str
    due: str
    person_id: str
    name: str


def due(db: Database, until: date) -> list[Visit]:
    """Visits due by this day and not done, the oldest first."""
    sql = (
        "SELECT f.id, f.due_date, p.id AS person_id, p.name FROM follow_up f"
        ' JOIN "case" c ON c.id = f.case_id JOIN person p ON p.id = c.person_id'
        " WHERE f.due_date <= ? AND f.done_date IS NULL AND f.withdrawn_at IS NULL"
        " ORDER BY f.due_date, f.id LIMIT ?"
    )
    found = select(db, sql, (until.isoformat(), MOST))
    return [Visit(r["id"], r["due_date"], r["person_id"], r["name"] or "") for r in found]


def people(db: Database) -> int:
    """How many people this laptop holds."""
    return int(one(db, "SELECT count(*) FROM person") or 0)
