"""Convoys: one kind a load, another person at the other end, and seals that are looked at."""

import pytest

from schema.change import HELD
from tests.schema.programme import STORE_A, STORE_B, Programme, create, ident, weapon

LOAD = {
    "store_id": STORE_A,
    "to_store_id": STORE_B,
    "manifest": "M-1",
    "carries": "arms",
    "date": "2026-11-02",
}
SENT = {"event": "moved-out", "date": "2026-11-02", "store_id": STORE_A, "to_store_id": STORE_B}
CHECK = {
    "store_id": STORE_B,
    "load_id": ident("load"),
    "date": "2026-11-03",
    "seals_seen": "s1; S2",
}


@pytest.fixture
def programme() -> Programme:
    """A rifle, a lot, and a convoy of arms from store A to store B."""
    made = Programme()
    lot = {
        "store_id": STORE_A,
        "number": "L",
        "nature": "mine",
        "unit": "pieces",
        "cleared_by": "X",
    }
    made.arrive("faraj", weapon("rifle"), create("lot", "lot", **lot))
    made.arrive("faraj", create("load", "load", **LOAD, seals="S1, S2"))
    return made


def rules(programme: Programme) -> set[str]:
    return {str(flag.get("rule")) for flag in programme.flags()}


def test_arms_and_ammunition_never_travel_in_one_load(programme: Programme) -> None:
    rounds = create("lot_event", "e", lot_id=ident("lot"), load_id=ident("load"), **SENT)
    assert programme.judge("faraj", rounds).held.reason == "load-carries-one-kind"
    rifle = create("custody_event", "e", weapon_id=ident("rifle"), load_id=ident("load"), **SENT)
    assert programme.judge("faraj", rifle).outcome != HELD


def test_a_load_that_nobody_knows_is_not_loaded(programme: Programme) -> None:
    said = {"weapon_id": ident("rifle"), "load_id": ident("no load"), **SENT}
    assert programme.judge("faraj", create("custody_event", "e", **said)).outcome == HELD


def test_who_sends_does_not_check_in(programme: Programme) -> None:
    assert programme.judge("bakary", create("load_check", "c", **CHECK)).outcome != HELD
    mine = create("load", "bakarys", **{**LOAD, "store_id": STORE_B, "to_store_id": STORE_A})
    programme.arrive("bakary", mine)
    said = programme.judge(
        "bakary", create("load_check", "c", **{**CHECK, "load_id": ident("bakarys")})
    )
    assert said.held.reason == "receiver-is-not-sender"


def test_the_same_seals_in_another_hand_are_the_same(programme: Programme) -> None:
    programme.arrive("bakary", create("load_check", "c", **CHECK, seals_whole=True, complete=True))
    assert not rules(programme) & {"seals-are-the-same", "load-came-whole"}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"seals_seen": "S1"}, "seals-are-the-same"),
        ({"seals_whole": False}, "seals-are-the-same"),
        ({"complete": False}, "load-came-whole"),
    ],
)
def test_what_is_wrong_with_a_convoy_is_kept_and_marked(
    programme: Programme, said, rule: str
) -> None:
    programme.arrive("bakary", create("load_check", "c", **{**CHECK, **said}))
    assert rule in rules(programme)
