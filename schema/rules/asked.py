"""All rules, and what they find on a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schema.record import Key, Record, Working
from schema.rules import (
    ages,
    appeals,
    best_interest,
    cards,
    children,
    complaints,
    convoys,
    criteria,
    custody,
    decisions,
    declared,
    families,
    forms,
    gate_order,
    health,
    identity,
    lifecycle,
    listing,
    paying,
    payments,
    pictures,
    plans,
    profiling,
    redlines,
    referrals,
    safeguards,
    second_person,
)
from schema.rules.rule import HOLDS, Rule

RULES: tuple[Rule, ...] = (
    *safeguards.RULES,
    *children.RULES,
    *best_interest.RULES,
    *ages.RULES,
    *lifecycle.RULES,
    *identity.RULES,
    *pictures.RULES,
    *profiling.RULES,
    *redlines.RULES,
    *criteria.RULES,
    *payments.RULES,
    *paying.RULES,
    *declared.RULES,
    *decisions.RULES,
    *appeals.RULES,
    *forms.RULES,
    *gate_order.RULES,
    *health.RULES,
    *custody.RULES,
    *cards.RULES,
    *convoys.RULES,
    *listing.RULES,
    *families.RULES,
    *plans.RULES,
    *referrals.RULES,
    *complaints.RULES,
    *second_person.RULES,
)
BY_NAME = {rule.name: rule for rule in RULES}
REPEATS = identity.REPEATS


@dataclass(frozen=True)
class Finding:
    """What a rule says of a record: verdict ``holds``, ``broken`` or ``cannot tell``."""

    rule: Rule
    verdict: str
    missing: tuple[str, ...]
    record: Key


def _rules_for(noun: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.noun in (noun, "*"))


_FOR: dict[str, tuple[Rule, ...]] = {}


def findings(record: Record, work: Working, on: date) -> list[Finding]:
    """What every rule says of this record that does not simply hold."""
    if record.entity not in _FOR:
        _FOR[record.entity] = _rules_for(record.entity)
    return _asked(_FOR[record.entity], record, work, on)


def repeats(record: Record, work: Working, on: date) -> list[Finding]:
    """What the rules about repeated values say of a record that stands beside a changed one."""
    mine = [rule for rule in _rules_for(record.entity) if rule.name in REPEATS]
    return _asked(mine, record, work, on)


def _asked(rules: Iterable[Rule], record: Record, work: Working, on: date) -> list[Finding]:
    found = []
    for rule in rules:
        said = rule.ask(record, work, on)
        if said.verdict != HOLDS:
            found.append(Finding(rule, said.verdict, said.missing, record.key))
    return found
