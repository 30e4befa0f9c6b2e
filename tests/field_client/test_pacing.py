"""When a sync is tried again by itself, without waiting for it."""

from math import inf

from field_client.pacing import (
    AFTER_SAVE,
    FIRST,
    LEAST,
    MOST,
    MOST_WITHOUT_NETWORK,
    PERIOD,
    Pace,
    backoff,
    period,
)


def test_the_ceiling_doubles_with_each_failure_up_to_the_most() -> None:
    ceilings = [backoff(failures, 1) for failures in range(1, 9)]
    assert ceilings == [15, 30, 60, 120, 240, 480, 900, 900]
    assert backoff(10_000, 1) == MOST
    assert backoff(10_000, 1, MOST_WITHOUT_NETWORK) == MOST_WITHOUT_NETWORK


def test_every_moment_below_the_ceiling_may_be_drawn_and_none_at_once() -> None:
    assert backoff(3, 0) == LEAST
    assert backoff(3, 0.5) == LEAST + (4 * FIRST - LEAST) / 2
    drawn = {backoff(5, chance / 200) for chance in range(200)}
    assert len(drawn) == 200


def test_laptops_that_synced_together_look_again_apart() -> None:
    assert (period(0), period(1)) == (PERIOD / 2, PERIOD)


def test_what_is_saved_within_a_moment_goes_together() -> None:
    pace = Pace()
    pace.begin(0)
    pace.worked(10, 1)
    pace.has_saved(100)
    pace.has_saved(110)
    assert pace.due == 100 + AFTER_SAVE
    pace.looked()
    assert pace.due == 10 + PERIOD


def test_while_nobody_answers_saving_does_not_make_it_try_faster() -> None:
    pace = Pace()
    pace.begin(0)
    pace.failed(0, 1)
    pace.failed(20, 1)
    pace.has_saved(21)
    assert pace.due == 20 + 2 * FIRST


def test_what_has_ended_is_begun_again_by_nothing_but_a_person() -> None:
    pace = Pace()
    pace.begin(0)
    pace.end()
    pace.has_saved(5)
    assert pace.due == inf


def test_one_that_was_stopped_leaves_the_officer_alone_for_a_period() -> None:
    pace = Pace()
    pace.begin(0)
    pace.paused(7)
    assert pace.due == 7 + PERIOD
