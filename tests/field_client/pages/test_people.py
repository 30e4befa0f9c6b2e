"""One person's page: what is recorded, where it is, what comes next."""

from sqlite_utils import Database

from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser


def test_the_page_says_who_where_and_what_next(awa: Browser, db: Database) -> None:
    who, _ = registered(db)
    awa.get(f"/people/{who.record}")
    assert awa.status == 200
    assert "Ibrahim Sow" in awa.text
    assert "Saved on this laptop and nowhere else" in awa.text
    assert "No visit is planned." in awa.text
    assert "Others: outside your scope." in awa.text
