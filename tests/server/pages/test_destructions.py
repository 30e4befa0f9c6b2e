"""A destruction on pages: who watched it, what was destroyed, and what the store's page makes due."""

import pytest

from schema.policy import Grant
from tests.schema import programme as cast
from tests.schema.programme import STORE_A, create, ident, weapon
from tests.server.town import Town, send

PATH = f"/destructions/{ident('batch')}"
BATCH = {
    "store_id": STORE_A,
    "kind": "planned",
    "method": "cutting",
    "date": "2026-11-10",
    "certificate": "C-1",
    "observer": "Olga Observer",
    "observer_organisation_id": ident("watchers"),
}


@pytest.fixture
def furnace(town: Town) -> Town:
    """A town with a rifle, a lot and a destruction that the watchers see."""
    town.arrive("celine", create("organisation", "watchers", code="W", name="Watchers", kind="ngo"))
    lot = {
        "store_id": STORE_A,
        "number": "L1",
        "nature": "mine",
        "unit": "pieces",
        "cleared_by": "X",
    }
    received = {"lot_id": ident("lot"), "event": "received", "date": "2026-11-01", "quantity": 7}
    town.arrive("faraj", weapon("rifle", serial="AK-1"), create("lot", "lot", **lot))
    town.arrive(
        "faraj", create("lot_event", "r", **received), create("destruction_batch", "batch", **BATCH)
    )
    return town


def test_what_was_destroyed_stands_on_the_certificate(furnace: Town) -> None:
    faraj = furnace.signed_in("faraj")
    held = faraj.get(PATH)
    assert held.text.count('name="item"') == 2
    form = {"item": [f"weapon:{ident('rifle')}", f"lot:{ident('lot')}"]}
    assert send(faraj, PATH, form).location == PATH
    page = faraj.get(PATH).text
    assert page.count('name="item"') == 0
    assert "AK-1" in page
    assert furnace.record("weapon", ident("rifle")).get("state") == "destroyed"
    assert furnace.record("lot", ident("lot")).get("quantity") == 0
    assert "Destroyed" in faraj.get(f"/stores/{STORE_A}").text


def test_nothing_chosen_is_said(furnace: Town) -> None:
    answer = send(furnace.signed_in("faraj"), PATH, {})
    assert answer.status_code == 422
    assert "Choose what was destroyed" in answer.text


def test_a_destruction_without_an_observer_is_refused_by_its_form(town: Town) -> None:
    faraj = town.signed_in("faraj")
    form = {
        "kind": "planned",
        "method": "cutting",
        "date-day": "1",
        "date-month": "11",
        "date-year": "2026",
    }
    answer = send(faraj, f"/records/destruction_batch/new?store_id={STORE_A}", form)
    assert answer.status_code == 422
    assert "needs an observer" in answer.text


def test_the_store_s_page_says_what_is_due_and_what_is_wrong(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast.CAST, "wanda", (Grant("weapons-officer", STORE_A),))
    page = town.signed_in("faraj").get(f"/stores/{STORE_A}").text
    assert page.count("none so far") == 2
    assert "Record a stock check" not in page
    check = create("stock_check", "c", store_id=STORE_A, kind="full", date="2020-01-01")
    found = {"store_id": STORE_A, "kind": "missing", "date": "2026-11-08", "variance": -1}
    town.arrive("wanda", check, create("discrepancy", "d", **found, counted_type="rifle"))
    page = town.signed_in("wanda").get(f"/stores/{STORE_A}").text
    assert page.count("overdue since") == 2
    assert "-1" in page
    assert "Record a stock check" in page
