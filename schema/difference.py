"""Shows where two values differ: pieces of a value, each marked as alike or not."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

# Longer values are compared by words; so is joined-up writing, whose letters change when cut.
_LONGEST_BY_LETTERS = 40


def pieces(value: str, other: str) -> list[tuple[str, bool]]:
    """The value in pieces, true where it differs from the other."""
    ours, theirs = _units(value, other), _units(other, value)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [
        ("".join(ours[start:end]), verb != "equal")
        for verb, start, end, _, _ in blocks
        if end > start
    ]


def _units(value: str, other: str) -> Sequence[str]:
    if max(len(value), len(other)) > _LONGEST_BY_LETTERS or _joins(value + other):
        return re.findall(r"\s+|\S+", value)
    return value


def _joins(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "AL" for letter in text)
