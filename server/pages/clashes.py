"""A form that comes back: as it was typed, and where somebody else wrote meanwhile, with both values."""

from collections.abc import Mapping, Sequence
from typing import Any

from schema.deployment import CUSTOM, PREFIX, spread
from schema.detail import details
from schema.posted import CALENDAR, ESTIMATE, PARTS, Parsed
from schema.record import Record
from schema.said import Said
from server.pages.deployed import noun_of
from server.pages.told import worded

_THEIRS = Said("Meanwhile somebody else wrote: %(value)s. Save again to put yours in its place.")
_NOW_EMPTY = Said("Meanwhile somebody else emptied this. Save again to put yours in its place.")

Errors = Mapping[str, Any]


def drawn_again(
    record: Record, shown: Mapping[str, Any], parsed: Parsed, errors: Errors
) -> tuple[dict[str, Any], dict[str, Sequence[Said | str]]]:
    """The values and sentences of a change's form that was refused.

    What the author touched comes back as typed, what they did not as it stands now: sent again, the
    form would otherwise undo what others wrote.
    """
    before = spread(shown)
    touched = {name for name, value in parsed.values.items() if before.get(name) != value}
    touched |= set(parsed.errors)
    typed = {key: text for key, text in parsed.typed.items() if _field_of(key) in touched}
    return {**spread(record.values), **typed}, {
        name: _sentences(record, name, said) for name, said in _spread(errors).items()
    }


def clashing(errors: Errors) -> bool:
    """Whether these are two values for one field, and not only something wrong."""
    return any(isinstance(said, Mapping) for said in errors.values())


def _sentences(record: Record, name: str, said: Any) -> Sequence[Said | str]:
    if not isinstance(said, Mapping):
        return list(said)
    theirs = said.get("theirs")
    if theirs is None:
        return [_NOW_EMPTY]
    [line] = details(noun_of(record.entity), {**spread(record.values), name: theirs}, {}, [name])
    return [_THEIRS.of(value=worded(line))]


def _spread(errors: Errors) -> dict[str, Any]:
    """The errors, two values for the deployment's fields each by its own name."""
    found = {name: said for name, said in errors.items() if name != CUSTOM}
    said = errors.get(CUSTOM)
    if isinstance(said, Mapping):
        theirs = said.get("theirs") or {}
        for name, yours in (said.get("yours") or {}).items():
            found[PREFIX + name] = {"yours": yours, "theirs": theirs.get(name)}
    elif said:
        found[CUSTOM] = said
    return found


def _field_of(key: str) -> str:
    field, _, part = key.rpartition("-")
    return field if part in (*PARTS, ESTIMATE, CALENDAR) else key
