"""A deployment's own fields on the registry's pages, in its lists, history, API, shell and imports."""

import pytest

from tests.schema.declaring import adds, declares
from tests.schema.programme import case, ident, person, write
from tests.server.town import Town, hidden, send

ALI = f"/records/person/{ident('Ali')}/edit"
FILE = f"/cases/{ident('case of Ali')}"
HIDDEN = {"label_en": "How they came", "label_ar": "كيف وصلوا"}


@pytest.fixture
def ali(town: Town) -> Town:
    """Ali of caseload A, in a programme that asks for a shoe size and how people came."""
    town.arrive("awa", person("Ali"), case("Ali"))
    town.arrive("celine", adds("transport", "boat", label_en="By boat", label_ar="بالقارب"))
    town.arrive("celine", declares("person", "shoe", "whole", label_en="Shoe size"))
    choice = {"code_list": "transport", **HIDDEN}
    town.arrive("celine", declares("person", "came", "choice", **choice))
    return town


def custom(town: Town) -> object:
    return town.record("person", ident("Ali")).get("custom")


def test_a_field_is_asked_answered_shown_and_told_in_the_timeline(ali: Town) -> None:
    celine = ali.signed_in("celine")
    told = celine.get(FILE).text.count("How they came")
    page = celine.get(ALI)
    assert "Shoe size" in page.text
    assert "By boat" in page.text
    answer = {"custom.shoe": "42", "custom.came": "boat"}
    assert celine.post(ALI, **hidden(page), **answer).status_code == 302
    assert custom(ali) == {"shoe": 42, "came": "boat"}
    file = celine.get(FILE).text
    assert "42" in file
    assert "By boat" in file
    assert file.count("How they came") > told
    arabic = celine.get(FILE, headers={"Accept-Language": "ar"}).text
    assert "بالقارب" in arabic
    assert "كيف وصلوا" in arabic


def test_what_is_wrong_comes_back_as_typed_and_nothing_is_written(ali: Town) -> None:
    celine = ali.signed_in("celine")
    page = celine.get(ALI)
    answer = celine.post(ALI, **hidden(page), **{"custom.shoe": "large", "name": "Alì"})
    assert answer.status_code == 422
    assert 'value="large"' in answer.text
    assert "Shoe size must be a whole number" in answer.text
    assert custom(ali) is None


def test_one_field_is_changed_and_the_others_stay(ali: Town) -> None:
    ali.arrive("awa", write("person", "Ali", custom={"shoe": 41, "came": "boat"}))
    celine = ali.signed_in("celine")
    page = celine.get(ALI)
    ali.arrive("awa", write("person", "Ali", {"custom": {"shoe": 41}}, custom={"shoe": 41}))
    celine.post(ALI, **hidden(page), **{"custom.shoe": "43", "custom.came": "boat"})
    assert custom(ali) == {"shoe": 43, "came": "boat"}


def test_two_values_for_one_field_come_back_with_both(ali: Town) -> None:
    ali.arrive("awa", write("person", "Ali", custom={"shoe": 41}))
    celine = ali.signed_in("celine")
    page = celine.get(ALI)
    ali.arrive("awa", write("person", "Ali", {"custom": {"shoe": 41}}, custom={"shoe": 44}))
    answer = celine.post(ALI, **hidden(page), **{"custom.shoe": "43"})
    assert answer.status_code == 409
    assert "Meanwhile somebody else wrote: 44" in answer.text
    assert 'value="43"' in answer.text


def test_a_manager_declares_a_field_and_it_is_in_the_next_form(ali: Town) -> None:
    celine = ali.signed_in("celine")
    form = {
        "entity": "person",
        "name": "hat",
        "kind": "text",
        "label_en": "Hat size",
        "purpose": "To order hats",
        "sensitivity": "none",
    }
    assert send(celine, "/records/custom_field/new", form).status_code == 302
    assert "Hat size" in celine.get(ALI).text
    assert "hat" in celine.get("/records/custom_field").text
    again = send(celine, "/records/custom_field/new", form)
    assert (again.status_code, "There is a field of this name already." in again.text) == (
        422,
        True,
    )


@pytest.mark.parametrize("label", ["HIV status", "مخبر", "Informateur"])
def test_what_is_never_recorded_is_refused_at_the_form_with_a_sentence(ali: Town, label) -> None:
    form = {
        "entity": "person",
        "name": "x",
        "kind": "text",
        "label_en": label,
        "purpose": "Because",
        "sensitivity": "severe",
    }
    celine = ali.signed_in("celine")
    answer = send(celine, "/records/custom_field/new", form)
    assert answer.status_code == 422
    assert "are not recorded here" in answer.text
    assert label in answer.text


def test_an_officer_declares_nothing(ali: Town) -> None:
    assert ali.signed_in("awa").get("/records/custom_field/new").status_code == 404


def test_declarations_are_read_once_a_page(ali: Town) -> None:
    ali.arrive("awa", write("person", "Ali", custom={"shoe": 41, "came": "boat"}))
    celine = ali.signed_in("celine")
    for path in (FILE, ALI, "/cases/new"):
        with ali.counted() as statements:
            assert celine.get(path).status_code == 200
        asked = [one for one in statements if "FROM custom_field" in one or "FROM code" in one]
        assert len(asked) == 2, path


def test_the_api_gives_the_values_and_the_declarations(ali: Town) -> None:
    ali.arrive("awa", write("person", "Ali", custom={"shoe": 41}))
    celine = ali.signed_in("celine")
    assert celine.get(f"/api/v1/people/{ident('Ali')}").json["custom"] == {"shoe": 41}
    names = {one["name"] for one in celine.get("/api/v1/custom-fields").json["items"]}
    assert names == {"shoe", "came"}
    [code] = celine.get("/api/v1/codes").json["items"]
    assert (code["code_list"], code["value"]) == ("transport", "boat")
