"""What FIELD=VALUE words at a command line mean, at both ends."""

import json
from collections.abc import Sequence
from typing import Any

from schema.fields import Described, Flag, Number, Open, Whole
from schema.ids import read_number
from schema.problems import WrongUse

ANSWERS = {"yes": True, "true": True, "no": False, "false": False}
LONGEST_WHOLE = 18


def pairs(words: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE words as a mapping. Raises WrongUse."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise WrongUse(f"{word!r} is not FIELD=VALUE.")
        if name in found:
            raise WrongUse(f"{name} is given twice.")
        found[name] = value
    return found


def meaning(field: Described, text: str) -> Any:
    """The value that a word means for this kind of field; what it cannot mean comes back as text."""
    if isinstance(field, Flag):
        return ANSWERS.get(text.lower(), text)
    if isinstance(field, Whole):
        digits = text.removeprefix("-")
        plain = digits.isascii() and digits.isdigit() and len(digits) < LONGEST_WHOLE
        return int(text) if plain else text
    if isinstance(field, Number):
        return read_number(text)
    return from_json(text) if isinstance(field, Open) else text


def from_json(text: str) -> Any:
    """A JSON value. Raises WrongUse."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise WrongUse("This is not JSON.") from None


def of_each(names: Sequence[str], text: str) -> dict[str, Any]:
    """A value for each of these fields, which settle as one: JSON where they are several. Raises WrongUse."""
    if len(names) == 1:
        return {names[0]: text}
    try:
        said = from_json(text)
    except WrongUse:
        said = None
    if not isinstance(said, dict) or set(said) != set(names):
        raise WrongUse(f"Give a JSON object with: {', '.join(names)}.")
    return said


def _no_constant(word: str) -> None:
    raise ValueError(word)
