"""Lines of a sync."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.change import Change, Unit
from schema.frames import LINE_LIMIT, frame, from_columnar, read_frame
from schema.ids import derived_id
from schema.problems import NotASync, TooLarge

VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)


def test_a_frame_reads_back():
    assert read_frame(frame("HELLO", {"n": 1, "name": "عائشة"})) == (
        "HELLO",
        {"n": 1, "name": "عائشة"},
    )


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[1,2]",
        b'["HELLO"]',
        b'["HELLO", NaN]',
        b'["HELLO", {"a":1,"a":2}]',
        b"\xff\xfe",
        b"[" * 100_000,
        b"<html>",
    ],
)
def test_what_is_no_frame_is_refused(line):
    with pytest.raises(NotASync):
        read_frame(line)


def test_a_line_over_the_limit_is_refused():
    with pytest.raises(TooLarge):
        read_frame(b'["OPS","' + b"x" * LINE_LIMIT + b'"]')


def test_columns_are_turned_back_into_rows():
    assert from_columnar(["id", "n"], [["a", "b"], [1, None]]) == [
        {"id": "a", "n": 1},
        {"id": "b", "n": None},
    ]
    with pytest.raises(ValueError, match="shorter"):
        from_columnar(["id", "n"], [["a", "b"], [1]])


@given(st.dictionaries(st.text(max_size=10), VALUES), st.dictionaries(st.text(max_size=10), VALUES))
def test_a_unit_reads_back_and_has_one_text(values, old):
    record = derived_id("x")
    unit = Unit(
        derived_id("u"),
        5,
        "2026-11-22T10:00:00+03:00",
        (Change("set", "person", record, values, old),),
    )
    assert Unit.from_text(unit.as_text()) == unit
    assert Unit.from_text(unit.as_text()).as_text() == unit.as_text()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id":"x"}', "null", '{"id":1,"base":"a"}'])
def test_what_is_no_unit_is_refused(text):
    with pytest.raises(NotASync):
        Unit.from_text(text)
