"""What is due on this laptop, told by the one function of both ends."""

from collections.abc import Collection
from datetime import date

from sqlite_utils import Database

from field_client.store import overlay, rows
from field_client.store.facts import Rights, device
from schema.clocks import BY_NAME, CLOCKS, Clock, Due, due
from schema.record import Working

MOST = 200


def all_due(db: Database, until: date) -> dict[str, list[Due]]:
    """By clock, what is due by this day, the longest overdue first."""
    work = overlay.working(db, device(db), Rights(db))
    return {clock.name: _due(db, clock, work, until) for clock in CLOCKS}


def of(db: Database, name: str, until: date) -> list[Due]:
    """What one clock says."""
    work = overlay.working(db, device(db), Rights(db))
    return _due(db, BY_NAME[name], work, until)


def _due(db: Database, clock: Clock, work: Working, until: date) -> list[Due]:
    empty = "".join(f' AND "{name}" IS NULL' for name in clock.empty)
    only = "".join(f' AND "{name}" = ?' for name in clock.only)
    within = " AND compartment = ?" if clock.compartment else ""
    where = (
        f'"{clock.counts_from}" <= ? AND withdrawn_at IS NULL{empty}{only}{within}'
        f' ORDER BY "{clock.counts_from}", id'
    )
    said = (clock.latest(until), *clock.only.values(), *filter(None, [clock.compartment]))
    found = rows.fetch_where(db, clock.noun, where, said)
    return due(clock, [rows.as_record(clock.noun, row) for row in found], work, until)[:MOST]


def whom(db: Database, cases: Collection[str]) -> dict[str, tuple[str, str]]:
    """(id, name) of the person of each of these cases."""
    marks = ", ".join("?" * len(cases))
    sql = (
        'SELECT c.id, p.id AS person_id, p.name FROM "case" c JOIN person p ON p.id = c.person_id'
        f" WHERE c.id IN ({marks})"
    )
    return {r["id"]: (r["person_id"], r["name"] or "") for r in rows.select(db, sql, list(cases))}
