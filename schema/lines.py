"""One Unit as a line of OPS, for both ends: in full, or short after the line before it.

In full it is [n, hash of the line before, its own hash, the Unit as text, incarnation], and anybody can read
it alone. Short it is [n, check, Unit]: it goes on where the line before it in the same body ended, so
incarnation and both hashes follow, and ``check`` is the beginning of its own hash. The Unit stands there as
it is, and as text only where its JSON written anew would not be that text. The first and the last line of a
body are in full: the hash before the last one is that of all the lines that were short.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from schema import frames
from schema.change import written
from schema.ids import line_hash
from schema.problems import NotASync

# What an OPS line may be; STATE says up to which of them a registry reads, HELLO which a laptop speaks.
FULL, SHORT = 1, 2
CHECK_DIGITS = 4
LARGEST = 1 << 53
LAST_INCARNATION = 1_000_000
_LONGEST_HASH = 64


class Said(NamedTuple):
    """What an OPS line says. body: the Unit as JSON where it stood as that, else None."""

    incarnation: int
    n: int
    prev: str
    hash: str
    text: str
    body: Any = None


def in_full(said: Said) -> bytes:
    """The line that anybody can read alone."""
    return frames.frame(frames.OPS, [said.n, said.prev, said.hash, said.text, said.incarnation])


def shortened(lines: Sequence[Said]) -> list[bytes]:
    """The lines of one body, in order: all but the first and the last as short as may be."""
    inner = pairwise(lines[:-1])
    middle = [_short(said) if _follows(said, before) else in_full(said) for before, said in inner]
    return [*map(in_full, lines[:1]), *middle, *map(in_full, lines[1:][-1:])]


def _follows(said: Said, before: Said) -> bool:
    place = (before.incarnation, before.n + 1, before.hash)
    return place == (said.incarnation, said.n, said.prev)


def _short(said: Said) -> bytes:
    unit = _as_it_is(said.text) or json.dumps(said.text, ensure_ascii=False)
    return f'["{frames.OPS}",[{said.n},"{said.hash[:CHECK_DIGITS]}",{unit}]]\n'.encode()


def _as_it_is(text: str) -> str:
    """The text of a Unit that may stand in a line as what it says; empty when it may not."""
    try:
        body = json.loads(text)
        return text if isinstance(body, dict) and written(body) == text else ""
    except (ValueError, RecursionError):
        return ""


def read(body: Any, before: Said | None) -> Said:
    """What an OPS line says that came after this one. Raises NotASync when it is none, or was changed."""
    if isinstance(body, list) and len(body) == 5:
        return _read_full(*body)
    if isinstance(body, list) and len(body) == 3 and before is not None:
        return _read_short(before, *body)
    raise NotASync("A line of OPS has five parts, or three after another one.")


def _read_full(n: Any, prev: Any, said_hash: Any, text: Any, incarnation: Any) -> Said:
    if not (_counts(n, LARGEST) and _counts(incarnation, LAST_INCARNATION)):
        raise NotASync("A line of OPS names its number and its incarnation.")
    if not all(isinstance(word, str) for word in (prev, said_hash, text)):
        raise NotASync("A line of OPS carries the hash before it, its own, and its text.")
    if len(prev) > _LONGEST_HASH or not prev.isascii() or _hashed(prev, text) != said_hash:
        raise _changed()
    return Said(incarnation, n, prev, said_hash, text)


def _read_short(before: Said, n: Any, check: Any, unit: Any) -> Said:
    if n != before.n + 1 or isinstance(n, bool):
        raise NotASync("A short line of OPS goes on where the one before it ended.")
    text = unit if isinstance(unit, str) else _text_of(unit)
    own = _hashed(before.hash, text)
    if not isinstance(check, str) or len(check) < CHECK_DIGITS or not own.startswith(check):
        raise _changed()
    body = unit if isinstance(unit, dict) else None
    return Said(before.incarnation, n, before.hash, own, text, body)


def _text_of(unit: Any) -> str:
    try:
        return written(unit)
    except (ValueError, RecursionError):
        raise _changed() from None


def _hashed(prev: str, text: str) -> str:
    try:
        return line_hash(prev, text)
    except UnicodeEncodeError:
        raise NotASync("A line of OPS carries the hash before it, its own, and its text.") from None


def _changed() -> NotASync:
    return NotASync("A line's hash is not that of its text: it was changed on the way.")


def _counts(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
