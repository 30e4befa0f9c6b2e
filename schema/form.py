"""How a declared noun is asked for, and how what was typed is understood.

``inputs`` says what to draw, ``parse`` reads what came back; neither knows of HTML or HTTP. The
macro ``look/form.html`` draws an Input. A page posts, calls ``parse``, and on errors draws the form
again with ``inputs(entity, {**values, **parsed.typed}, parsed.errors)``: text comes back as typed.

A day is three boxes (``birth_date-day``, ``-month``, ``-year``); where its group has a precision, a
tick (``birth_date-estimate``) says that it is estimated, and the precision follows from the boxes.
Names that begin with ``_`` belong to the page (form key, version, address to return to).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from schema.calendars import CALENDAR, GREGORIAN, as_told
from schema.deployment import Noun, spread
from schema.fields import Choice, Described, Ref, Text, Whole
from schema.posted import CALENDAR as IN_CALENDAR
from schema.posted import (
    ESTIMATE,
    PARTS,
    Parsed,
    asked_names,
    missing,
    parse,
    precision_of,
    told_of,
    unknown_names,
    unprefixed,
)
from schema.said import Said

__all__ = [
    "Input",
    "Option",
    "Parsed",
    "Part",
    "inputs",
    "missing",
    "parse",
    "prefixed",
    "unknown_names",
    "unprefixed",
]

Errors = Mapping[str, Sequence[Said | str]]
Choices = Mapping[str, Sequence[tuple[str, str]]]

_MOST_RADIOS = 6
_KINDS = {"choice": "select", "whole": "number", "day": "day", "flag": "flag", "ref": "ref"}
_DIRECTIONS = {"text": "auto", "long_text": "auto", "ref": "auto"}
_PART_LABELS = (Said("Day"), Said("Month"), Said("Year"))
_ESTIMATED, _CALENDAR = Said("This is an estimate"), Said("Calendar")
_NOT_GIVEN = Said("Not given")
_BLANK = Said("")


@dataclass(frozen=True)
class Option:
    """One answer to choose. Labels of codes are Said and translated; names of records are text."""

    value: str
    label: Said | str
    chosen: bool


@dataclass(frozen=True)
class Part:
    """One box of a split day."""

    name: str
    label: Said
    value: str


@dataclass(frozen=True)
class Input:
    """All that a macro needs to draw one question.

    kind: text, long_text, radio, select, day, flag, number or ref. value: what stands in it (of a
    flag "1", "0" or ""). dir: of what is typed. width: a class. parts: the boxes of a day;
    estimate: its tick; calendar: in which it is told, where another than ours may be chosen.
    """

    name: str
    kind: str
    label: Said
    hint: Said
    value: str
    required: bool
    options: tuple[Option, ...] = ()
    errors: tuple[Said | str, ...] = ()
    dir: str = ""
    width: str = "full"
    parts: tuple[Part, ...] = ()
    estimate: Part | None = None
    calendar: Part | None = None
    calendars: tuple[Option, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of what an error links to and what is focused first."""
        if self.kind == "radio":
            return f"f-{self.name}-0"
        return f"f-{self.parts[0].name}" if self.parts else f"f-{self.name}"


def inputs(
    entity: Noun,
    values: Mapping[str, Any],
    errors: Errors | None = None,
    only: Iterable[str] | None = None,
    choices: Choices | None = None,
) -> list[Input]:
    """The questions of a form, in declared order (or in the order of ``only``).

    choices: for a reference, the (id, label) pairs to choose from; without them its code is typed.
    """
    fields, wrong, offered = entity.describe(), errors or {}, choices or {}
    values = spread(values)
    drawn = []
    for name in asked_names(entity, only):
        asked = _input(name, fields[name], values.get(name), offered.get(name))
        asked = replace(asked, errors=tuple(wrong.get(name, ())))
        drawn.append(_split(asked, entity, values) if asked.kind == "day" else asked)
    return drawn


