"""What a stored line says: read strictly, and without believing that it can be read.

A line that a laptop sent is never refused for what it holds; what cannot be a Unit is held with the
reason. What no database, page or other laptop could bear (a NUL, half a character, a number that is
none, a hundred lists in lists) stops here, whatever field it stands in.
"""

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from schema.change import HELD, Outcome, Unit, written
from schema.frames import is_sealed
from schema.ids import derived_id, is_id
from schema.problems import BadValue, NotASync
from server import sealing

DEEPEST = 16
LARGEST = 1 << 53
_ESCAPED = "json:"


class Unreadable(Exception):
    """A stored line that is no Unit. reason: a code; sentence: for people."""

    def __init__(self, reason: str, sentence: str) -> None:
        self.reason, self.sentence = reason, sentence
        super().__init__(reason)

    def held(self, unit_id: str) -> Outcome:
        """What becomes of it."""
        return Outcome(unit_id, HELD, 0, self.reason, self.sentence)


def storable(text: str) -> str:
    """The text as any database holds it: what has a NUL is escaped whole."""
    return _ESCAPED + json.dumps(text) if "\x00" in text else text


def unit_id_of(said: Any, chain: str, n: int) -> str:
    """The Unit's id, or one derived from its place when the line does not say one.

    said: the line's text, or its JSON where it came as that.
    """
    body = _quietly(said) if isinstance(said, str) else said
    said = body.get("id") if isinstance(body, dict) else None
    return said if isinstance(said, str) and is_id(said) else derived_id("line", chain, n)


def body_of(text: str) -> dict[str, Any] | None:
    """The JSON of a text that says nothing twice and nothing else: it is what the text would be anew."""
    try:
        body = json.loads(text)
        return body if isinstance(body, dict) and written(body) == text else None
    except (ValueError, RecursionError):
        return None


def _quietly(text: str) -> Any:
    try:
        return json.loads(_opened(text))
    except (Unreadable, ValueError, RecursionError):
        return None


def read(payload: str) -> Unit:
    """The Unit of a stored payload. Raises Unreadable."""
    return unit_of(_parsed(payload))


def unit_of(body: dict[str, Any]) -> Unit:
    """The Unit that this JSON says. Raises Unreadable."""
    _require_plain(body, 1)
    _require_plain(body.values(), 1)
    try:
        return Unit.from_wire(body)
    except NotASync as problem:
        raise Unreadable("unreadable", problem.said) from None


def _parsed(payload: str) -> dict[str, Any]:
    text = _opened(payload)
    try:
        body = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Unreadable("unreadable", "This is not one entry in JSON.") from None
    if not isinstance(body, dict):
        raise Unreadable("unreadable", "This is not one entry in JSON.")
    return body


def _opened(payload: str) -> str:
    if not is_sealed(payload):
        return payload
    try:
        return sealing.unseal(payload)
    except BadValue as problem:
        raise Unreadable("sealed", problem.said) from None


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) != len(pairs):
        raise ValueError("a name stands twice")
    return body


def _require_plain(parts: Iterable[Any], depth: int) -> None:
    """Let nothing through that could not be stored, shown or sent on. Raises Unreadable."""
    if depth >= DEEPEST:
        raise Unreadable("invalid", "This holds lists in lists, deeper than anything is shown.")
    for part in parts:
        kind = type(part)
        if kind is str:
            if not part.isascii() or "\x00" in part:
                _require_text(part)
        elif kind is list:
            _require_plain(part, depth + 1)
        elif kind is dict:
            _require_plain(part, depth + 1)
            _require_plain(part.values(), depth + 1)
        elif kind is float or kind is int:
            _require_number(part)


def _require_text(text: str) -> None:
    if "\x00" in text or not _encodes(text):
        raise Unreadable("invalid", "This holds a character that cannot be stored.")


def _require_number(value: float) -> None:
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise Unreadable("invalid", "This holds a number that is too large to be exact.")
    elif not math.isfinite(value):
        raise Unreadable("invalid", "This holds a number that is none.")


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
