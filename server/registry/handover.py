"""Hand-over: what came late on cases that had moved, and caseloads that are in nobody's hands.

Nothing is stored for it. A bucket's entries say which cases left it and at what number; the history says
what laptops wrote on them after that, and each Unit on what it was based: what was written before the
move and came after it is late, whoever sent it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schema.chains import LAPTOP
from schema.change import Unit
from schema.entities import BY_NOUN, NUMBERS
from schema.policy import Sight
from schema.record import PARENT_FIELD, Key
from schema.rules.lifecycle import EXITED
from server import moments
from server.registry.disputes import Subject, arrived, subjects
from server.registry.lanes import inside, lanes
from server.registry.places import named
from server.tables import bucket, commit_row, entry, history, table_of

# Who carries a case in the field: a supervisor or a manager reads it and does not visit.
OFFICERS = ("field-officer", "case-worker")
FOLLOWED = ("case", "child")
# Of a whole programme that was moved at once, the latest moves are looked through.
MOST, MOST_MOVED = 200, 2_000
PART = 400
case, dispute = table_of("case"), table_of("dispute")
Row = sa.Row[Any]
Units = Callable[[sa.Connection, Sequence[str]], Mapping[str, Unit]]


@dataclass(frozen=True)
class Late:
    """One record that a late Unit wrote. what: its kind; names: its fields; moved_at: since when it is ours."""

    case_id: str
    subject: Subject
    what: str
    names: tuple[str, ...]
    by: str
    said_at: str | None
    arrived_at: str
    moved_at: str
    former: str


@dataclass(frozen=True)
class Unheld:
    """A caseload with open cases and no officer. since: when the last one ended, or its oldest case came."""

    scope: str
    name: str
    cases: int
    since: str
    days: int


def late(conn: sa.Connection, sight: Sight, units: Units, since: str) -> list[Late]:
    """What came late since this moment on cases that somebody may read; the newest first.

    units: what Units say, by their ids.
    """
    moved = {row.id: row for row in _moved(conn, sight, since)}
    owners = _below(conn, moved)
    rows = [
        row
        for row in _written(conn, list(owners), moved.values())
        if (row.entity, row.record_id) in owners
        and row.seq > moved[owners[row.entity, row.record_id]].moved
        and sight.may("read", row.compartment, row.scope)
    ]
    said = units(conn, sorted({row.unit_id for row in rows}))
    found = [
        (row, moved[owners[row.entity, row.record_id]], said[row.unit_id])
        for row in rows
        if row.unit_id in said
    ]
    before = [(row, of, unit) for row, of, unit in found if unit.base < of.moved]
    return _told(conn, sight, before[:MOST])


def in_nobodys_hands(
    conn: sa.Connection, sight: Sight, held: Callable[[str], bool], ended: Mapping[str, str]
) -> list[Unheld]:
    """Caseloads with open cases that nobody carries, the longest first.

    held: whether a scope is in somebody's hands; ended: when the last hands let go of it.
    """
    scopes = [scope for scope in _caseloads(conn) if not held(scope)]
    of_cases = (
        case.c.compartment == "case",
        case.c.scope.in_(scopes),
        case.c.withdrawn_at.is_(None),
    )
    query = sa.select(
        case.c.scope, sa.func.count().label("n"), sa.func.min(case.c.moved).label("moved")
    ).where(
        *of_cases, sa.func.coalesce(case.c.gate, "") != EXITED, inside(case, lanes(sight, "case"))
    )
    rows = conn.execute(query.group_by(case.c.scope)).all() if scopes else []
    words, came = named(conn, scopes), arrived(conn, [row.moved for row in rows])
    found = [
        _unheld(row, words, max(ended.get(row.scope, ""), came.get(row.moved, ""))) for row in rows
    ]
    return sorted(found, key=lambda one: (one.since, one.name))


def _unheld(row: Row, words: Mapping[str, str], since: str) -> Unheld:
    days = moments.age(f"{since}T00:00:00Z" if len(since) == len("2026-11-22") else since).days
    return Unheld(row.scope, words.get(row.scope, ""), row.n, since, days)


def _caseloads(conn: sa.Connection) -> list[str]:
    return list(conn.execute(sa.select(table_of("caseload").c.id)).scalars())


def _moved(conn: sa.Connection, sight: Sight, since: str) -> Sequence[Any]:
    """Cases of this reader's that came from another caseload since then, each with its last move."""
    numbers = sa.select(sa.func.min(commit_row.c.first_seq)).where(commit_row.c.at >= since)
    first = conn.execute(numbers).scalar()
    if first is None:
        return []
    query = (
        sa.select(case.c.id, case.c.person_id, case.c.moved, bucket.c.scope.label("former"))
        .join(entry, entry.c.record_id == case.c.id)
        .join(bucket, bucket.c.id == entry.c.bucket_id)
        .where(
            entry.c.bucket_id.in_(sa.select(bucket.c.id).where(bucket.c.compartment.in_(FOLLOWED))),
            entry.c.entity == NUMBERS["case"],
            entry.c.removed,
            entry.c.seq >= first,
            entry.c.seq == case.c.moved,
            bucket.c.scope != case.c.scope,
            inside(case, lanes(sight, "case")),
        )
        .order_by(entry.c.seq.desc())
        .limit(MOST_MOVED)
    )
    return conn.execute(query).all()


