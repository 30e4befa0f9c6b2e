"""Understands one cell as the value of a field: codes translated, dates by their format, by code named."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schema.fields import Choice, Described, Flag, Text, Whole
from schema.problems import BadValue

_YES = {"yes": True, "true": True, "1": True, "oui": True, "sí": True, "si": True, "نعم": True}
_NO = {"no": False, "false": False, "0": False, "non": False, "لا": False}
_SAID = {**_YES, **_NO}
ISO = "%Y-%m-%d"


class Unusable(BadValue):
    """A cell that cannot be the value of its field. ``reason`` is the code of the rejects file."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def understood(
    field: Described, text: str, codes: Mapping[str, str], formats: tuple[str, ...]
) -> Any:
    """The value that a cell says, as it is stored; a reference stays as typed. Raises Unusable."""
    if field.kind == "ref":
        return _stored(_TYPED, text)
    if field.kind == "day":
        return _stored(field, read_day(text, formats)[0])
    if isinstance(field, Choice):
        return _code(field, codes.get(text, text))
    if isinstance(field, Flag):
        return _said(codes.get(text, text))
    if isinstance(field, Whole):
        return _stored(field, _whole(text))
    return _stored(field, codes.get(text, text))


def read_day(text: str, formats: tuple[str, ...]) -> tuple[str, str]:
    """(ISO date, its precision) of what one of these formats reads. Raises Unusable."""
    for form in formats:
        found = _read(text, form)
        if found:
            return found.isoformat(), precision_of(form)
    raise Unusable("impossible-date", f"There is no such date, written as {' or '.join(formats)}.")


def precision_of(form: str) -> str:
    """How exactly a format says a day."""
    if "%d" in form or "%j" in form:
        return "day"
    return "month" if "%m" in form or "%b" in form or "%B" in form else "year"


def _read(text: str, form: str) -> date | None:
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    # strptime also takes 1937123 for %Y%m%d: what is not written as the format writes it is a guess.
    return found.date() if found.strftime(form) == text or _padded(text, form) else None


def _padded(text: str, form: str) -> bool:
    """Whether a format with dividers was followed without leading zeros, as 3/7/1990."""
    return any(divider in form for divider in "/.- ") and text[:1] != " "


def _code(field: Choice, text: str) -> str:
    if text not in field.codes:
        raise Unusable("wrong-code", f"This must be one of: {', '.join(field.codes.values)}.")
    return text


def _said(text: str) -> bool:
    try:
        return _SAID[text.casefold()]
    except KeyError:
        raise Unusable("wrong-code", "This must be yes or no.") from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.lstrip("-").isdigit() and len(text) < 12):
        raise Unusable("not-a-number", "This must be a whole number.")
    return int(text)


def _stored(field: Described, value: Any) -> Any:
    try:
        return field.check(value)
    except BadValue as problem:
        too_long = isinstance(field, Text) and isinstance(value, str) and len(value) > field.longest
        reason = "too-long" if too_long else _REASONS.get(field.kind, "unstorable")
        raise Unusable(reason, problem.said) from problem


_TYPED = Text("", longest=200)
_REASONS = {"day": "impossible-date", "whole": "not-a-number", "number": "wrong-number"}
