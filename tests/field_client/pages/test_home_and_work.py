"""Where the work is and what is due, on the first page and under My work."""

from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from field_client import moments
from field_client.store import acts, saving
from schema.policy import Grant
from tests.field_client import laptops
from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.rights import grant

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "today", lambda: TODAY)


def visit(db: Database, case_id: str, days: int) -> None:
    """A visit due so many days from today."""
    due = (TODAY + timedelta(days=days)).isoformat()
    saving.save(db, [acts.create("follow_up", {"case_id": case_id, "due_date": due})])


def test_an_empty_laptop_says_so(awa: Browser) -> None:
    assert "Everything is at the registry. Last contact never." in awa.get("/").text
    assert "No visit is due today." in awa.text
    assert "0 people on this laptop" in awa.text
    assert "No visit is overdue." in awa.get("/work").text


def test_what_is_only_here_is_counted_with_the_oldest(awa: Browser, db: Database) -> None:
    registered(db)
    assert "1 change only on this laptop. Oldest" in awa.get("/").text
    assert "1 only here" in awa.html
    assert "Ibrahim Sow" in awa.get("/work").text


def test_visits_are_told_by_when_they_are_due(awa: Browser, db: Database) -> None:
    _, passage = registered(db)
    for days in (-3, 0, 5, 30):
        visit(db, passage.record, days)
    assert "1 visit overdue" in awa.get("/").text
    assert "Visits due today Ibrahim Sow" in awa.text
    work = awa.get("/work").text
    assert "Visits overdue 1, oldest 19 November 2026" in work
    assert "Visits due in the next seven days 2, oldest 22 November 2026" in work


def test_who_may_register_nobody_has_no_door_for_it(awa: Browser, db: Database) -> None:
    assert 'href="/register"' in awa.get("/").html
    grant(db, (Grant("payment-officer", laptops.CASELOAD_A),))
    assert 'href="/register"' not in awa.get("/").html
