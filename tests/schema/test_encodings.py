"""Compression of what goes over a link: both ways back, in small parts, each stream on its own."""

from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import encodings
from schema.encodings import GZIP, IDENTITY, OUT, ZSTD, Packer, packed, unpacked

PACKED = [GZIP, ZSTD]


def text_of(body: bytes, encoding: str, size: int = 4_096) -> bytes:
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(unpacked(pieces, encoding))


@given(st.binary(max_size=3_000), st.integers(1, 200), st.sampled_from([IDENTITY, *PACKED]))
def test_what_was_packed_comes_out_in_whatever_pieces_it_comes(text: bytes, size: int, how: str):
    body = text if how == IDENTITY else packed(text, how)
    assert text_of(body, how, size) == text


@pytest.mark.parametrize("encoding", PACKED)
def test_a_long_text_is_paused_in_and_comes_out(encoding: str) -> None:
    text = b"".join(b"%d:%d\n" % (n, n * n) for n in range(40_000))
    assert len(text) > 3 * OUT
    assert text_of(packed(text, encoding), encoding) == text


@pytest.mark.parametrize("encoding", PACKED)
def test_no_part_is_larger_than_it_may_be(encoding: str) -> None:
    parts = [len(part) for part in unpacked(iter([packed(bytes(1_000_000), encoding)]), encoding)]
    assert (max(parts), sum(parts)) == (OUT, 1_000_000)


def test_streams_of_threads_do_not_meet() -> None:
    texts = [b"".join(b"%d-%d\n" % (n, who) for n in range(20_000)) for who in range(8)]
    with ThreadPoolExecutor(8) as threads:
        back = list(threads.map(lambda text: text_of(packed(text, ZSTD), ZSTD), texts))
    assert back == texts


def test_an_end_without_the_package_knows_gzip_alone() -> None:
    body = packed(b"text", ZSTD)
    with mock.patch.object(encodings, "zstandard", None):
        assert encodings.known() == (GZIP,)
        assert text_of(packed(b"text", GZIP), GZIP) == b"text"
        with pytest.raises(LookupError):
            text_of(body, ZSTD)
    assert encodings.known() == (ZSTD, GZIP)


@pytest.mark.parametrize("encoding", PACKED)
def test_what_is_made_once_is_packed_closer_than_what_is_said_once(encoding: str) -> None:
    words = [b"%d-%s" % (n % 40, b"abc"[n % 3 :]) for n in range(900)]
    text = b" ".join(words[n * n * 7919 % 900] for n in range(30_000))
    close = Packer(encoding, encodings.CLOSEST[encoding])
    size = len(close.add(text) + close.end())
    assert size < len(packed(text, encoding))
