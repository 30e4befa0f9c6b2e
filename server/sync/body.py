"""Reading a body as it comes: decompressed bit by bit, cut into lines, never more in memory than a line.

A body may end anywhere. What ends without a line's end is no line; whether the body was complete is
for its last line to say.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from werkzeug.exceptions import ClientDisconnected

from schema.frames import LINE_LIMIT
from schema.problems import NotASync, TooLarge, WrongFormat

# Small, because a server that loses the connection also loses what it was still collecting.
PIECE = 4_096
OUT = 65_536
MOST_BODY = 2_000_000
MOST_TEXT = 20_000_000
# A body of Units is some ten times smaller compressed. What is a hundred times smaller is no such body.
MOST_RATIO = 100
SLACK = 1_000_000
IDENTITY, GZIP = "identity", "gzip"


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
    if encoding == GZIP:
        return _inflated(pieces, limits.text)
    if encoding == IDENTITY:
        return pieces
    raise WrongFormat("A sync is sent with gzip, or as it is.")


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


def _inflated(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    engine = zlib.decompressobj(wbits=31)
    took = gave = 0
    for piece in pieces:
        took += len(piece)
        for text in _inflate(engine, piece):
            gave += len(text)
            if gave > min(most, took * MOST_RATIO + SLACK):
                raise TooLarge
            yield text
        if engine.unused_data:
            raise NotASync("There is more after the end of the compressed body.")


def _inflate(engine: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
    """What this piece unfolds to, in parts of at most OUT."""
    rest = piece
    while True:
        try:
            text = engine.decompress(rest, OUT)
        except zlib.error:
            raise NotASync("The body is not gzip.") from None
        if text:
            yield text
        rest = engine.unconsumed_tail
        if not rest and len(text) < OUT:
            return
