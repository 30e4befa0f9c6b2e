"""Eligibility as its readers see it: what waits for whom, and one case with what the criteria say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.record import Record, Working
from schema.rules.criteria import ADOPTED, in_force
from schema.rules.eligibility import Assessment, assess
from schema.rules.standing import (
    DECISIONS,
    PROPOSALS,
    REFUSALS,
    Standing,
    answer_until,
    appeal_state,
    appeal_until,
    standing,
)
from server.loaded import Loaded, record_of
from server.registry import records
from server.registry.labels import named
from server.registry.lanes import Clause, lanes, may, visible
from server.tables import table_of

MOST = 200
_BACKGROUND = "background"


class Seen(Loaded):
    """Rows as the criteria are asked for one reader: what is said of an armed group only to who reads that.

    A verdict is not a record: how many weapons count is told to whoever decides on the case.
    """

    def __init__(self, conn: sa.Connection, sight: Sight, scope: str) -> None:
        super().__init__(conn)
        self.sight, self.scope = sight, scope

    def below(self, entity: str, parent_id: str) -> Sequence[Record]:
        """What hangs on the parent, as far as this reader may know of it."""
        found = super().below(entity, parent_id)
        if BY_NOUN[entity].compartment != _BACKGROUND:
            return list(found)
        return [record for record in found if may(self.sight, "read", record)]

    def knows(self, entity: str, record_id: str) -> bool:
        """Whether this reader is told of all there is."""
        hidden = BY_NOUN[entity].compartment == _BACKGROUND
        return not hidden or self.sight.may("read", _BACKGROUND, self.scope)


@dataclass(frozen=True)
class Screening:
    """One case as it stands. until: last day to appeal; sets: the criteria in force, with what they say."""

    case: Record
    standing: Standing
    sets: tuple[tuple[Record, Assessment], ...]
    appeal_until: str | None
    criteria_set: Record | None


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: for whom, since when, by when."""

    act: Record
    who: str
    since: str
    due: str | None = None
    state: str = ""


@dataclass(frozen=True)
class Queue:
    """What waits for a decision, what for being read out; more: whether there is more than is shown."""

    decide: tuple[Waiting, ...]
    tell: tuple[Waiting, ...]
    more: bool


def screening(conn: sa.Connection, sight: Sight, case_id: str, on: date) -> Screening:
    """Where a case stands and what the criteria in force say of it. Raises NotFound."""
    case = records.get(conn, sight, "case", case_id)
    work = Working(Seen(conn, sight, case.scope))
    found = standing(case, work)
    sets = [
        (one, assess(case, one, work, on))
        for one in _adopted(work)
        if in_force(one, on.isoformat())
    ]
    decision = found.decision
    by = work.find("criteria_set", str(decision.get("criteria_set_id"))) if decision else None
    return Screening(case, found, tuple(sets), appeal_until(found.told, by), by)


def queue(conn: sa.Connection, sight: Sight) -> Queue:
    """What waits in the caseloads of this reader, the oldest first."""
    act = table_of("eligibility_event")
    followed = act.alias("followed")
    decided = sa.select(followed.c.about_id).where(
        followed.c.about_id == act.c.id,
        followed.c.act.in_(DECISIONS),
        followed.c.withdrawn_at.is_(None),
    )
    told = sa.select(followed.c.about_id).where(
        followed.c.about_id == act.c.id,
        followed.c.act == "told",
        followed.c.withdrawn_at.is_(None),
    )
    waiting = _acts(conn, sight, act.c.act.in_(PROPOSALS), ~sa.exists(decided))
    untold = _acts(conn, sight, act.c.act.in_(REFUSALS), ~sa.exists(told))
    more = max(len(waiting), len(untold)) > MOST
    waiting, untold = waiting[:MOST], untold[:MOST]
    names = named(conn, sight, "case", {str(one.get("case_id")) for one in (*waiting, *untold)})
    return Queue(_waiting(waiting, names), _waiting(untold, names), more)


def appeals(conn: sa.Connection, sight: Sight) -> tuple[list[Waiting], bool]:
    """The appeals of this reader's caseloads: those not decided, by the day on which they are due, first."""
    table = table_of("appeal")
    query = sa.select(table).where(visible(table, sight, "appeal"), table.c.withdrawn_at.is_(None))
    rows = conn.execute(query.order_by(table.c.filed_on.desc(), table.c.id).limit(MOST + 1))
    found = [record_of("appeal", row) for row in rows.mappings()]
    names = named(conn, sight, "case", {str(one.get("case_id")) for one in found})
    work = Working(Loaded(conn))
    lines = [_appeal(one, work, names) for one in found[:MOST]]
    lines.sort(key=lambda line: (line.state not in ("open", "differs"), line.due or "9999"))
    return lines, len(found) > MOST


def appeal(conn: sa.Connection, sight: Sight, appeal_id: str) -> tuple[Record, Waiting]:
    """One appeal with its clock. Raises NotFound."""
    found = records.get(conn, sight, "appeal", appeal_id)
    names = named(conn, sight, "case", [str(found.get("case_id"))])
    return found, _appeal(found, Working(Loaded(conn)), names)


def _appeal(one: Record, work: Working, names: dict[str, str]) -> Waiting:
    refusal = work.find("eligibility_event", str(one.get("about_id")))
    by = work.find("criteria_set", str(refusal.get("criteria_set_id"))) if refusal else None
    who = names.get(str(one.get("case_id")), "")
    due, state = answer_until(one, by), appeal_state(one, work)
    return Waiting(one, who, str(one.get("filed_on") or ""), due, state)


def _acts(conn: sa.Connection, sight: Sight, *which: Clause) -> list[Record]:
    """Acts that are these, the oldest first, one more than is shown. A child's wait elsewhere."""
    table = table_of("eligibility_event")
    if not lanes(sight, "eligibility_event"):
        return []
    query = sa.select(table).where(
        visible(table, sight, "eligibility_event"),
        table.c.compartment == "case",
        table.c.withdrawn_at.is_(None),
        *which,
    )
    rows = conn.execute(query.order_by(table.c.date, table.c.id).limit(MOST + 1))
    return [record_of("eligibility_event", row) for row in rows.mappings()]


def _waiting(acts: Sequence[Record], names: dict[str, str]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(act, names.get(str(act.get("case_id")), ""), str(act.get("date") or ""))
        for act in acts
    )


def _adopted(work: Working) -> list[Record]:
    found = [work.find("criteria_set", one) for one in work.alike("criteria_set", "state", ADOPTED)]
    return sorted((one for one in found if one), key=lambda one: str(one.get("code")))
