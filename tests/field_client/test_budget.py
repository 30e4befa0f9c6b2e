"""How much is asked for: what the link carries in five seconds, neither jumping nor collapsing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from field_client import budget
from field_client.budget import AIM, CHANGE, FIRST, LEAST, MOST, Took, following
from field_client.cipher import transaction
from field_client.hello import hello
from field_client.store import facts, known

ANY = st.integers(LEAST, MOST)
TOOK = st.builds(Took, st.integers(0, 2 * MOST), st.floats(0, 10_000))


@given(ANY, TOOK)
def test_it_stays_within_its_bounds_and_changes_little_at_a_time(before: int, took: Took) -> None:
    after = following(before, took)
    assert LEAST <= after <= MOST
    assert before * (1 - CHANGE) - 1 <= after <= before * (1 + CHANGE) + 1


@given(ANY, st.integers(0, LEAST - 1), st.floats(0, 1_000))
def test_what_is_hardly_anything_teaches_nothing(before: int, size: int, seconds: float) -> None:
    assert following(before, Took(size, seconds)) == before


@pytest.mark.parametrize(
    ("carries", "comes_to"), [(2_000, LEAST), (8_000, 40_000), (1 << 30, MOST)]
)
def test_answers_come_to_take_five_seconds_on_a_link_that_stays_as_it_is(
    carries: int, comes_to: int
) -> None:
    size = FIRST
    for _ in range(20):
        size = following(size, Took(size, size / carries))
    assert size == pytest.approx(comes_to, rel=0.02)
    assert size <= max(carries * AIM * 1.02, LEAST)


def test_one_bad_minute_is_made_good_again() -> None:
    size = following(1_000_000, Took(20_000, 120))
    assert size == 700_000
    for _ in range(3):
        size = following(size, Took(size, 0.5))
    assert size > 1_000_000


def test_it_is_kept_from_sync_to_sync_and_not_said_again_to_who_knows_it(db: Database) -> None:
    with transaction(db):
        facts.put(db, private_key="00" * 32)
    assert budget.asked(db) == FIRST
    budget.learn(db, Took(100_000, 100))
    asked = budget.asked(db)
    assert asked == round(FIRST * (1 - CHANGE))
    assert hello(db, asked)["budget"] == asked
    facts.put(db, told_budget=asked, known="w", told_app=known.app())
    assert "budget" not in hello(db, asked, known.spoken)
    assert hello(db, asked + 1, known.spoken)["budget"] == asked + 1
