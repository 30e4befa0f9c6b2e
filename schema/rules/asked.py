"""All rules, and what they find on a record."""

from dataclasses import dataclass
from datetime import date

from schema.record import Key, Record, Working
from schema.rules import identity, lifecycle, redlines, safeguards
from schema.rules.rule import HOLDS, Rule

RULES: tuple[Rule, ...] = (
    *safeguards.RULES,
    *lifecycle.RULES,
    *identity.RULES,
    *redlines.RULES,
)
BY_NAME = {rule.name: rule for rule in RULES}


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
    found = []
    for rule in _FOR[record.entity]:
        said = rule.ask(record, work, on)
        if said.verdict != HOLDS:
            found.append(Finding(rule, said.verdict, said.missing, record.key))
    return found