def prefixed(asked: Iterable[Input], prefix: str) -> list[Input]:
    """The same questions under other names, so that two nouns fit into one form."""
    return [
        replace(
            one,
            name=prefix + one.name,
            parts=tuple(replace(part, name=prefix + part.name) for part in one.parts),
            estimate=one.estimate and replace(one.estimate, name=prefix + one.estimate.name),
            calendar=one.calendar and replace(one.calendar, name=prefix + one.calendar.name),
        )
        for one in asked
    ]


def _input(
    name: str, field: Described, value: Any, pairs: Sequence[tuple[str, str]] | None
) -> Input:
    text = _shown(value)
    options = _options(field, text, pairs)
    kind = _kind(field, options)
    return Input(
        name=name,
        kind=kind,
        label=Said(field.about.label),
        hint=Said(field.about.hint),
        value=text,
        required=field.about.required,
        options=options,
        dir=_DIRECTIONS.get(kind, ""),
        width=_width(field),
    )


def _kind(field: Described, options: tuple[Option, ...]) -> str:
    if isinstance(field, Text):
        return "long_text" if field.multiline else "text"
    if isinstance(field, Choice):
        return "radio" if len(field.codes.items) <= _MOST_RADIOS else "select"
    if isinstance(field, Ref) and options:
        return "select"
    return _KINDS.get(field.kind, "text")


def _options(
    field: Described, value: str, pairs: Sequence[tuple[str, str]] | None
) -> tuple[Option, ...]:
    if isinstance(field, Choice):
        codes = tuple((code, Said(label)) for code, label in field.codes.items)
        return _offered(field, value, codes)
    return _offered(field, value, tuple(pairs)) if isinstance(field, Ref) and pairs else ()


def _offered(
    field: Described, value: str, pairs: tuple[tuple[str, Said | str], ...]
) -> tuple[Option, ...]:
    """The answers; one that is not among them (a newer version's code) stands last, never lost."""
    offered = [*pairs] if not value or value in dict(pairs) else [*pairs, (value, value)]
    if not isinstance(field, Choice) or len(field.codes.items) > _MOST_RADIOS:
        offered.insert(0, ("", _BLANK))
    elif value and not field.about.required:
        offered.append(("", _NOT_GIVEN))
    return tuple(Option(code, label, code == value) for code, label in offered)


def _width(field: Described) -> str:
    if isinstance(field, Whole):
        return "w10"
    if isinstance(field, Text) and not field.multiline:
        return next((f"w{most}" for most in (4, 10, 20, 40) if field.longest <= most), "full")
    return "w20" if isinstance(field, Ref) else "full"


def _split(asked: Input, entity: Noun, values: Mapping[str, Any]) -> Input:
    precision = precision_of(entity, asked.name)
    how = str((values.get(precision) if precision else None) or "day")
    told = told_of(entity, asked.name)
    kept = as_told(str(values.get(told) or "")) if told else None
    known = kept[1] if kept else _boxes(asked.value, how)
    boxes = zip(PARTS, _PART_LABELS, known, strict=True)
    parts = tuple(_part(asked.name, part, label, box, values) for part, label, box in boxes)
    estimated = _part(asked.name, ESTIMATE, _ESTIMATED, how == "estimated", values)
    calendar = _part(asked.name, IN_CALENDAR, _CALENDAR, kept[0] if kept else GREGORIAN, values)
    drawn = replace(asked, parts=parts, estimate=estimated if precision else None)
    return replace(drawn, calendar=calendar, calendars=_calendars(calendar)) if told else drawn


def _calendars(chosen: Part) -> tuple[Option, ...]:
    return tuple(Option(c, Said(label), c == chosen.value) for c, label in CALENDAR.items)


def _part(name: str, part: str, label: Said, known: Any, values: Mapping[str, Any]) -> Part:
    """A box with what was typed into it, or else with what is known."""
    posted = f"{name}-{part}"
    return Part(posted, label, _shown(values.get(posted, known)))


def _boxes(iso: str, how: str) -> tuple[str, str, str]:
    pieces = iso.split("-")
    if len(pieces) != len(PARTS) or not all(piece.isdecimal() for piece in pieces):
        return "", "", iso
    year, month, day = (str(int(piece)) for piece in pieces)
    return (day if how == "day" else ""), (month if how in ("day", "month") else ""), year


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)
