"""Plans on the laptop: drafted beside a case, agreed, revised, and read with where they stand."""

import pytest
from sqlite_utils import Database

from field_client.store import acts, rows, saving
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser, fields

GOALS = "A shop of my own"


@pytest.fixture
def plan(db: Database) -> str:
    """A plan of somebody with a case; its id."""
    _, passage = registered(db)
    said = {"case_id": passage.record, "drafted_on": "2026-11-01", "track": "small-business"}
    drafted = acts.create("plan", {**said, "goals": GOALS})
    saving.save(db, [drafted])
    return drafted.record


def acted(db: Database, plan: str, **values: object) -> None:
    """An act on the plan, saved."""
    said = {"plan_id": plan, "date": "2026-11-02", **values}
    saving.save(db, [acts.create("plan_event", said)])


def test_a_plan_says_where_it_stands(awa: Browser, db: Database, plan: str) -> None:
    assert "Status Draft Revision 1" in awa.get(f"/files/plan/{plan}").text
    acted(db, plan, act="agreed", how="thumbprint")
    acted(db, plan, act="signed")
    assert "Status Agreed" in awa.get(f"/files/plan/{plan}").text
    assert f"/records/plan/{plan}/add/need" in awa.html


def test_a_revision_hangs_on_the_same_case(awa: Browser, db: Database, plan: str) -> None:
    path = f"/records/plan/{plan}/add/plan"
    typed = {**fields(awa.get(path).html), "track": "agriculture", "goals": "A field"}
    awa.post(path, **typed)
    found = rows.fetch_where(db, "plan", "revises_id IS NOT NULL")
    before = rows.fetch(db, "plan", plan)
    assert [(row["revises_id"], row["case_id"]) for row in found] == [(plan, before["case_id"])]


def test_an_agreement_without_how_is_given_back_with_what_was_typed(
    awa: Browser, db: Database, plan: str
) -> None:
    path = f"/records/plan/{plan}/add/plan_event"
    typed = {**fields(awa.get(path).html), "act": "agreed", "reason": "Read out to him"}
    awa.post(path, **typed)
    assert awa.status == 422
    assert "An agreement says how it was given" in awa.text
    assert "Read out to him" in awa.html
    assert rows.fetch_where(db, "plan_event", "1") == []
