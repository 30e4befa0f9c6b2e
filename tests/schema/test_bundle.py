"""The first line of a bundle: read in one form only."""

from io import BytesIO

import pytest

from schema.bundle import DOWN, UP, Header, read_header
from schema.frames import frame
from schema.ids import derived_id
from schema.problems import NotABundle

HEADER = Header(
    UP, "age1" + "q" * 58, derived_id("laptop"), {"1": (3, 9)}, 700, "0a" * 32, "f1" * 64
)
LINE = HEADER.line()


def read(line: bytes) -> Header:
    return read_header(BytesIO(line + b"what is sealed"))


def test_a_header_reads_back_and_leaves_the_file_at_what_is_sealed():
    file = BytesIO(LINE + b"what is sealed")
    assert read_header(file).line() == LINE
    assert file.read() == b"what is sealed"


def test_what_is_signed_is_all_of_it_but_the_signature():
    assert HEADER.signed(b"\x01" * 64).signed_text() == HEADER.signed_text()
    assert Header(**{**vars(HEADER), "way": DOWN}).signed_text() != HEADER.signed_text()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        LINE[:-1],
        b"\xff\xd8\xff\xe0 a photograph",
        b"[" * 10_000,
        LINE.replace(b"BUNDLE", b"HELLO"),
        LINE.replace(b"f1", b"F1", 1),
        LINE.replace(b'"size":700', b'"size": 700'),
        LINE.replace(b'"size":700', b'"size":700.0'),
        LINE.replace(b'"size":700', b'"size":-1'),
        LINE.replace(b'"size":700', b'"size":700,"size":700'),
        LINE.replace(b'"size":700', b'"size":999999999999'),
        LINE.replace(b'"way":"up"', b'"way":"aside"'),
        LINE.replace(b'{"1":[3,9]}', b'{"1":[3]}'),
        LINE.replace(b'"protocol":1', b'"protocol":2'),
        LINE.replace(b"0a", b"0A", 1),
        frame("BUNDLE", dict(sorted(vars(HEADER).items()))),
        frame("BUNDLE", vars(HEADER) | {"more": 1}),
    ],
)
def test_what_is_written_in_any_other_way_is_refused(line):
    with pytest.raises(NotABundle):
        read(line)
