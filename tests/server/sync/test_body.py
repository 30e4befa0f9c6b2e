"""Reading a body: bit by bit, and never more of it in memory than a line."""

import gzip
import io
import tracemalloc
import zlib
from collections import deque
from itertools import islice
from unittest import mock

import pytest
import zstandard
from werkzeug.exceptions import ClientDisconnected

from schema import encodings
from schema.encodings import GZIP, IDENTITY, ZSTD, Packer, packed
from schema.frames import LINE_LIMIT
from schema.problems import NotASync, TooLarge, WrongFormat
from server.sync.body import MOST_BODY, PIECE, lines_of

TEXT = b'["HELLO",{}]\n["OPS",[1]]\n["END",{}]\n'
WHOLE = TEXT.splitlines()


def _wide() -> bytes:
    """A body whose reader would have to keep 128 MB of it."""
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    engine = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    return engine.compress(TEXT) + engine.flush()


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
    assert read(packed(TEXT, ZSTD), ZSTD) == WHOLE


@pytest.mark.parametrize("cut", range(len(TEXT) + 1))
def test_what_ends_without_a_lines_end_is_no_line(cut):
    assert read(TEXT[:cut]) == WHOLE[: TEXT[:cut].count(b"\n")]


@pytest.mark.parametrize("encoding", [GZIP, ZSTD])
def test_a_compressed_body_cut_anywhere_gives_whole_lines_only(encoding):
    body = packed(TEXT * 50, encoding)
    found = [len(read(body[:cut], encoding)) for cut in range(len(body) + 1)]
    assert (found[0], found[-1]) == (0, 150)
    assert found == sorted(found)


@pytest.mark.parametrize("encoding", [GZIP, ZSTD])
def test_what_came_before_a_pause_is_read_when_the_link_breaks_after_it(encoding):
    engine = Packer(encoding)
    body = engine.add(TEXT) + engine.pause()
    engine.add(TEXT)
    assert read(body, encoding) == WHOLE


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


@pytest.mark.parametrize("encoding", [GZIP, ZSTD])
def test_a_bomb_is_refused_and_never_unfolds(encoding):
    bomb = _bomb(encoding)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        deque(islice(lines_of(io.BytesIO(bomb), encoding), 50_000), maxlen=0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


def _bomb(encoding: str) -> bytes:
    engine = Packer(encoding)
    return b"".join(engine.add((b"x" * 999 + b"\n") * 1_000) for _ in range(100)) + engine.end()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (GZIP, b"<html>captive portal</html>"),
        (GZIP, gzip.compress(TEXT, mtime=0)[:-8] + bytes(8)),
        (GZIP, zlib.compress(TEXT)),
        (GZIP, packed(TEXT, ZSTD)),
        (ZSTD, b"<html>captive portal</html>"),
        (ZSTD, packed(TEXT, GZIP)),
        (ZSTD, zstandard.ZstdCompressor(write_checksum=True).compress(TEXT)[:-1] + b"?"),
        (ZSTD, _wide()),
    ],
)
def test_what_is_not_compressed_as_it_says_is_refused(encoding, body):
    with pytest.raises(NotASync):
        read(body, encoding)


@pytest.mark.parametrize("encoding", [GZIP, ZSTD])
def test_more_after_the_end_of_a_compressed_body_is_refused(encoding):
    with pytest.raises(NotASync):
        read(packed(TEXT, encoding) + b"more", encoding)


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", ""])
def test_other_compressions_are_not_taken(encoding):
    with pytest.raises(WrongFormat):
        read(TEXT, encoding)


def test_a_registry_without_the_package_takes_no_zstd():
    body = packed(TEXT, ZSTD)
    with mock.patch.object(encodings, "zstandard", None), pytest.raises(WrongFormat):
        read(body, ZSTD)
