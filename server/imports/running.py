"""Runs an import: rows in batches, each row whole or in the rejects file; twice adds nothing.

A trial (dry run) does all of it in one transaction that is then undone.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from schema.change import HELD, Outcome, Source
from schema.entities import BY_NOUN
from schema.judge import as_form
from schema.policy import Sight
from schema.problems import NotAllowed
from server import apply, arrivals, moments
from server.actor import Actor
from server.config import settings
from server.db import reading, writing
from server.imports.kinds import SHAPES
from server.imports.lists import Listing, Row
from server.imports.rejects import Reject, Rejects
from server.imports.rows import Kind, Prepared
from server.registry.marks import marks_of

_AT_ONCE = 200
_CHANGED = "This row was imported before and says something else now. Change it in the registry."
Progress = Callable[[int], None]


@dataclass
class Done:
    """What an import came to, in rows. flagged: of those added, how many somebody should look at."""

    added: int = 0
    there_already: int = 0
    rejected: int = 0
    flagged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    rejects: Path | None = None


class _Undone(Exception):
    """Undoes a trial."""


@dataclass
class _Run:
    """One run. conn: the transaction of a trial, None when each chunk has its own."""

    kind: Kind
    actor: Actor
    rejects: Rejects
    done: Done = field(default_factory=Done)
    conn: sa.Connection | None = None

    def batch(self, rows: Sequence[Row | Reject]) -> None:
        """Write what can be written of these rows."""
        with nullcontext(self.conn) if self.conn else reading() as conn:
            new = self._new(conn, rows)
        outcomes = self._write([self._arriving(one) for one in new.values()])
        beaten = self._beaten([key for key, o in zip(new, outcomes, strict=True) if _held(o)])
        for (key, prepared), outcome in zip(new.items(), outcomes, strict=True):
            if not _held(outcome):
                self.done.added += 1
            elif key in beaten:
                self.done.there_already += 1
            else:
                self._refuse(self._why(prepared.row, outcome))
        self._count_flagged(outcomes)

    def _beaten(self, keys: Sequence[str]) -> Container[str]:
        """Those of these rows that somebody who imports the same list has written meanwhile."""
        if not keys:
            return ()
        with nullcontext(self.conn) if self.conn else reading() as conn:
            return arrivals.known_many(conn, self.kind.chain, keys)

    def _new(self, conn: sa.Connection, rows: Sequence[Row | Reject]) -> dict[str, Prepared]:
        """The rows that are not there yet, by key; the others are counted or refused."""
        found: dict[str, Prepared] = {}
        for row in rows:
            one = self.kind.prepared(conn, row) if isinstance(row, Row) else row
            if isinstance(one, Reject):
                self._refuse(one)
            elif isinstance(one, Prepared) and one.key not in found:
                found[one.key] = one
            else:
                self.done.there_already += 1
        known = arrivals.known_many(conn, self.kind.chain, list(found))
        self.done.there_already += len(known)
        return {key: one for key, one in found.items() if key not in known}

    def _arriving(self, one: Prepared) -> apply.Arriving:
        source = Source(self.kind.chain, one.key, self.actor.account_id, self.actor.name)
        may, on = self.actor.sight.may, moments.today(settings().timezone)
        return apply.Arriving(one.unit, source, may, may, on)

    def _write(self, batch: Sequence[apply.Arriving]) -> Sequence[Outcome]:
        if self.conn is None:
            return apply.in_chunks(batch, _keep, as_form)
        outcomes = apply.chunk(self.conn, batch, as_form)
        _keep(self.conn, batch, outcomes)
        return outcomes

    def _why(self, row: Row, outcome: Outcome) -> Reject:
        if outcome.reason == "exists":
            return Reject(row.number, "", "row-changed", _CHANGED, row.cells)
        columns = " + ".join(map(self.kind.column, outcome.fields))
        return Reject(row.number, columns, outcome.reason, outcome.sentence, row.cells)

    def _refuse(self, reject: Reject) -> None:
        self.done.rejected += 1
        self.rejects.add(reject)

    def _count_flagged(self, outcomes: Sequence[Outcome]) -> None:
        written = [{record_id for _, record_id in one.records} for one in outcomes]
        with nullcontext(self.conn) if self.conn else reading() as conn:
            marked = marks_of(conn, {key for one in outcomes for key in one.records})
        self.done.flagged += sum(not ids.isdisjoint(marked) for ids in written)


def allowed(sight: Sight, kind: str) -> None:
    """Refuse who may not make what a list of this kind makes. Raises NotAllowed."""
    noun = SHAPES[kind].noun if kind in SHAPES else {"roster": "roster_entry"}.get(kind, "person")
    if not sight.anywhere("create", BY_NOUN[noun].compartment):
        raise NotAllowed(f"You may not import {kind}.")


def run(listing: Listing, kind: Kind, actor: Actor, progress: Progress = lambda rows: None) -> Done:
    """Import a list."""
    with Rejects(listing.path, listing.headings) as rejects:
        one = _Run(kind, actor, rejects)
        _all(one, listing, progress)
    return _ended(one)


def trial(
    listing: Listing, kind: Kind, actor: Actor, progress: Progress = lambda rows: None
) -> Done:
    """Import a list and undo it: what it would come to, with the rejects file."""
    with Rejects(listing.path, listing.headings) as rejects:
        one = _Run(kind, actor, rejects)
        try:
            with writing() as conn:
                one.conn = conn
                _all(one, listing, progress)
                raise _Undone
        except _Undone:
            pass
    return _ended(one)


def _all(one: _Run, listing: Listing, progress: Progress) -> None:
    seen = 0
    for rows in _batches(one.kind.ordered(listing.rows())):
        one.batch(rows)
        seen += len(rows)
        progress(seen)


def _batches(rows: Iterator[Row | Reject]) -> Iterator[list[Row | Reject]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def _ended(one: _Run) -> Done:
    one.done.reasons = one.rejects.reasons
    one.done.rejects = one.rejects.path if one.done.rejected else None
    return one.done


def _keep(conn: sa.Connection, part: Sequence[Any], outcomes: Sequence[Outcome]) -> None:
    """Keep what was written as it came. What was refused is in the rejects file, to be put right."""
    stored = [
        (one.source, one.unit.as_text(), outcome)
        for one, outcome in zip(part, outcomes, strict=True)
        if not _held(outcome)
    ]
    arrivals.store_many(conn, stored)
    arrivals.rerun(conn, [key for _, _, outcome in stored for key in outcome.records])


def _held(outcome: Outcome) -> bool:
    return outcome.outcome == HELD
