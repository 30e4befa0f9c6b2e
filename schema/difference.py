"""Shows where two values differ: pieces of a value, each marked as alike or not."""

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import takewhile

# Longer values are compared by words; so is joined-up writing, whose letters change when cut.
_LONGEST_BY_LETTERS = 40

Pieces = list[tuple[str, bool]]


def pieces(value: str, other: str) -> Pieces:
    """The value in pieces, true where it differs from the other."""
    if max(len(value), len(other)) > _LONGEST_BY_LETTERS or _joins(value + other):
        return _by_words(value, other)
    return _by_letters(value, other)


def _by_letters(value: str, other: str) -> Pieces:
    start = _alike(value, other)
    end = len(value) - _alike(value[start:][::-1], other[start:][::-1])
    parts = [(value[:start], False), (value[start:end], True), (value[end:], False)]
    return [(text, differs) for text, differs in parts if text]


def _by_words(value: str, other: str) -> Pieces:
    ours, theirs = re.findall(r"\s+|\S+", value), re.findall(r"\s+|\S+", other)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [
        (word, verb != "equal" and not word.isspace())
        for verb, start, end, _, _ in blocks
        for word in ours[start:end]
    ]


def _alike(value: str, other: str) -> int:
    pairs = zip(value, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _joins(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "AL" for letter in text)
