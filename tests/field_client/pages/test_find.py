"""One box finds by name, mother's name or number; the words stay in memory."""

from sqlite_utils import Database

from tests.field_client.acting import registered
from tests.field_client.pages.browsing import Browser


def found(awa: Browser, words: str, year: str = "") -> str:
    return awa.post("/find", words=words, year=year).text


def test_a_person_is_found_by_name_mother_and_number(awa: Browser, db: Database) -> None:
    who, _ = registered(db, mother_name="Halimé")
    for words in ("ibrahim", "halime sow", str(who.values["number"]).lower()):
        assert "Ibrahim Sow" in found(awa, words)
        assert f'href="/people/{who.record}"' in awa.html
        assert "36 years" in awa.text
        assert "Only here" in awa.text


def test_the_year_leaves_out_who_is_of_another_age(awa: Browser, db: Database) -> None:
    registered(db)
    registered(db, birth_date=None)
    assert "2 people fit" in found(awa, "ibrahim", "1991")
    assert "1 person fits" in found(awa, "ibrahim", "1960")


def test_twenty_are_shown_and_more_are_said_to_be_there(awa: Browser, db: Database) -> None:
    for _ in range(21):
        registered(db)
    assert "More than 20 people fit." in found(awa, "sow")
    assert awa.html.count("/people/") == 20


def test_nobody_fits(awa: Browser) -> None:
    assert "Nobody on this laptop fits these words." in found(awa, "nobody")


def test_an_empty_box_is_told(awa: Browser) -> None:
    assert "Enter a name or a number" in found(awa, " ", "x")
    assert awa.status == 422
    assert "Year of birth or age must be" in awa.text


def test_the_words_are_in_no_address(awa: Browser) -> None:
    found(awa, "ibrahim")
    assert "ibrahim" not in awa.page.request.full_path
    assert awa.get("/find/unknown-key").path == "/find"
