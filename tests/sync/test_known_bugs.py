"""The checker catches what it is for: each known bug, put back, turns a short schedule red.

The same schedule over the code as it is goes well, so it is the bug that is caught.
"""

from typing import Any
from unittest import mock

import pytest

from server import apply
from tests.sync.invariants import check
from tests.sync.known_bugs import FLAWS, put_in
from tests.sync.prepared import Stage
from tests.sync.world import Step

EDIT, OTHER_FIELD, OTHER_RECORD = (0, 0, 3), (0, 1, 3), (2, 0, 3)
POISON = "s0"
# A person without a case gets one from Awa; Idriss, who has not heard of it, gives them another.
TWO_CASES: list[Step] = [
    ["begin", 0],
    ["save", "person", 0, 4, 0, 0],
    ["sync", 0],
    ["sync", 1],
    ["save", "open", 0, 1, 0],
    ["sync", 0],
]
DISPUTE: list[Step] = [
    ["begin", 0],
    ["save", "edit", 0, *EDIT],
    ["save", "edit", 1, *EDIT],
    ["sync", 0],
    ["sync", 1],
]
RESTORED: list[Step] = [
    ["begin", 0],
    ["backup"],
    ["save", "edit", 0, *EDIT],
    ["sync", 0],
    ["restore", 0],
    ["sync", 0],
]
SCHEDULES: dict[str, list[Step]] = {
    "acknowledged_before_stored": [["begin", 0], ["save", "edit", 0, *EDIT], ["sync", 0]],
    "cursor_before_rows": [
        ["begin", 0],
        ["web", "edit", 0, *EDIT],
        ["web", "edit", 0, *OTHER_RECORD],
        ["trickle", 0, 2, 0],
    ],
    "end_of_body_taken_for_end": [
        ["begin", 0],
        ["web", "edit", 0, *EDIT],
        ["web", "edit", 0, *OTHER_RECORD],
        # Between STATE and the rows: from three quarters of the answer on all is red.
        ["storm", 0, 1, 0, 53],
    ],
    "no_isolation": [
        ["begin", 0],
        ["save", "edit", 0, *EDIT],
        ["save", "edit", 0, 0, 1, 0],
        ["save", "edit", 0, *OTHER_RECORD],
        ["sync", 0],
    ],
    "membership_by_version": [["begin", 1], ["web", "move", 0, 0]],
    "echo_left_out": [["begin", 0], ["save", "edit", 0, *EDIT], ["sync", 0]],
    "overlay_ends_at_results": [
        ["begin", 0],
        ["web", "edit", 0, *OTHER_RECORD],
        ["save", "edit", 0, *EDIT],
        ["trickle", 0, 1, 0],
    ],
    "process_asks": [
        ["begin", 0],
        ["save", "child", 0, 0, 2],
        ["save", "child", 1, 0, 0],
        ["sync", 0],
        ["sync", 1],
    ],
    "settle_is_blind": [
        *DISPUTE,
        ["web", "edit", 0, *EDIT],
        ["save", "settle", 1, 0, 1],
        ["sync", 1],
    ],
    "fork_moves_the_unsent": [
        ["begin", 0],
        ["image", 0],
        ["save", "edit", 0, *EDIT],
        ["sync", 0],
        ["put-back", 0],
        ["save", "edit", 0, *OTHER_FIELD],
        ["sync", 0],
    ],
    "only_the_laptop_knows_what_arrived": RESTORED,
    "sealed_dropped_when_acknowledged": [
        ["begin", 0],
        ["backup"],
        ["save", "person", 0, 2, 0, 0],
        ["sync", 0],
        ["restore", 0],
    ],
    "a_gap_waits_for_ever": [
        ["begin", 0],
        ["backup"],
        ["save", "edit", 0, *EDIT],
        ["sync", 0],
        ["backup"],
        ["sync", 0],
        ["restore", 0],
        ["save", "edit", 0, *OTHER_FIELD],
        ["sync", 0],
    ],
    "open_units_pruned": [
        *TWO_CASES,
        ["save", "open", 1, 1, 1],
        ["sync", 1],
        ["backup"],
        ["sync", 1],
    ],
    "epoch_of_the_backup": [*RESTORED, ["web", "edit", 0, *EDIT], ["sync", 0], ["restore", 0]],
    "a_stick_that_forks_waits": [
        ["begin", 0],
        ["image", 0],
        ["save", "edit", 0, *EDIT],
        ["sync", 0],
        ["put-back", 0],
        ["save", "edit", 0, *OTHER_FIELD],
        ["stick-write", 0],
        ["put-back", 0],
        ["stick-arrive", 0],
    ],
    "a_stick_counts_as_told": [
        ["begin", 0],
        ["save", "edit", 0, *EDIT],
        ["stick-write", 0],
        ["toggle", 0],
        ["stick-arrive", 0],
        ["save", "edit", 0, *OTHER_FIELD],
        ["sync", 0],
    ],
    "nothing_judged_again": [
        *TWO_CASES,
        ["save", "open", 1, 1, 0],
        ["save", "hang", 1, 1, 0],
        ["sync", 1],
        ["web", "close", 0, 2],
        ["retry", 0],
    ],
    "closed_case_stays": [["begin", 0], ["web", "close", 0, 0], ["web", "open", 0, 0, 1]],
    "base_ignores_overlay": [
        *TWO_CASES,
        ["save", "open", 1, 1, 1],
        ["sync", 1],
        ["web", "edit", 0, *EDIT],
        ["sync", 1],
        ["save", "edit", 1, *EDIT],
        ["sync", 1],
    ],
    "results_of_this_request": [
        ["begin", 0],
        ["save", "edit", 0, *EDIT],
        ["storm", 0, 2, 0, 0],
        ["web", "edit", 0, *OTHER_RECORD],
        ["sync", 0],
    ],
    "judged_where_it_is_now": [["begin", 0], ["save", "edit", 0, *EDIT], ["web", "move", 0, 0]],
    "grants_take_no_number": [["begin", 0], ["save", "edit", 0, *EDIT], ["toggle", 0]],
    "rest_of_a_push_by_its_first_answer": [
        ["begin", 0],
        ["save", "edit", 0, *EDIT],
        ["save", "edit", 0, *OTHER_FIELD],
        ["save", "edit", 0, *OTHER_RECORD],
        ["toggle", 0],
        ["trickle", 0, 3, 1],
    ],
    "base_is_the_newest_row": [
        ["begin", 0],
        ["toggle", 1],
        ["sync", 0],
        ["save", "person", 0, 0, 0, 0],
        ["save", "person", 0, 0, 1, 0],
    ],
    "create_cannot_correct": [
        ["begin", 0],
        ["save", "weapon", 0, 0, 0, 0],
        ["save", "edit", 0, 3, 0, 3],
    ],
    "retry_over_own_later": [
        *TWO_CASES,
        ["save", "open", 1, 1, 1],
        ["sync", 1],
        ["save", "edit", 1, *EDIT],
        ["sync", 1],
        ["web", "close", 0, 2],
        ["retry", 0],
    ],
    "own_write_unseen": [
        *TWO_CASES,
        ["save", "edit", 1, *EDIT],
        ["save", "open", 1, 1, 1],
        ["save", "edit", 1, *EDIT],
    ],
    "own_side_is_the_accounts": [
        ["begin", 3],
        ["web", "edit", 0, *EDIT],
        ["save", "edit", 0, *EDIT],
        ["save", "edit", 1, *EDIT],
        ["sync", 0],
        ["sync", 1],
    ],
    "files_outlive_what_left": [
        ["begin", 5],
        ["save", "person", 2, 1, 0, 0],
        ["sync", 2],
        ["toggle", 1],
        ["sync", 0],
        ["web", "move", 0, 1],
        ["toggle", 5],
        ["sync", 4],
    ],
    "disputes_stay_behind": [*DISPUTE, ["web", "move", 0, 0]],
    "removal_regardless": [
        ["begin", 1],
        ["toggle", 1],
        ["sync", 0],
        ["web", "move", 0, 0],
        ["sync", 0],
        ["web", "move", 0, 0],
        ["sync", 0],
    ],
    "late_answers_obeyed": [
        ["begin", 0],
        ["save", "edit", 0, *EDIT],
        ["stick-write", 0],
        ["stick-arrive", 0],
        ["toggle", 0],
        ["sync", 0],
        ["stick-read", 0],
        ["toggle", 0],
        ["sync", 0],
    ],
    "a_whole_pull_forgets_where_it_began": [
        ["begin", 1],
        ["web", "edit", 0, 3, 0, 3],
        ["toggle", 1],
        ["trickle", 0, 4, 0],
    ],
    "purge_without_removed": [["begin", 0], ["backup"]],
    "bytes_go_before_they_are_safe": [["begin", 0], ["save", "photograph", 0, 0, 0]],
    "whole_before_all_has_come": [["begin", 0], ["save", "photograph", 0, 0, 0], ["sync", 0]],
    "purge_too_early": [["begin", 1], ["web", "move", 0, 0], ["backup"]],
}


