"""My work: visits due and overdue, what is only here, and what was begun, each with its oldest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, url_for

from field_client import moments
from field_client.pages import passage, visits
from field_client.pages.desk import db
from field_client.pages.register.draft import stores
from field_client.store import due as clocks
from field_client.store import outbox, reading, rows, states
from schema.clocks import CLOCKS, Due
from schema.entities import BY_NOUN, ORDER
from schema.said import Said

AHEAD = timedelta(days=7)
MOST = 200
# What the registry writes beside a record is not what the officer did.
MARKS = ("flag", "dispute")
SEALED = Said("Handed over, sealed")

bp = Blueprint("work", __name__, url_prefix="/work")


@dataclass(frozen=True)
class Line:
    """One thing to do or to know: of whom, what, since when, and where it opens."""

    href: str
    name: str
    what: Said
    day: str = ""
    since: str = ""


@bp.get("")
def show() -> str:
    """Everything that waits for this officer."""
    today = moments.today()
    due = visits.due(db(), today + AHEAD)
    late = [_visit(visit) for visit in due if visit.due < today.isoformat()]
    soon = [_visit(visit) for visit in due if visit.due >= today.isoformat()]
    pending = states.pending(db())
    return render_template(
        "work.html",
        late=late,
        soon=soon,
        waiting=_waiting(today),
        here=_only_here(),
        pending=pending,
    )


def _waiting(today: date) -> list[tuple[Said, list[Line]]]:
    """What the other clocks say is due, each with its words."""
    found = {name: some for name, some in clocks.all_due(db(), today).items() if name != "visit"}
    whose = clocks.whom(db(), {one.case_id for some in found.values() for one in some})
    named = dict(stores())
    lines = {
        name: [line for one in some if (line := _due(one, whose, named))]
        for name, some in found.items()
    }
    return [(clock.label, lines[clock.name]) for clock in CLOCKS if lines.get(clock.name)]


def _due(one: Due, whose: Mapping[str, tuple[str, str]], named: Mapping[str, str]) -> Line | None:
    """A line of somebody, or of a store, that is on this laptop."""
    what = Said(BY_NOUN[one.noun].label)
    if one.store_id in named:
        href = url_for("stores.show", store_id=one.store_id)
        return Line(href, named[one.store_id], what, day=one.day)
    if one.case_id not in whose:
        return None
    person_id, name = whose[one.case_id]
    return Line(url_for("people.show", person_id=person_id), name, what, day=one.day)


def _visit(visit: visits.Visit) -> Line:
    href = url_for("records.edit", noun="follow_up", record_id=visit.id)
    return Line(href, visit.name, Said(BY_NOUN["follow_up"].label), day=visit.due)


def _only_here() -> list[Line]:
    """What was saved here and is nowhere else, the oldest first; what is sealed says no more than that."""
    return [_unsent(line) for line in outbox.unsent(db())[:MOST]]


def _unsent(line: rows.Row) -> Line:
    sql = "SELECT entity, record_id FROM touched WHERE unit_id = ?"
    touched = rows.select(db(), sql, (line["unit_id"],))
    keys = [(r["entity"], r["record_id"]) for r in touched if r["entity"] not in MARKS]
    if not keys:
        return Line("", "", SEALED, since=line["saved_at"])
    noun, record_id = min(keys, key=lambda key: ORDER[key[0]])
    row = rows.fetch(db(), noun, record_id)
    person = passage.person_of(db(), noun, row) if row else ""
    name = reading.titles(db(), "person", [person]).get(person, "") if person else ""
    href = url_for("people.show", person_id=person) if person else ""
    return Line(href, name, Said(BY_NOUN[noun].label), since=line["saved_at"])
