"""What a posted form said, leniently understood. ``schema.form`` draws what is read here."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from schema import calendars
from schema.deployment import Noun
from schema.fields import Choice, Described, Number, Ref, Text, Whole
from schema.problems import BadValue
from schema.said import Said
from schema.typed_dates import NO_DAY, ReadDay, read_day, read_whole, western

PARTS = ("day", "month", "year")
ESTIMATE, CALENDAR = "estimate", "calendar"
_OWN_NAMES = {"csrf_token"}
_UNFILLED = Said("%(field)s must be filled in")
_UNSTORABLE = Said("%(field)s must not have characters that cannot be stored")
_UNBOUND = Said("%(field)s must be a whole number from %(least)s to %(most)s")
_UNKNOWN_CODE = Said("%(field)s must be one of the answers shown")
_UNLIKELY_DAY = Said("%(field)s must be a date between 1900 and 2200")
_TOO_LONG = Said("%(field)s must have at most %(most)s characters")
_UNFIT = Said("%(field)s must be something that can be stored")
_SPACES = {ord(space): None for space in " \t\u00a0\u202f\u2009"}


class Parsed(NamedTuple):
    """values: what was understood. errors: what could not be. typed: the text as it came."""

    values: dict[str, Any]
    errors: dict[str, tuple[Said, ...]]
    typed: dict[str, str]


def parse(entity: Noun, form: Mapping[str, Any], only: Iterable[str] | None = None) -> Parsed:
    """What was typed, leniently understood. What was not posted is absent; an empty answer is None.

    A reference comes back as typed: the page turns a code, P-code or printed number into an id.
    """
    parsed = Parsed({}, {}, {})
    for name in asked_names(entity, only):
        if any(f"{name}-{part}" in form for part in PARTS):
            _parse_boxes(entity, name, form, parsed)
        elif name in form:
            _parse_one(entity, name, posted_text(form, name), parsed)
    return parsed


def missing(
    entity: Noun, values: Mapping[str, Any], only: Iterable[str] | None = None
) -> dict[str, tuple[Said, ...]]:
    """What must be filled in and is not: errors to lay beside those of ``parse``."""
    fields = entity.describe()
    return {
        name: (unfilled(fields[name]),)
        for name in asked_names(entity, only)
        if fields[name].about.required and values.get(name) is None
    }


def unfilled(field: Described) -> Said:
    """What is said of a field that must be filled in and is not."""
    return _about(field, _UNFILLED)


def unknown_names(
    entity: Noun, form: Iterable[str], only: Iterable[str] | None = None
) -> list[str]:
    """Posted names that no question of this form takes."""
    takes: set[str] = set(_OWN_NAMES)
    for name in asked_names(entity, only):
        takes |= {name, *(f"{name}-{part}" for part in (*PARTS, ESTIMATE, CALENDAR))}
    return [name for name in form if name not in takes and not name.startswith("_")]


def unprefixed(form: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """The part of a posted form that carries this prefix, under its own names."""
    return {n.removeprefix(prefix): posted_text(form, n) for n in form if n.startswith(prefix)}


def posted_text(form: Mapping[str, Any], name: str) -> str:
    """The last text posted under a name: a ticked box follows the hidden one that says no."""
    many: Callable[[str], list[str]] | None = getattr(form, "getlist", None)
    return str(many(name)[-1] if many else form[name])


def asked_names(entity: Noun, only: Iterable[str] | None) -> list[str]:
    """The fields a form asks for: ``only``, or all on the form. What says more of a day comes with it."""
    fields = entity.describe()
    names = [n for n, field in fields.items() if field.about.on_form] if only is None else [*only]
    joined = {beside(entity, name) for name in names for beside in (precision_of, told_of)}
    return [name for name in names if name not in joined]


def precision_of(entity: Noun, name: str) -> str | None:
    """The field that says how exactly this day is known, if there is one in its merge group."""
    if entity.describe()[name].kind != "day":
        return None
    return next((n for n in entity.groups()[name] if n == f"{name}_precision"), None)


def told_of(entity: Noun, name: str) -> str | None:
    """The field that keeps this day as it was told in another calendar, if there is one in its merge group."""
    if entity.describe()[name].kind != "day":
        return None
    return next((n for n in entity.groups()[name] if n == f"{name}_told"), None)


def _parse_boxes(entity: Noun, name: str, form: Mapping[str, Any], parsed: Parsed) -> None:
    keys = [f"{name}-{part}" for part in PARTS]
    boxes = [posted_text(form, key) if key in form else "" for key in keys]
    tick = f"{name}-{ESTIMATE}"
    ticked = posted_text(form, tick) if tick in form else ""
    parsed.typed.update(zip([*keys, tick], [*boxes, ticked], strict=True))
    day, month, year = boxes
    told, chosen = told_of(entity, name), f"{name}-{CALENDAR}"
    calendar = posted_text(form, chosen) if told and chosen in form else ""
    parsed.typed.update({chosen: calendar} if calendar else {})
    foreign = calendar in (calendars.HIJRI, calendars.ETHIOPIAN)
    read = calendars.read(calendar, *boxes) if foreign else read_day(day, month, year)
    if told and calendar:
        kept = calendars.told(calendar, day, month, year) if foreign and any(boxes) else None
        parsed.values[told] = kept
    if ticked == "1" and read.iso:
        read = ReadDay(read.iso, "estimated")
    _keep_day(entity, name, read, parsed)


def _keep_day(entity: Noun, name: str, read: ReadDay, parsed: Parsed) -> None:
    field, precision = entity.describe()[name], precision_of(entity, name)
    vague = not precision and read.precision not in (None, "day")
    wrong = read.wrong or (NO_DAY if vague else None)
    if wrong:
        parsed.errors[name] = (_about(field, wrong),)
        return
    _keep(field, name, read.iso, parsed)
    if precision and name in parsed.values:
        parsed.values[precision] = read.precision


def _parse_one(entity: Noun, name: str, text: str, parsed: Parsed) -> None:
    field = entity.describe()[name]
    parsed.typed[name] = text
    if field.kind == "day":
        _keep_day(entity, name, read_whole(text) if text.strip() else ReadDay(), parsed)
    else:
        _keep(field, name, _understood(field, text), parsed)


def _keep(field: Described, name: str, value: Any, parsed: Parsed) -> None:
    problem = _problem(field, value)
    if problem:
        parsed.errors[name] = (problem,)
    else:
        parsed.values[name] = value


def _understood(field: Described, text: str) -> Any:
    trimmed = text.replace("\r\n", "\n").strip()
    if not trimmed:
        return None
    if isinstance(field, Whole):
        number = western(trimmed).translate(_SPACES)
        return int(number) if number.lstrip("+-").isdecimal() and len(number) < 20 else trimmed
    if field.kind == "flag":
        return {"1": True, "0": False}.get(trimmed, trimmed)
    return western(trimmed) if isinstance(field, (Ref, Number)) else trimmed


def _problem(field: Described, value: Any) -> Said | None:
    if value is None:
        return None
    try:
        # A reference may be typed as a code, which only a page can look up: here it is text.
        (_TYPED_REFERENCE if isinstance(field, Ref) else field).check(value)
    except BadValue:
        return _in_words(field, value)
    return None


def _in_words(field: Described, value: Any) -> Said:
    if isinstance(value, str) and _unstorable(value):
        return _about(field, _UNSTORABLE)
    if isinstance(field, Whole):
        return _about(field, _UNBOUND, least=field.least, most=field.most)
    if isinstance(field, Choice):
        return _about(field, _UNKNOWN_CODE)
    if field.kind == "day":
        return _about(field, _UNLIKELY_DAY)
    if isinstance(field, Text) and isinstance(value, str) and len(value) > field.longest:
        return _about(field, _TOO_LONG, most=field.longest)
    return _about(field, _UNFIT)


def _about(field: Described, words: Said, **values: object) -> Said:
    return words.of(field=Said(field.about.label), **values)


def _unstorable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


_TYPED_REFERENCE = Text("", longest=200)