def goes_wrong(stage: Stage, schedule: list[Step]) -> str:
    """What is wrong after a schedule; nothing when all is well."""
    world = stage.world()
    world.oracle.poison = POISON
    try:
        with mock.patch.object(apply, "judge", poisoned):
            world.play(schedule)
            world.quiesce()
            check(world)
    except AssertionError as wrong:
        return str(wrong)
    return ""


def poisoned(unit: Any, *given: Any) -> Any:
    """The judge, which raises on one word."""
    if any(POISON in change.values.values() for change in unit.changes):
        raise ValueError("poison")
    return judge(unit, *given)


judge = apply.judge


@pytest.mark.parametrize("name", SCHEDULES)
def test_without_the_bug_the_schedule_goes_well(stages, name):
    assert goes_wrong(stages["sqlite"], SCHEDULES[name]) == ""


@pytest.mark.parametrize("name", SCHEDULES)
def test_with_the_bug_put_back_the_checker_turns_red(stages, name):
    with put_in(name):
        assert goes_wrong(stages["sqlite"], SCHEDULES[name])


def test_each_known_bug_has_its_schedule():
    assert SCHEDULES.keys() == FLAWS.keys()


def test_each_numbered_rule_is_undone_by_a_known_bug():
    undone = {(flaw.__doc__ or "").partition(":")[0] for flaw in FLAWS.values()}
    assert {f"R{number}" for number in range(1, 27)} <= undone
