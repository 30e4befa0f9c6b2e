"""A stock check on the laptop: counted blind, by who may, each difference a discrepancy."""

from sqlite_utils import Database

from field_client.store import acts, reading, saving
from schema.policy import Grant
from tests.field_client.laptops import STORE
from tests.field_client.pages.browsing import Browser
from tests.field_client.pages.rights import grant

PATH = f"/stores/{STORE}/check/weekly"
OFFICER = (Grant("weapons-officer", STORE),)


def guns(db: Database, count: int) -> list[str]:
    """Rifles that were written down in the store."""
    made = [
        acts.create(
            "weapon",
            {"store_id": STORE, "class": "small-arm", "type": "rifle", "serial": f"AK-{n}"},
        )
        for n in range(count)
    ]
    for gun in made:
        saving.save(db, [gun])
    return [gun.record for gun in made]


def asked(awa: Browser) -> str:
    """The weapon that this check looks for."""
    return awa.get(PATH).html.partition('name="w-')[2][:36]


def test_what_differs_is_a_discrepancy_and_the_page_says_no_figure(
    awa: Browser, db: Database
) -> None:
    grant(db, OFFICER)
    guns(db, 3)
    weapon = asked(awa)
    assert "3" not in awa.text.partition("How many are there?")[2].partition("Are these weapons")[0]
    awa.submit(**{"n-0": "2", f"w-{weapon}": "not-found"})
    [check] = reading.listed(db, "stock_check")
    assert awa.path == f"/files/stock_check/{check['id']}"
    assert sorted(row["variance"] or 0 for row in reading.listed(db, "discrepancy")) == [-1, 0]
    assert "due by" in awa.get(f"/stores/{STORE}").text


def test_what_comes_out_right_is_no_discrepancy(awa: Browser, db: Database) -> None:
    grant(db, OFFICER)
    guns(db, 1)
    weapon = asked(awa)
    awa.submit(**{"n-0": "1", f"w-{weapon}": "found"})
    assert len(reading.listed(db, "stock_count")) == 2
    assert reading.listed(db, "discrepancy") == []


def test_what_is_not_a_figure_comes_back_and_nothing_is_written(awa: Browser, db: Database) -> None:
    grant(db, OFFICER)
    guns(db, 1)
    asked(awa)
    awa.submit(**{"n-0": "some", "second": "Sara"})
    assert awa.status == 422
    assert 'value="some"' in awa.html
    assert 'value="Sara"' in awa.html
    assert reading.listed(db, "stock_check") == []


def test_who_may_not_check_has_no_form(awa: Browser, db: Database) -> None:
    assert awa.get(PATH).status == 404
    grant(db, (Grant("storekeeper", STORE),))
    assert awa.get(PATH).status == 404
    assert "Weekly check" not in awa.get(f"/stores/{STORE}").text
