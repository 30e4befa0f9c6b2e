"""Visits that are planned and not done, and how many people there are."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from field_client.store import due as clocks
from field_client.store.rows import one


@dataclass(frozen=True)
class Visit:
    """A visit that is due, and to whom."""

    id: str
    due: str
    person_id: str
    name: str


def due(db: Database, until: date) -> list[Visit]:
    """Visits due by this day and not done, the oldest first."""
    found = clocks.of(db, "visit", until)
    whose = clocks.whom(db, {one.case_id for one in found})
    return [
        Visit(one.record_id, one.day, *whose[one.case_id]) for one in found if one.case_id in whose
    ]


def people(db: Database) -> int:
    """How many people this laptop holds."""
    return int(one(db, "SELECT count(*) FROM person") or 0)
