"""What a stored line says: read strictly, and without believing that it can be read.

A line that a laptop sent is never refused for what it holds; what cannot be a Unit is held with the
reason. What no database, page or other laptop could bear (a NUL, half a character, a number that is
none, a hundred lists in lists) stops here, whatever field it stands in.
"""

import json
import math
from collections.abc import Sequence
from typing import Any

from schema.change import HELD, Outcome, Unit
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


def unit_id_of(text: str, chain: str, n: int) -> str:
    """The Unit's id, or one derived from its place when the line does not say one."""
    try:
        body = json.loads(_opened(text))
    except (Unreadable, ValueError, RecursionError):
        body = None
    said = body.get("id") if isinstance(body, dict) else None
    return said if isinstance(said, str) and is_id(said) else derived_id("line", chain, n)


def read(payload: str) -> Unit:
    """The Unit of a stored payload. Raises Unreadable."""
    body = _parsed(payload)
    _require_plain(body)
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
    if not sealing.is_sealed(payload):
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


def _require_plain(body: Any) -> None:
    """Let nothing through that could not be stored, shown or sent on. Raises Unreadable."""
    level = [body]
    for _ in range(DEEPEST):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return
    raise Unreadable("invalid", "This holds lists in lists, deeper than anything is shown.")


def _parts(value: Any) -> Sequence[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        if "\x00" in value or not _encodes(value):
            raise Unreadable("invalid", "This holds a character that cannot be stored.")
    elif isinstance(value, float) and not math.isfinite(value):
        raise Unreadable("invalid", "This holds a number that is none.")
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise Unreadable("invalid", "This holds a number that is too large to be exact.")
    return ()


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
