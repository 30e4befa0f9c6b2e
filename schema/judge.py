"""What becomes of a Unit: access, load, merge, stamp, rules on the merged result. Pure, used by both ends.

``judge`` tries one Unit on a branch of the working copy (``trial``) and says what it would write; it
decides nothing about rules. ``as_form`` and ``as_arrival`` are the two ways to decide: a form refuses only
what is broken and forbidden; an arrival holds what is broken, or cannot be told, and forbidden.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from schema import stamps
from schema.change import HELD, Unit
from schema.entities import BY_NOUN
from schema.held import Held, Stop
from schema.record import ALIKE, Record, Working
from schema.rules import Finding, findings, repeats
from schema.rules.rule import BROKEN, FORBIDS
from schema.trial import Judging, Trial


@dataclass(frozen=True)
class Judged:
    """What a Unit would do: outcome, records it writes in order, what rules found, why it is held.

    beside: records that it does not write, and that have, or had, a value in common with one it writes
    which should not stand twice: both are marked.
    """

    outcome: str
    changed: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    held: Held | None = None
    beside: tuple[Record, ...] = ()


def judge(unit: Unit, work: Working, by: Judging) -> Judged:
    """Try a Unit. Nothing of ``work`` changes; the caller lays ``changed`` on it when it decides so."""
    trial = Trial(unit, work, by)
    try:
        for change in unit.changes:
            trial.step(change)
        stamps.derive(trial)
    except Stop as stop:
        return Judged(HELD, held=stop.held)
    changed = trial.changed()
    beside = _beside(trial, changed)
    found = [f for record in changed for f in _findings(record, trial.work, by.on)]
    found += [f for record in beside for f in repeats(record, trial.work, by.on)]
    return Judged(trial.outcome, changed, tuple(found), beside=beside)


def as_arrival(judged: Judged) -> Judged:
    """What an arrival makes of it: a ``forbids`` that is broken or cannot be told is held."""
    return _deciding(judged, lambda finding: finding.rule.kind == FORBIDS)


def as_form(judged: Judged) -> Judged:
    """What a form makes of it: only a broken ``forbids`` refuses."""
    return _deciding(judged, lambda f: f.rule.kind == FORBIDS and f.verdict == BROKEN)


def _deciding(judged: Judged, stops: Callable[[Finding], bool]) -> Judged:
    for finding in judged.findings:
        if stops(finding):
            rule = finding.rule
            return Judged(
                HELD, held=Held(rule.name, rule.sentence, finding.missing, record=finding.record)
            )
    return judged


def _beside(trial: Trial, changed: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records with a value of these that should not stand twice, or that had it until now."""
    found: dict[str, Record] = {}
    written = {one.key for one in changed}
    for record in changed:
        for name, value in _shared(trial, record):
            for other in sorted(trial.work.alike(record.entity, name, value) - {record.id}):
                near = trial.work.find(record.entity, other)
                if near and near.key not in written:
                    found[near.id] = near
    return tuple(found.values())


def _shared(trial: Trial, record: Record) -> Iterator[tuple[str, Any]]:
    """What a record has, or had until now, that others may have too: (field, value)."""
    names = ALIKE.get(record.entity, ())
    before = trial.before.find(*record.key) if names else None
    for name in names:
        values = {record.get(name), before.get(name) if before else None}
        yield from ((name, value) for value in values - {None, ""})


def _findings(record: Record, work: Working, on: date) -> list[Finding]:
    if BY_NOUN[record.entity].written_by == "apply":
        return []
    return findings(record, work, on)
