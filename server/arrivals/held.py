"""What is held, for those who answer for it: to look at, to judge again, to close.

An administrator sees that something is held and why, and nothing that it says. Closing throws nothing
away: the Unit stays as it came, and its laptop is told that somebody has closed it.
"""

import json
from dataclasses import dataclass, replace

import sqlalchemy as sa

from schema.change import HELD, Change, Outcome, Unit
from schema.entities import BY_NOUN
from schema.ids import is_id
from schema.policy import COMPARTMENTS, EVERYWHERE, Sight
from schema.problems import Invalid, NotAllowed, NotFound
from schema.rules.safeguards import CHILD
from server import acts, ledger, moments
from server.actor import Actor
from server.arrivals import gaps, outcomes
from server.arrivals.again import again, held_rows, rerun_for
from server.arrivals.hints import Hint
from server.arrivals.judging import Waiting
from server.arrivals.kept import outcome_of
from server.arrivals.rights import Rights
from server.arrivals.tables import Row, arrival, rows
from server.db import writing
from server.deadlocks import until_done

LONGEST_REASON = 500
# A scope that is none: only a grant over all of them covers it.
NOWHERE = ""


@dataclass(frozen=True)
class HeldUnit:
    """One held Unit as somebody may see it. changes: None where its content is not for them.

    id: the Unit's, at both ends. by: whose it is. missing: the ids it waits for.
    """

    id: str
    received_at: str
    by: str
    via: str
    reason: str
    sentence: str
    missing: tuple[str, ...]
    compartment: str | None
    scope: str | None
    said_at: str | None
    changes: tuple[Change, ...] | None


def held(conn: sa.Connection, sight: Sight, most: int = 200) -> list[HeldUnit]:
    """What is held and not closed, as far as it is this person's matter; the oldest first."""
    query = sa.select(arrival).where(arrival.c.acting, gaps.held_or_behind(), _visible_to(sight))
    ordered = query.order_by(arrival.c.received_at, arrival.c.unit_id).limit(most)
    names = Rights(conn)
    return [_shown(row, names.who(row["chain"]), sight) for row in rows(conn, ordered)]


def held_one(conn: sa.Connection, sight: Sight, unit_id: str) -> HeldUnit:
    """One held Unit, as far as it is this person's matter. Raises NotFound."""
    query = sa.select(arrival).where(_acting(unit_id), gaps.held_or_behind(), _visible_to(sight))
    for row in rows(conn, query):
        return _shown(row, Rights(conn).who(row["chain"]), sight)
    raise NotFound("Nothing of this name is held.")


def retry(actor: Actor, unit_id: str) -> Outcome:
    """Judge a held Unit once more, by the rights its author had. Raises NotFound, NotAllowed."""
    return until_done(lambda: _retried(actor, unit_id))


def _retried(actor: Actor, unit_id: str) -> Outcome:
    with writing() as conn:
        ledger.lock(conn)
        row = _approved(conn, actor, unit_id)
        rerun_for(conn, again(conn, row))
        return outcome_of(_row(conn, unit_id))


def close(actor: Actor, unit_id: str, reason: str) -> None:
    """Let a held Unit rest: it stays as it came and is never judged again.

    Raises NotFound, NotAllowed, Invalid.
    """
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        said = f"Say why, in at most {LONGEST_REASON} characters."
        raise Invalid(said, fields={"reason": [said]})
    with writing() as conn:
        ledger.lock(conn)
        row = _approved(conn, actor, unit_id)
        sentence = f"{row['sentence']} Closed by {actor.name}: {reason.strip()}"
        outcome = Outcome(unit_id, HELD, 0, "closed", sentence)
        outcomes.forget_waits(conn, [unit_id])
        outcomes.write(conn, [(row, outcome, _bucket(row))])
        closed = {"closed_at": moments.moment(), "closed_by": actor.name}
        conn.execute(sa.update(arrival).where(_acting(unit_id)).values(closed))
        said_why = {"act": "closed", "reason": reason.strip(), "held_for": row["reason"]}
        acts.record(conn, actor, "arrival", unit_id, said_why)


def _approved(conn: sa.Connection, actor: Actor, unit_id: str) -> Row:
    """The held Unit, for who approves of it. Raises NotFound, NotAllowed."""
    found = held_rows(conn, [unit_id]) if is_id(unit_id) else []
    if not found or not (_is_theirs(found[0], actor.sight) or _sees_all(actor.sight)):
        raise NotFound("Nothing of this name is held.")
    if not _is_theirs(found[0], actor.sight):
        raise NotAllowed("Who answers for these records decides on it.")
    return gaps.said(found[0])


def _row(conn: sa.Connection, unit_id: str) -> Row:
    return rows(conn, sa.select(arrival).where(_acting(unit_id)))[0]


def _acting(unit_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(arrival.c.unit_id == unit_id, arrival.c.acting)


def _visible_to(sight: Sight) -> sa.ColumnElement[bool]:
    if _sees_all(sight):
        return sa.true()
    theirs: list[sa.ColumnElement[bool]] = []
    if sight.may("approve", CHILD, NOWHERE):
        theirs.append(arrival.c.compartment.is_(None))
    for compartment in COMPARTMENTS:
        scopes = sight.scopes("approve", compartment)
        if scopes:
            everywhere = EVERYWHERE in scopes
            here = sa.true() if everywhere else arrival.c.scope.in_(scopes)
            theirs.append(sa.and_(arrival.c.compartment == compartment, here))
    return sa.or_(sa.false(), *theirs)


def _sees_all(sight: Sight) -> bool:
    """Whether somebody sees that something is held, whatever it is: the administrator."""
    return sight.anywhere("approve", "admin")


def _is_theirs(row: Row, sight: Sight) -> bool:
    return sight.may("approve", *(_bucket(row) or (CHILD, NOWHERE)))


def _bucket(row: Row) -> Hint | None:
    return (row["compartment"], row["scope"]) if row["compartment"] else None


def _shown(row: Row, by: str, sight: Sight) -> HeldUnit:
    row = gaps.said(row)
    unit = Waiting.of(row).unit if _is_theirs(row, sight) else None
    readable = unit if isinstance(unit, Unit) else None
    return HeldUnit(
        row["unit_id"],
        row["received_at"],
        by,
        row["via"],
        row["reason"],
        row["sentence"],
        tuple(json.loads(row["missing"])),
        row["compartment"],
        row["scope"],
        readable.said_at if readable else None,
        tuple(_change(one, row, sight) for one in readable.changes) if readable else None,
    )


def _change(change: Change, row: Row, sight: Sight) -> Change:
    """A change with its values only for whoever may read such records there."""
    entity = BY_NOUN.get(change.entity)
    usual = entity.compartment if entity else ""
    compartment = CHILD if row["compartment"] == CHILD else usual
    if sight.may("read", compartment, row["scope"] or NOWHERE):
        return change
    return replace(change, values={}, old={})
