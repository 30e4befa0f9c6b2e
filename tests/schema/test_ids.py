"""Ids, printed numbers and change numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.ids import (
    ALPHABET,
    change_number,
    derived_id,
    epoch_of,
    is_id,
    new_id,
    new_number,
    place_of,
    read_number,
)
from schema.problems import BadValue

AN_ID = "018bcfe5-6800-7c0f-97e8-062c964e9933"


def test_an_id_is_a_version_seven_uuid_that_sorts_by_time():
    earlier, later = new_id(1_700_000_000_000), new_id(1_700_000_000_001)
    assert is_id(earlier)
    assert earlier[14] == "7"
    assert earlier[19] in "89ab"
    assert earlier < later


def test_a_derived_id_is_the_same_at_both_ends():
    assert derived_id("dispute", "a", "b") == derived_id("dispute", "a", "b")
    assert derived_id("a", "bc") != derived_id("ab", "c")


@pytest.mark.parametrize(
    "text", ["", "x", "0" * 36, AN_ID.upper(), AN_ID.replace("-", ""), None, 7]
)
def test_what_is_no_id_is_no_id(text):
    assert not is_id(text)


@given(st.binary(min_size=7, max_size=7))
def test_a_printed_number_reads_back_however_it_is_typed(random):
    number = new_number(lambda size: random)
    assert read_number(number.lower().replace("-", " ")) == number


@given(st.binary(min_size=7, max_size=7), st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_mistyped_character_is_noticed(random, place, wrong):
    number = new_number(lambda size: random).replace("-", "")
    if number[place] != wrong:
        with pytest.raises(BadValue, match="check character"):
            read_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "1234", "0123456789", "UUUUUUUUUUU", "0123456789012"])
def test_what_is_no_printed_number_says_so(text):
    with pytest.raises(BadValue):
        read_number(text)


def test_a_number_of_a_later_epoch_is_above_every_number_of_an_earlier_one():
    last = change_number(1, (1 << 44) - 1)
    assert change_number(2, 0) > last
    assert (epoch_of(last), place_of(last)) == (1, (1 << 44) - 1)
    assert change_number(511, (1 << 44) - 1) < 1 << 53