def _below(conn: sa.Connection, moved: Mapping[str, Row]) -> dict[Key, str]:
    """Every record of these cases, with the case it belongs to."""
    owners: dict[Key, str] = {("case", i): i for i in moved}
    owners |= {("person", row.person_id): i for i, row in moved.items()}
    for noun in [noun for noun, name in PARENT_FIELD.items() if name == "case_id"]:
        table = table_of(noun)
        for ids in _parts(moved):
            query = sa.select(table.c.id, table.c.case_id).where(table.c.case_id.in_(ids))
            owners |= {(noun, row.id): row.case_id for row in conn.execute(query)}
    for ids in _parts({record_id for _, record_id in owners}):
        query = sa.select(dispute.c.id, dispute.c.entity, dispute.c.record_id)
        for row in conn.execute(query.where(dispute.c.record_id.in_(ids))).all():
            if (row.entity, row.record_id) in owners:
                owners["dispute", row.id] = owners[row.entity, row.record_id]
    return owners


def _written(conn: sa.Connection, keys: Sequence[Key], moved: Iterable[Row]) -> list[Row]:
    """What laptops wrote on these records after the first of these moves, the newest first."""
    first = min((row.moved for row in moved), default=0)
    rows: list[Row] = []
    for ids in _parts(record_id for _, record_id in keys):
        query = sa.select(history).where(
            history.c.record_id.in_(ids),
            history.c.seq > first,
            history.c.chain.startswith(f"{LAPTOP}:"),
        )
        rows += conn.execute(query).all()
    return sorted(rows, key=lambda row: -int(row.seq))


def _parts(ids: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(ids))
    return (wanted[at : at + PART] for at in range(0, len(wanted), PART))


def _told(conn: sa.Connection, sight: Sight, found: Sequence[tuple[Row, Row, Unit]]) -> list[Late]:
    about = subjects(conn, sight, {("case", of.id) for _, of, _ in found})
    at = arrived(conn, [number for row, of, _ in found for number in (row.seq, of.moved)])
    places = named(conn, [of.former for _, of, _ in found])
    return [
        Late(
            of.id,
            about.get(("case", of.id), Subject("")),
            BY_NOUN[row.entity].label,
            _names(row, unit),
            row.by,
            row.said_at,
            at.get(row.seq, ""),
            at.get(of.moved, ""),
            places.get(of.former, ""),
        )
        for row, of, unit in found
    ]


def _names(row: Row, unit: Unit) -> tuple[str, ...]:
    """The labels of what this Unit says of this record."""
    described = BY_NOUN[row.entity].describe()
    said = [name for c in unit.changes if c.record == row.record_id for name in c.values]
    return tuple(described[name].about.label for name in dict.fromkeys(said) if name in described)
