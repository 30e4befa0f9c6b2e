"""Custody as its rules have it: where things are follows from events, and nothing is counted in silence."""

import pytest

from schema.change import HELD
from tests.schema.programme import STORE_A, STORE_B, Programme, create, ident, weapon, write

LOT = {
    "store_id": STORE_A,
    "number": "L1",
    "nature": "small-arms",
    "unit": "rounds",
    "cleared_by": "X",
}
HAND_IN = {"store_id": STORE_A, "giver": "anonymous", "date": "2026-11-01", "cleared_by": "X"}


@pytest.fixture
def programme() -> Programme:
    """A rifle in store A."""
    made = Programme()
    made.arrive("faraj", weapon("rifle", handed_in_on="2026-11-01"))
    return made


def event(name: str, code: str, day: str = "2026-11-02", **said):
    return create("custody_event", name, weapon_id=ident("rifle"), event=code, date=day, **said)


def rifle(programme: Programme):
    return programme.rows["weapon", ident("rifle")]


def test_who_sends_a_weapon_hands_it_to_the_receivers(programme: Programme) -> None:
    programme.arrive("faraj", event("out", "moved-out", store_id=STORE_A, to_store_id=STORE_B))
    assert rifle(programme).bucket == ("weapons", STORE_B)
    assert rifle(programme).get("state") == "in-transit"
    assert programme.rows["custody_event", ident("out")].scope == STORE_B
    programme.arrive("bakary", event("in", "moved-in", "2026-11-03", store_id=STORE_B))
    assert rifle(programme).get("state") is None


def test_a_state_that_somebody_sends_is_not_believed(programme: Programme) -> None:
    programme.arrive("faraj", write("weapon", "rifle", state="destroyed"))
    assert rifle(programme).get("state") is None
    programme.arrive("faraj", weapon("other", state="destroyed"))
    assert programme.rows["weapon", ident("other")].get("state") is None
    programme.arrive("faraj", create("lot", "lot", **LOT, quantity=900))
    assert programme.rows["lot", ident("lot")].get("quantity") == 0


def test_an_event_that_is_withdrawn_never_happened(programme: Programme) -> None:
    programme.arrive("faraj", event("gone", "lost", store_id=STORE_A))
    assert rifle(programme).get("state") == "missing"
    programme.arrive(
        "faraj", write("custody_event", "gone", withdrawn_at="2026-11-03", withdrawn_reason="Found")
    )
    assert rifle(programme).get("state") is None


def test_events_of_two_stores_in_the_wrong_order_come_to_the_same(programme: Programme) -> None:
    back = event("back", "moved-in", "2026-11-03", store_id=STORE_B)
    out = event("out", "moved-out", store_id=STORE_A, to_store_id=STORE_B)
    programme.arrive("faraj", back)
    programme.arrive("faraj", out)
    assert (rifle(programme).scope, rifle(programme).get("state")) == (STORE_B, None)


def test_what_has_been_counted_is_not_something_else_in_silence(programme: Programme) -> None:
    programme.arrive("faraj", event("tag", "tagged", store_id=STORE_A))
    said = programme.judge("faraj", write("weapon", "rifle", type="pistol"))
    assert said.held.reason == "count-is-corrected-by-an-event"
    programme.arrive(
        "faraj", event("re", "reclassified", store_id=STORE_A, was_type="rifle", type="pistol")
    )
    assert rifle(programme).get("type") == "pistol"


def test_what_is_reclassified_says_from_what_to_what(programme: Programme) -> None:
    said = programme.judge("faraj", event("re", "reclassified", store_id=STORE_A, type="pistol"))
    assert said.held.reason == "reclassified-says-what"


def test_who_has_both_stores_does_not_move_what_was_counted_by_hand(programme: Programme) -> None:
    programme.arrive("faraj", event("tag", "tagged", store_id=STORE_A))
    said = programme.judge("celine", write("weapon", "rifle", store_id=STORE_B))
    assert said.outcome == HELD


def test_a_custody_event_is_never_rewritten(programme: Programme) -> None:
    programme.arrive("faraj", event("gone", "lost", store_id=STORE_A))
    said = programme.judge("faraj", write("custody_event", "gone", event="destroyed"))
    assert said.held.reason == "appended"


def test_what_does_not_fit_is_kept_and_marked(programme: Programme) -> None:
    programme.arrive("faraj", event("back", "returned", store_id=STORE_A))
    assert rifle(programme).get("state") is None
    assert "custody-in-order" in {flag.get("rule") for flag in programme.flags()}


def test_nothing_is_transferred_unlawfully(programme: Programme) -> None:
    said = programme.judge("faraj", event("t", "transferred", store_id=STORE_A))
    assert said.held.reason == "transfer-is-lawful"


@pytest.mark.parametrize(
    ("noun", "values"),
    [("lot", {**LOT, "cleared_by": ""}), ("hand_in", {**HAND_IN, "cleared_by": " "})],
)
def test_nothing_unsafe_is_written_down_first(programme: Programme, noun: str, values) -> None:
    said = programme.judge("faraj", create(noun, "x", **values))
    assert said.held.reason == "cleared-before-it-is-recorded"


@pytest.mark.parametrize("giver", ["anonymous", "cache", "found", "protected"])
def test_a_source_without_a_name_leads_to_nobody(programme: Programme, giver: str) -> None:
    for trace in ({"giver_name": "Tall Man"}, {"slip": "S-1"}):
        said = programme.judge(
            "faraj", create("hand_in", "h", **{**HAND_IN, "giver": giver, **trace})
        )
        assert said.held.reason == "nameless-source-stays-nameless"


def test_one_weapon_counts_once(programme: Programme) -> None:
    given = {"weapon_id": ident("rifle"), "criterion": "weapon"}
    for hand_in in ("one", "two"):
        programme.arrive("faraj", create("hand_in", hand_in, **HAND_IN))
    programme.arrive("faraj", create("hand_in_line", "l1", hand_in_id=ident("one"), **given))
    again = create("hand_in_line", "l2", hand_in_id=ident("two"), **given)
    assert programme.judge("faraj", again).held.reason == "weapon-counts-once"
    programme.arrive(
        "faraj", write("hand_in_line", "l1", withdrawn_at="2026-11-03", withdrawn_reason="Theirs")
    )
    assert programme.judge("faraj", again).outcome != HELD


def test_the_record_of_a_weapon_outlives_the_link_to_a_person(programme: Programme) -> None:
    programme.arrive("faraj", create("hand_in", "one", **HAND_IN))
    line = {"weapon_id": ident("rifle"), "criterion": "none", "hand_in_id": ident("one")}
    programme.arrive("faraj", create("hand_in_line", "l1", **line))
    programme.arrive("faraj", write("weapon", "rifle", {}, case_id=None))
    assert rifle(programme).scope == STORE_A
    assert programme.rows["hand_in_line", ident("l1")].scope == STORE_A
