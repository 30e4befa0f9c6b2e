"""Reading a body: bit by bit, and never more of it in memory than a line."""

import gzip
import io
import tracemalloc
import zlib
from collections import deque
from itertools import islice

import pytest
from werkzeug.exceptions import ClientDisconnected

from schema.frames import LINE_LIMIT
from schema.problems import NotASync, TooLarge, WrongFormat
from server.sync.body import GZIP, IDENTITY, MOST_BODY, PIECE, lines_of

TEXT = b'["HELLO",{}]\n["OPS",[1]]\n["END",{}]\n'
WHOLE = TEXT.splitlines()


class Cut(io.BytesIO):
    """A stream whose connection breaks where it ends."""

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        if len(piece) < PIECE:
            raise ConnectionResetError
        return piece


class Gone(io.BytesIO):
    """A stream that Werkzeug found shorter than it was announced."""

    def read(self, size: int | None = -1) -> bytes:
        raise ClientDisconnected


def read(body: bytes, encoding: str = IDENTITY) -> list[bytes]:
    return list(lines_of(io.BytesIO(body), encoding))


def test_a_body_is_cut_into_its_lines():
    assert read(TEXT) == WHOLE
    assert read(gzip.compress(TEXT, mtime=0), GZIP) == WHOLE


@pytest.mark.parametrize("cut", range(len(TEXT) + 1))
def test_what_ends_without_a_lines_end_is_no_line(cut):
    assert read(TEXT[:cut]) == WHOLE[: TEXT[:cut].count(b"\n")]


def test_a_compressed_body_cut_anywhere_gives_whole_lines_only():
    body = gzip.compress(TEXT * 50, mtime=0)
    found = [len(read(body[:cut], GZIP)) for cut in range(len(body))]
    assert (found[0], found[-1]) == (0, 150)
    assert found == sorted(found)


def test_a_broken_connection_ends_a_body_like_its_end():
    assert list(lines_of(Cut(TEXT * PIECE), IDENTITY))[:3] == WHOLE
    assert list(lines_of(Gone(TEXT), IDENTITY)) == []


def test_a_long_line_is_read_whole():
    line = b'["OPS","' + b"x" * (LINE_LIMIT - 10) + b'"]'
    assert read(line + b"\n") == [line]


def test_a_line_over_the_limit_is_refused_before_it_ends():
    with pytest.raises(TooLarge):
        read(b"x" * (LINE_LIMIT + 1))


def test_a_body_over_the_limit_is_refused():
    with pytest.raises(TooLarge):
        read(b"[1]\n" * (MOST_BODY // 4 + 1))


def test_a_bomb_is_refused_and_never_unfolds():
    bomb = gzip.compress((b"x" * 999 + b"\n") * 100_000, 9)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        deque(islice(lines_of(io.BytesIO(bomb), GZIP), 50_000), maxlen=0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize(
    "body",
    [
        b"<html>captive portal</html>",
        gzip.compress(TEXT, mtime=0)[:-8] + bytes(8),
        zlib.compress(TEXT),
    ],
)
def test_what_is_not_gzip_is_refused(body):
    with pytest.raises(NotASync):
        read(body, GZIP)


def test_more_after_the_end_of_a_compressed_body_is_refused():
    with pytest.raises(NotASync):
        read(gzip.compress(TEXT, mtime=0) + b"more", GZIP)


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", ""])
def test_other_compressions_are_not_taken(encoding):
    with pytest.raises(WrongFormat):
        read(TEXT, encoding)
