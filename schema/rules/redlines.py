"""What no deployment may record, whatever it calls it (red line 6)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from schema.names import fold
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, YES, Answer, Rule, answer

FORBIDDEN_WORDS = (
    "informant",
    "informer",
    "intelligence",
    "hiv",
    "aids",
    "rape",
    "sexual violence",
    "sgbv",
    "gbv",
    "vetting evidence",
    "risk score",
    "risk rank",
    "prediction",
    "fingerprint",
    "face template",
    "home gps",
)


def _no_forbidden_field(record: Record, work: Working, on: date) -> Answer:
    if not record.get("custom") and not record.extra:
        return YES
    names = [f" {fold(name)} " for name in _names_in([record.get("custom"), record.extra])]
    return answer(not any(f" {word} " in name for name in names for word in FORBIDDEN_WORDS))


def _names_in(value: Any) -> Iterator[str]:
    """The names of all fields in a value, however deep they lie."""
    if isinstance(value, Mapping):
        yield from map(str, value)
    for part in value.values() if isinstance(value, Mapping) else value:
        if isinstance(part, Mapping | list):
            yield from _names_in(part)


RULES = (
    Rule(
        "no-forbidden-field",
        "*",
        FORBIDS,
        "Informants, intelligence, HIV, sexual violence, scores and vetting evidence are not recorded here.",
        "Red lines 1, 6 and 7",
        _no_forbidden_field,
    ),
)
