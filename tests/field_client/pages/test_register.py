"""Registering somebody, step by step, without script."""

from datetime import date

import pytest
from flask import Flask
from sqlite_utils import Database

from field_client import moments
from field_client.app import create_app
from field_client.store import drafts, reading, states
from tests.field_client.acting import registered
from tests.field_client.laptops import STORE
from tests.field_client.pages.browsing import PORT, Browser
from tests.field_client.pages.registering import WHO, at_check, at_household, at_weapon, at_who

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "today", lambda: TODAY)


def test_a_person_is_registered_in_one_unit(awa: Browser, db: Database) -> None:
    at_check(awa).submit()
    assert awa.path.endswith("/done")
    [person], [case] = reading.listed(db, "person"), reading.listed(db, "case")
    [gate] = reading.listed(db, "gate_event")
    assert (person["name"], person["mother_name"]) == ("Ibrahim Sow", "Halima")
    assert (case["process"], case["gate"], case["opened_on"]) == (
        "adult",
        "registered",
        "2026-11-22",
    )
    assert gate["case_id"] == case["id"]
    assert person["number"] in awa.text
    assert states.pending(db).only_here == 1
    assert drafts.listed(db) == []


def test_the_weapon_and_the_household_come_with_it(awa: Browser, db: Database) -> None:
    at_weapon(awa).submit(
        **{"handed_in": "weapon", "class": "small-arm", "type": "rifle", "serial": "56-1 22417"}
    )
    awa.submit()
    awa.submit(**{"1.relation": "child", "1.sex": "female", "1.year": "7", "phone": "90 12"})
    awa.submit()
    [weapon], [member] = reading.listed(db, "weapon"), reading.listed(db, "household_member")
    [person], [case] = reading.listed(db, "person"), reading.listed(db, "case")
    assert (weapon["case_id"], weapon["store_id"]) == (case["id"], STORE)
    assert weapon["handed_in_on"] == "2026-11-22"
    assert (member["birth_date"], member["birth_date_precision"]) == ("2019-01-01", "estimated")
    assert person["phone"] == "90 12"
    assert states.pending(db).only_here == 1


def test_pressing_register_twice_registers_once(awa: Browser, db: Database) -> None:
    address = at_check(awa).path
    awa.post(address)
    assert awa.post(address).path.endswith("/done")
    assert len(reading.listed(db, "person")) == 1


def test_who_is_known_here_is_shown_first(awa: Browser, db: Database) -> None:
    known, _ = registered(db, mother_name="Halima")
    registered(db, name="Fatou Diop")
    awa.get("/register").submit(name="ibrahim", mother_name="", year="36")
    assert "1 person known here is alike" in awa.text
    draft = awa.path.split("/")[2]
    awa.post(f"/register/{draft}/known/{known.record}")
    assert awa.path == f"/people/{known.record}"
    assert drafts.listed(db) == []


def test_somebody_of_another_age_is_not_alike(awa: Browser, db: Database) -> None:
    registered(db)
    awa.get("/register").submit(name="Ibrahim Sow", year="1950")
    assert "Nobody alike is known here" in awa.text


def test_the_words_of_the_search_are_not_typed_twice(awa: Browser) -> None:
    at_who(awa, year="36")
    for shown in ('value="Ibrahim Sow"', 'value="Halima"', 'value="1990"'):
        assert shown in awa.html
    assert 'name="birth_date-estimate" value="1" checked' in awa.html


def test_a_search_wants_a_name(awa: Browser) -> None:
    awa.get("/register").submit(year="soon")
    assert awa.status == 422
    assert awa.title == "Error: Register, step 1 · Ploughshare field"
    assert "Enter a name" in awa.text


def test_what_is_missing_or_not_understood_is_told_beside_what_was_typed(awa: Browser) -> None:
    at_who(awa).submit(**{"sex": "", "birth_date-year": "199"})
    assert awa.status == 422
    assert "Sex must be filled in" in awa.text
    assert "Date of birth must have a year of four digits" in awa.text
    assert 'value="199"' in awa.html


def test_an_age_may_stand_in_the_box_of_the_year(awa: Browser, db: Database) -> None:
    at_check(awa, **{"birth_date-year": "٣٦"}).submit()
    [person] = reading.listed(db, "person")
    assert (person["birth_date"], person["birth_date_precision"]) == ("1990-01-01", "estimated")


