"""The only writer of registry rows.

A chunk of Units goes through one transaction: lock and load (``loading``), judge each in order against
a working copy (``schema.judge``, pure), encode, take the numbers last (``ledger``), write rows, history,
tokens and bucket entries set by set, commit. If the database raises, nothing of the chunk is there;
``in_chunks`` halves it until the culprit stands alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from schema import points
from schema.change import HELD, Outcome, Source, Unit
from schema.flagging import flags
from schema.judge import Judged, as_arrival, judge
from schema.record import ALIKE, NOW, PENDING, Key, Record, Working, numbered, pending
from schema.trial import Judging, May
from server import digests, epochs, ledger, moments, rows
from server.db import writing
from server.deadlocks import given_up, until_done
from server.highwater import PutBack
from server.loaded import Loaded
from server.loading import load

Decide = Callable[[Judged], Judged]
Said = Callable[[int], tuple[str, str | None, str]]


class Arriving(NamedTuple):
    """A Unit with who sent it and by which rights it is judged."""

    unit: Unit
    source: Source
    may: May
    may_now: May
    on: date
    lost: frozenset[tuple[str, str]] = frozenset()


@dataclass
class Plan:
    """What a chunk will write. changes: (record with pending numbers, who) in order of numbers."""

    changes: list[tuple[Record, Arriving]] = field(default_factory=list)
    before: dict[Key, Record | None] = field(default_factory=dict)
    left: dict[Key, list[tuple[str, str, int]]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


def chunk(
    conn: sa.Connection, arrivings: Sequence[Arriving], decide: Decide = as_arrival
) -> list[Outcome]:
    """Judge and write Units in the caller's transaction; says what became of each, in order."""
    loaded = load(conn, [arriving.unit for arriving in arrivings])
    known = epochs.known(conn)
    work, plan = Working(loaded), Plan()
    said, at = _said(conn, plan, _overtaken(arrivings, loaded)), moments.moment()
    for arriving in arrivings:
        by = Judging(
            arriving.source,
            arriving.may,
            arriving.may_now,
            arriving.on,
            at,
            known,
            arriving.lost,
            said,
        )
        plan.outcomes.append(_try(arriving, by, work, plan, decide))
    if not plan.changes:
        return plan.outcomes
    return _write(conn, plan, loaded)


def _try(arriving: Arriving, by: Judging, work: Working, plan: Plan, decide: Decide) -> Outcome:
    judged = decide(judge(arriving.unit, work, by))
    if judged.held:
        held = judged.held
        return Outcome(
            arriving.unit.id,
            HELD,
            0,
            held.reason,
            held.sentence,
            held.missing,
            fields=held.fields,
            about=held.record,
        )
    _lay(arriving, judged, work, plan)
    last = PENDING + len(plan.changes) - 1 if judged.changed else 0
    return Outcome(
        arriving.unit.id,
        judged.outcome,
        last,
        records=tuple(record.key for record in judged.changed),
    )


def _lay(arriving: Arriving, judged: Judged, work: Working, plan: Plan) -> None:
    """Put a Unit's records into the working copy, each with its place among the chunk's numbers."""
    before = {record.key: _stood(record, work) for record in judged.changed}
    for record in judged.changed:
        _place(record, before[record.key], arriving, work, plan)
    for flag in flags(judged, work):
        _place(flag, _stood(flag, work), arriving, work, plan)


def _stood(record: Record, work: Working) -> Record | None:
    """What stood there before; nothing where this Unit makes it."""
    return None if record.first == NOW else work.find(*record.key)


def _place(
    record: Record, before: Record | None, arriving: Arriving, work: Working, plan: Plan
) -> None:
    place = len(plan.changes)
    placed = pending(record, place)
    if record.key not in plan.before:
        plan.before[record.key] = before
    if before is not None and before.bucket != placed.bucket:
        plan.left.setdefault(record.key, []).append((*before.bucket, place))
    plan.changes.append((placed, arriving))
    work.put(placed)


def _write(conn: sa.Connection, plan: Plan, loaded: Loaded) -> list[Outcome]:
    lines = [_line(record, arriving) for record, arriving in plan.changes]
    buckets = rows.buckets_of(conn, plan.changes, plan.left)
    actor = plan.changes[0][1].source.by
    was = digests.left(plan.before.values())
    names = rows.turned(conn, {record.key: record for record, _ in plan.changes}, plan.before)
    taken = ledger.take(conn, len(plan.changes))
    last = {record.key: numbered(record, taken.first) for record, _ in plan.changes}
    if loaded.is_overtaken(_come_to_have(last.values(), plan)):
        raise given_up()
    rows.records(conn, last, plan.before)
    points.reach("while applying a chunk")
    ledger.write(conn, taken, lines, actor)
    rows.tokens(conn, names)
    rows.entries(conn, last, plan.before, plan.left, buckets, taken.first, was)
    return [_real(outcome, taken.first) for outcome in plan.outcomes]


