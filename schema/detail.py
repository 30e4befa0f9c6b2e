"""How a declared record is read: its fields in form order, values in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schema.calendars import CALENDAR, as_told
from schema.deployment import PREFIX, Noun, spread
from schema.fields import Choice, Described, Ref, name_of
from schema.posted import asked_names, precision_of, told_of
from schema.said import Said

_YES, _NO = Said("Yes"), Said("No")
_AS_TOLD = Said("%(day)s (%(calendar)s calendar)")
_OUTSIDE, _NOT_HERE = Said("Outside your scope"), Said("Not known here")


@dataclass(frozen=True)
class Detail:
    """One line of a record. text: what is shown, None when nothing is given; ``kind`` says how.

    kind: word (translated), day (ISO text, with ``precision``), code (left to right, not broken),
    or text (as somebody wrote it).
    """

    name: str
    label: Said
    kind: str
    text: Said | str | None
    precision: str | None = None


def details(
    entity: Noun,
    values: Mapping[str, Any],
    labels: Mapping[str, str] | None = None,
    only: Iterable[str] | None = None,
) -> list[Detail]:
    """The lines of a record. labels: what a reference is called, by id.

    A field of a deployment that is no longer asked is shown where it was answered. What follows from
    the answers stands last.
    """
    fields = entity.describe()
    lines = []
    values = spread(values)
    names = asked_names(entity, only)
    if only is None:
        names += [n for n in fields if n.startswith(PREFIX) and n in values and n not in names]
    told = _told(entity, names, values)
    for name in [*names, *told]:
        kind, text = _shown(fields[name], values.get(name), labels or {})
        if name in told and (words := _in_words(str(values[name]))):
            kind, text = "word", words
        precision = precision_of(entity, name)
        how = values.get(precision) if precision else "day"
        lines.append(Detail(name, Said(fields[name].about.label), kind, text, how or "day"))
    follows = entity.concluded(values) if only is None else {}
    return lines + [Detail("", Said(label), "word", Said(said)) for label, said in follows.items()]


def _told(entity: Noun, names: Iterable[str], values: Mapping[str, Any]) -> list[str]:
    """The days among these that were told in another calendar, as they were told."""
    found = (told_of(entity, name) for name in names)
    return [name for name in found if name and values.get(name)]


def _in_words(told: str) -> Said | None:
    """A day as it was told, with its calendar in words; None of what is no such day."""
    kept = as_told(told)
    if kept is None:
        return None
    calendar, boxes = kept
    day = ("/" if boxes[1].isdecimal() else " ").join(box for box in boxes if box)
    return _AS_TOLD.of(day=day, calendar=Said(CALENDAR.label(calendar)))


def _shown(
    field: Described, value: Any, labels: Mapping[str, str]
) -> tuple[str, Said | str | None]:
    if value is None or value == "":
        return "text", None
    if isinstance(field, Choice):
        return "word", Said(field.codes.label(value))
    if isinstance(field, Ref):
        return _named(field, value, labels)
    if field.kind == "flag":
        return "word", _YES if value else _NO
    if field.kind == "by":
        return "text", name_of(value)
    return {"day": "day", "number": "code"}.get(field.kind, "text"), str(value)


def _named(field: Ref, value: str, labels: Mapping[str, str]) -> tuple[str, Said | str]:
    if value in labels:
        return "text", labels[value]
    return "word", _OUTSIDE if field.crosses else _NOT_HERE
