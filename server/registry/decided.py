"""The decision on somebody's age as people read it: what was decided, why, by whom and when."""

from dataclasses import dataclass

import sqlalchemy as sa

from schema.record import Record
from schema.rules.safeguards import DECISION
from server.tables import commit_row, history


@dataclass(frozen=True)
class Decided:
    """verdict: a code of AGE_DECISION. at: when the registry had it."""

    verdict: str
    reason: str
    by: str
    at: str


def age_decision(conn: sa.Connection, person: Record) -> Decided | None:
    """The decision in force on this person, whom the reader may read; None while nobody has decided."""
    verdict = person.get("age_decision")
    if not verdict:
        return None
    number = max(person.version_of(name)[0] for name in DECISION)
    query = sa.select(history.c.by, commit_row.c.at)
    query = query.join(commit_row, commit_row.c.no == history.c.commit_no)
    row = conn.execute(query.where(history.c.seq == number)).one()
    return Decided(str(verdict), str(person.get("age_decision_reason") or ""), row.by, row.at)
