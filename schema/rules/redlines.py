"""What no deployment may record, whatever it calls it (red line 6)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from schema.deployment import labels_of
from schema.forbidden import is_forbidden, is_forbidden_anywhere
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, YES, Answer, Rule, answer


def _no_forbidden_field(record: Record, work: Working, on: date) -> Answer:
    if not record.get("custom") and not record.extra:
        return YES
    names = _names_in([record.get("custom"), record.extra])
    return answer(not any(is_forbidden(name) for name in names))


def _declares_nothing_forbidden(record: Record, work: Working, on: date) -> Answer:
    names = [str(record.get(name) or "") for name in ("name", "value", "code_list", "purpose")]
    said = any(is_forbidden(words) for words in [*names, *labels_of(record.values)])
    return answer(not said and not is_forbidden_anywhere(str(record.get("labels_further") or "")))


def _names_in(value: Any) -> Iterator[str]:
    """The names of all fields in a value, however deep they lie."""
    if isinstance(value, Mapping):
        yield from map(str, value)
    for part in value.values() if isinstance(value, Mapping) else value:
        if isinstance(part, Mapping | list):
            yield from _names_in(part)


_NEVER = "Informants, intelligence, HIV, sexual violence, scores and vetting evidence are not recorded here."
RULES = (
    Rule(
        "no-forbidden-field",
        "*",
        FORBIDS,
        _NEVER,
        "Red lines 1, 6 and 7",
        _no_forbidden_field,
    ),
    *(
        Rule(
            f"no-forbidden-{noun.replace('_', '-')}",
            noun,
            FORBIDS,
            _NEVER,
            "Red lines 1, 6 and 7",
            _declares_nothing_forbidden,
        )
        for noun in ("custom_field", "code")
    ),
)
