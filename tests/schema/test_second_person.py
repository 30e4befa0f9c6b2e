"""What takes another person, tried by one alone: destruction, checks, second signatures, discrepancies."""

import pytest

from schema.change import HELD
from schema.policy import Grant
from tests.schema import programme as cast
from tests.schema.programme import STORE_A, Programme, create, ident, weapon, write

BATCH = {
    "store_id": STORE_A,
    "kind": "planned",
    "method": "cutting",
    "date": "2026-11-10",
    "authority": "National Authority",
    "observer": "Olga Observer",
    "observer_organisation_id": ident("watchers"),
}
ALONE = "destruction-is-observed"


@pytest.fixture
def programme(monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A rifle that Faraj keeps in store A, bodies of three kinds, and Wanda and Walid, weapons officers."""
    for who in ("wanda", "walid"):
        monkeypatch.setitem(cast.CAST, who, (Grant("weapons-officer", STORE_A),))
    made = Programme()
    kinds = {"watchers": "ngo", "ministry": "government", "commission": "commission"}
    made.arrive(
        "celine", *(create("organisation", n, code=n, name=n, kind=k) for n, k in kinds.items())
    )
    made.arrive("faraj", weapon("rifle", handed_in_on="2026-11-01"))
    said = {
        "weapon_id": ident("rifle"),
        "event": "stored",
        "date": "2026-11-01",
        "store_id": STORE_A,
    }
    made.arrive("faraj", create("custody_event", "stored", **said))
    return made


def destroyed(**said):
    values = {
        "weapon_id": ident("rifle"),
        "event": "destroyed",
        "date": "2026-11-10",
        "store_id": STORE_A,
    }
    return create("custody_event", "end", **{**values, **said})


@pytest.mark.parametrize(
    "changed",
    [
        {"observer": None},
        {"observer": " "},
        {"observer_organisation_id": None},
        {"observer_organisation_id": ident("ministry")},
        {"observer_organisation_id": ident("commission")},
        {"observer": "national AUTHORITY"},
        {"kind": "emergency"},
    ],
)
def test_no_destruction_is_planned_without_an_independent_observer(programme, changed) -> None:
    values = {name: value for name, value in {**BATCH, **changed}.items() if value is not None}
    assert programme.judge("wanda", create("destruction_batch", "b", **values)).held.reason == ALONE


def test_nothing_is_destroyed_outside_a_destruction(programme: Programme) -> None:
    assert programme.judge("faraj", destroyed()).held.reason == "destroyed-before-an-observer"
    programme.arrive("wanda", create("destruction_batch", "b", **BATCH))
    programme.arrive("faraj", destroyed(destruction_batch_id=ident("b")))
    assert programme.rows["weapon", ident("rifle")].get("state") == "destroyed"


def test_an_observer_is_not_taken_away_again(programme: Programme) -> None:
    programme.arrive("wanda", create("destruction_batch", "b", **BATCH))
    assert (
        programme.judge("wanda", write("destruction_batch", "b", observer=None)).held.reason
        == ALONE
    )


def test_an_emergency_says_why(programme: Programme) -> None:
    why = {**BATCH, "kind": "emergency", "observer": None, "observer_organisation_id": None}
    said = {k: v for k, v in {**why, "reason": "Leaking grenades"}.items() if v is not None}
    assert programme.judge("wanda", create("destruction_batch", "b", **said)).outcome != HELD


def check(name: str = "check"):
    return create("stock_check", name, store_id=STORE_A, kind="weekly", date="2026-11-08")


def count(**said):
    values = {"stock_check_id": ident("check"), "weapon_id": ident("rifle"), "result": "found"}
    return create("stock_count", "count", **{**values, **said})


def test_a_storekeeper_checks_no_stock(programme: Programme) -> None:
    assert programme.judge("faraj", check()).held.reason == "not-allowed"
    assert programme.judge("wanda", check()).outcome != HELD


def test_who_keeps_a_weapon_does_not_check_it_whatever_else_they_are(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = (*cast.CAST["faraj"], Grant("weapons-officer", STORE_A))
    monkeypatch.setitem(cast.CAST, "faraj", both)
    assert programme.judge("faraj", check(), count()).held.reason == "checker-is-no-keeper"
    assert programme.judge("wanda", check(), count()).outcome != HELD


def test_who_found_a_discrepancy_does_not_close_it(programme: Programme) -> None:
    found = {"store_id": STORE_A, "kind": "missing", "date": "2026-11-08"}
    programme.arrive("wanda", create("discrepancy", "d", **found))
    closing = create(
        "discrepancy_step", "s", discrepancy_id=ident("d"), step="closed", date="2026-11-09"
    )
    assert programme.judge("wanda", closing).held.reason == "discrepancy-is-closed-by-another"
    assert programme.judge("faraj", closing).held.reason == "not-allowed"
    assert programme.judge("walid", closing).outcome != HELD


def test_nobody_is_their_own_second(programme: Programme) -> None:
    about = {"store_id": STORE_A, "date": "2026-11-01", "custody_event_id": ident("stored")}
    signing = create("countersign", "c", signs_as="second-checker", **about)
    assert programme.judge("faraj", signing).held.reason == "second-signature-is-anothers"
    assert programme.judge("wanda", signing).outcome != HELD
    unnamed = create("countersign", "c", signs_as="witness", **about)
    assert programme.judge("wanda", unnamed).outcome == HELD
