"""Everything of one person that somebody may see: the person, the cases, and what hangs on one of them."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.entities import BY_NOUN, under
from schema.policy import EVERYWHERE, Sight
from schema.record import Record
from schema.rules.safeguards import CHILD
from server.registry import records
from server.registry.decided import Decided, age_decision
from server.registry.labels import Labels, labels
from server.registry.marks import open_on
from server.registry.timeline import Past, timeline


@dataclass(frozen=True)
class CaseFile:
    """One person with one case, as this reader sees them; case is None for a person without one.

    parts: what hangs on the case, by noun; a noun that is not for this reader is not there.
    weapons_elsewhere: there may be weapons in stores that this reader does not see.
    """

    person: Record
    case: Record | None
    cases: tuple[Record, ...] = ()
    parts: dict[str, list[Record]] = field(default_factory=dict)
    weapons_elsewhere: bool = False
    disputes: tuple[Record, ...] = ()
    flags: tuple[Record, ...] = ()
    past: tuple[Past, ...] = ()
    older: bool = False
    decided: Decided | None = None
    labels: Labels = field(default_factory=dict)


def case_file(conn: sa.Connection, sight: Sight, case_id: str) -> CaseFile:
    """The file of a case. Raises NotFound."""
    case = records.get(conn, sight, "case", case_id)
    person = records.get(conn, sight, "person", str(case.get("person_id")))
    return _file(conn, sight, person, case)


def person_file(conn: sa.Connection, sight: Sight, person_id: str) -> CaseFile:
    """The file of a person with the newest of their cases. Raises NotFound."""
    return _file(conn, sight, records.get(conn, sight, "person", person_id), None)


def _file(conn: sa.Connection, sight: Sight, person: Record, chosen: Record | None) -> CaseFile:
    cases = records.below(conn, sight, "case", "person_id", person.id)
    case = chosen or (cases[-1] if cases else None)
    parts = _parts(conn, sight, case)
    everything = [person, *cases, *(record for part in parts.values() for record in part)]
    ids = [record.id for record in everything]
    past, older = timeline(conn, sight, everything)
    return CaseFile(
        person,
        case,
        tuple(cases),
        parts,
        EVERYWHERE not in sight.scopes("read", "weapons"),
        tuple(open_on(conn, sight, "dispute", ids)),
        tuple(open_on(conn, sight, "flag", ids)),
        tuple(past),
        older,
        age_decision(conn, person),
        labels(conn, sight, everything),
    )


def _parts(conn: sa.Connection, sight: Sight, case: Record | None) -> dict[str, list[Record]]:
    if case is None:
        return {}
    parts = [(e.noun, name) for e, name in under("case") if _is_for(sight, e.noun, case)]
    return records.hanging(conn, sight, parts, case.id)


def _is_for(sight: Sight, noun: str, case: Record) -> bool:
    """Whether this reader has to do with such records at all: of a child, with all on the case."""
    compartment = BY_NOUN[noun].compartment
    if noun == "weapon":
        concerned = any(sight.anywhere(verb, compartment) for verb in ("read", "create"))
        return case.compartment != CHILD and concerned
    if case.compartment == CHILD:
        return not BY_NOUN[noun].military
    return sight.anywhere("read", compartment)
