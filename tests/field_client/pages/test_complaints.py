"""A complaint leaves the laptop on which it was written: nobody there reads it again."""

import pytest
from sqlite_utils import Database

from schema.frames import is_sealed
from tests.field_client.pages.browsing import Browser, fields

WORDS = "He asks for money at the gate"
ADD = "/records/complaint/add"


@pytest.fixture
def handed_in(awa: Browser) -> Browser:
    """Awa, after she has handed one in by the form."""
    assert ADD in awa.get("/lists/complaint").html
    awa.post(ADD, **{**fields(awa.get(ADD).html), "about": "staff", "said": WORDS})
    return awa


def test_it_is_sealed_and_gone(handed_in: Browser, db: Database) -> None:
    assert "Sealed for the complaints unit" in handed_in.text
    rows = list(db.query("SELECT payload, shown FROM outbox"))
    assert [(is_sealed(row["payload"]), row["shown"]) for row in rows] == [(True, "")]
    assert list(db.query("SELECT id FROM complaint")) == []


@pytest.mark.parametrize("path", ["/lists/complaint", "/work", "/", "/lists"])
def test_no_page_says_what_it_was(handed_in: Browser, path: str) -> None:
    assert WORDS not in handed_in.get(path).html


def test_no_table_keeps_its_words(handed_in: Browser, db: Database) -> None:
    for table in db.table_names():
        assert WORDS not in repr(list(db.query(f'SELECT * FROM "{table}"'))), table