def test_nobody_goes_on_without_saying_whether_a_weapon_is_handed_in(awa: Browser) -> None:
    at_weapon(awa).submit()
    assert awa.status == 422
    assert "Say whether a weapon is handed in now" in awa.text


def test_a_step_that_is_left_out_is_found_at_the_check(awa: Browser) -> None:
    at_who(awa).submit(**WHO)
    draft = awa.path.split("/")[2]
    awa.get(f"/register/{draft}/check")
    assert "Something is missing or not understood here." in awa.text
    assert awa.submit().path.endswith("/screening")


def test_change_comes_back_to_the_check(awa: Browser, db: Database) -> None:
    draft = at_check(awa).path.split("/")[2]
    awa.get(f"/register/{draft}/who?_back=check").submit(alias="Ibou")
    assert awa.path.endswith("/check")
    assert "Ibou" in awa.text


def test_a_left_field_saves_the_draft_and_says_when(awa: Browser, db: Database) -> None:
    step = at_who(awa).path
    awa.send(f"{step}/draft", {**WHO, "birth_date-year": "1999"})
    assert "Draft saved" in awa.html
    assert "<b>26 or 27 years</b>" in awa.html
    assert "Alike and known here" not in awa.html
    assert "<html" not in awa.html
    [draft] = drafts.listed(db)
    assert draft["body"]["typed"]["who"]["birth_date-year"] == "1999"


def test_after_a_power_cut_nothing_but_the_last_field_is_missing(
    awa: Browser, app: Flask, db: Database
) -> None:
    step = at_who(awa).path
    awa.send(f"{step}/draft", {**WHO, "alias": "Ibou"})
    again = Browser(create_app(app.extensions["laptop"], port=PORT)).start().unlock()
    assert "1 registration was interrupted. Nothing but the last field is missing." in again.text
    assert f'href="{step}"' in again.html
    assert 'value="Ibou"' in again.get(step).html


def test_keep_for_later_waits_on_the_first_page(awa: Browser, db: Database) -> None:
    at_who(awa).submit(**WHO, _act="later")
    assert awa.path == "/"
    assert "interrupted" not in awa.text
    assert "Ibrahim Sow" in awa.text


def test_back_keeps_what_is_typed(awa: Browser) -> None:
    step = at_who(awa).path
    assert awa.submit(alias="Ibou", _act="back").path.endswith("/information")
    assert 'value="Ibou"' in awa.get(step).html


def test_more_rows_are_there_for_more_dependants(awa: Browser) -> None:
    at_household(awa).submit(**{"1.relation": "child", "_act": "more"})
    assert "Dependant 6" in awa.text
    assert "Dependant 7" not in awa.text


def test_a_draft_is_discarded_after_saying_what_that_does(awa: Browser, db: Database) -> None:
    draft = at_who(awa).path.split("/")[2]
    awa.get(f"/drafts/{draft}/discard")
    assert "Nothing is registered or changed by it." in awa.text
    assert awa.submit().path == "/"
    assert drafts.listed(db) == []


def test_no_address_and_no_title_names_anybody(awa: Browser) -> None:
    at_check(awa)
    for page in (awa.page, *awa.page.history):
        assert "Ibrahim" not in page.request.full_path
    assert "Ibrahim" not in awa.title


def test_a_date_told_in_another_calendar_is_kept_as_told(awa: Browser, db: Database) -> None:
    told = {"birth_date-day": "12", "birth_date-month": "ربيع الأول", "birth_date-year": "1410"}
    at_check(awa, **told, **{"birth_date-calendar": "hijri"}).submit()
    [row] = reading.listed(db, "person")
    assert (row["birth_date"], row["birth_date_precision"]) == ("1989-10-13", "day")
    assert row["birth_date_told"] == "hijri · 12 · ربيع الأول · 1410"
    awa.get(f"/records/person/{row['id']}")
    assert 'value="1410"' in awa.html
    awa.submit()
    assert reading.get(db, "person", row["id"]) == row
    awa.get(f"/records/person/{row['id']}").submit(**{"birth_date-calendar": "gregorian"})
    assert awa.status == 422


def test_an_age_is_years_whatever_the_calendar(awa: Browser, db: Database) -> None:
    at_check(awa, **{"birth_date-year": "35", "birth_date-calendar": "ethiopian"}).submit()
    [row] = reading.listed(db, "person")
    assert row["birth_date_precision"] == "estimated"
    assert int(row["birth_date"][:4]) == moments.today().year - 35
    assert row["birth_date_told"] is None