def _come_to_have(last: Iterable[Record], plan: Plan) -> Iterator[tuple[str, str, Any]]:
    """The values that should not stand twice, of the records that have not had them before."""
    for record in last:
        before = plan.before[record.key]
        for name in ALIKE.get(record.entity, ()):
            if record.get(name) and (before is None or before.get(name) != record.get(name)):
                yield record.entity, name, record.get(name)


def _line(record: Record, arriving: Arriving) -> ledger.Line:
    payload = {"values": record.values, "gate": record.gate, "extra": record.extra or None}
    return ledger.line(
        record.entity,
        record.id,
        payload,
        arriving.source,
        scope=record.scope,
        compartment=record.compartment,
        unit_id=arriving.unit.id,
        said_at=arriving.unit.said_at,
    )


def _real(outcome: Outcome, first: int) -> Outcome:
    if outcome.seq < PENDING:
        return outcome
    return outcome.at(outcome.seq - PENDING + first)


def _overtaken(arrivings: Sequence[Arriving], loaded: Loaded) -> set[int]:
    """The numbers of what was written of these fields after their authors had looked."""
    pairs = [(arriving.unit.base, c) for arriving in arrivings for c in arriving.unit.changes]
    found = [
        (base, record.version_of(name)[0])
        for base, change in pairs
        if (record := loaded.rows.get((change.entity, change.record))) and record.ver > base
        for name in change.values
    ]
    return {number for base, number in found if number > base}


def _said(conn: sa.Connection, plan: Plan, asked: set[int]) -> Said:
    """Whose a written value is and when it was said, by the number of its write.

    asked: the numbers about which it is likely to be asked, so that they are read at once.
    """
    known = ledger.said_of(conn, asked) if asked else {}

    def said(number: int) -> tuple[str, str | None, str]:
        if number >= PENDING:
            arriving = plan.changes[number - PENDING][1]
            return arriving.source.by, arriving.unit.said_at, arriving.source.author
        if number not in known:
            known.update(ledger.said_of(conn, {number}))
        return known.get(number, ("", None, ""))

    return said


CHUNK_CHANGES = 400
After = Callable[[sa.Connection, Sequence[Arriving], Sequence[Outcome]], None]
# The database is away, busier than it can bear, or not the newest: that says nothing about the Unit.
NOT_ITS_FAULT = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError, PutBack)
# What a Unit can make judge or the database raise; it is then isolated and held, never lost.
RAISED = (
    sa.exc.SQLAlchemyError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


def in_chunks(
    arrivings: Sequence[Arriving], after: After, decide: Decide = as_arrival
) -> list[Outcome]:
    """Apply many Units, a transaction for each chunk; ``after`` stores their arrivals in it.

    A chunk that raises is rolled back and halved until the Unit that raises is alone, and held.
    """
    outcomes: list[Outcome] = []
    for part in _parts(arrivings):
        outcomes.extend(_isolated(part, after, decide))
    return outcomes


def _parts(arrivings: Sequence[Arriving]) -> list[list[Arriving]]:
    parts: list[list[Arriving]] = []
    room = 0
    for arriving in arrivings:
        if room < len(arriving.unit.changes):
            parts.append([])
            room = CHUNK_CHANGES
        parts[-1].append(arriving)
        room -= len(arriving.unit.changes)
    return parts


def _isolated(part: Sequence[Arriving], after: After, decide: Decide) -> list[Outcome]:
    try:
        return until_done(lambda: _chunk_alone(part, after, decide))
    except NOT_ITS_FAULT:
        raise
    except RAISED as raised:
        if len(part) > 1:
            half = len(part) // 2
            return [*_isolated(part[:half], after, decide), *_isolated(part[half:], after, decide)]
        return _held_alone(part[0], raised, after)


def _chunk_alone(part: Sequence[Arriving], after: After, decide: Decide) -> list[Outcome]:
    with writing() as conn:
        outcomes = chunk(conn, part, decide)
        after(conn, part, outcomes)
    return outcomes


def _held_alone(arriving: Arriving, raised: Exception, after: After) -> list[Outcome]:
    sentence = "The registry could not apply this. It is kept, and somebody will look at it."
    outcome = Outcome(arriving.unit.id, HELD, 0, f"raised:{type(raised).__name__}", sentence)
    with writing() as conn:
        after(conn, [arriving], [outcome])
    return [outcome]
