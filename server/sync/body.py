"""Reading a body as it comes: decompressed bit by bit, cut into lines, never more in memory than a line.

A body may end anywhere. What ends without a line's end is no line; whether the body was complete is
for its last line to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from werkzeug.exceptions import ClientDisconnected

from schema.encodings import IDENTITY, NotPacked, known, unpacked
from schema.frames import LINE_LIMIT
from schema.problems import NotASync, TooLarge, WrongFormat

# Small, because a server that loses the connection also loses what it was still collecting.
PIECE = 4_096
MOST_BODY = 2_000_000
MOST_TEXT = 20_000_000
# A body of Units is some ten times smaller compressed. What is a hundred times smaller is no such body.
MOST_RATIO = 100
SLACK = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How many bytes a body has at most, as it comes and unfolded."""

    body: int = MOST_BODY
    text: int = MOST_TEXT


def lines_of(
    stream: IO[bytes],
    encoding: str,
    limits: Limits = Limits(),
) -> Iterator[bytes]:
    """The whole lines of a body, without their ends. Raises TooLarge, NotASync, WrongFormat."""
    begun = bytearray()
    for text in _text(stream, encoding, limits):
        begun += text
        *whole, rest = begun.split(b"\n")
        for line in whole:
            yield bytes(_checked(line))
        begun = _checked(rest)


def _checked(line: bytearray) -> bytearray:
    if len(line) > LINE_LIMIT:
        raise TooLarge("A line of a sync has at most 1 MB.")
    return line


def _text(stream: IO[bytes], encoding: str, limits: Limits) -> Iterator[bytes]:
    pieces = _pieces(stream, limits.body)
    if encoding == IDENTITY:
        return pieces
    if encoding not in known():
        raise WrongFormat("A sync is sent with gzip, or as it is.")
    return _unfolded(pieces, encoding, limits.text)


def _pieces(stream: IO[bytes], most: int) -> Iterator[bytes]:
    """What comes, until it ends or the connection does."""
    took = 0
    while piece := _read(stream):
        took += len(piece)
        if took > most:
            raise TooLarge
        yield piece


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(PIECE)
    except (ClientDisconnected, OSError):
        return b""


def _unfolded(pieces: Iterator[bytes], encoding: str, most: int) -> Iterator[bytes]:
    took = gave = 0

    def counted() -> Iterator[bytes]:
        nonlocal took
        for piece in pieces:
            took += len(piece)
            yield piece

    try:
        for text in unpacked(counted(), encoding):
            gave += len(text)
            if gave > min(most, took * MOST_RATIO + SLACK):
                raise TooLarge
            yield text
    except NotPacked:
        raise NotASync("The body is not compressed as it says.") from None
