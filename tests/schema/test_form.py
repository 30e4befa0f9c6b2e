"""Questions are drawn from the declaration, and what was typed is understood leniently."""

import pytest
from werkzeug.datastructures import MultiDict

from schema.entities import ENTITIES, Case, Person, Weapon
from schema.form import inputs, missing, parse, prefixed, unknown_names, unprefixed
from schema.said import Said
from schema.typed_dates import NO_MONTH, NO_YEAR, NOT_REAL


def asked(entity, name, values=None, errors=None, choices=None):
    return inputs(entity, values or {}, errors, only=[name], choices=choices)[0]


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_on_the_form_is_drawn_once(entity):
    drawn = [one.name for one in inputs(entity, {})]
    precisions = {name for name in entity.describe() if name.endswith("_precision")}
    shown = {name for name, field in entity.describe().items() if field.about.on_form}
    assert set(drawn) == shown - precisions
    assert len(drawn) == len(set(drawn))


def test_few_codes_are_radios_and_many_are_a_list():
    assert asked(Person, "sex").kind == "radio"
    many = asked(Weapon, "type")
    assert many.kind == "select"
    assert many.options[0].value == ""


def test_the_answer_given_is_chosen():
    options = asked(Person, "sex", {"sex": "male"}).options
    assert [option.value for option in options if option.chosen] == ["male"]


def test_an_optional_radio_can_be_taken_back_once_it_is_answered():
    assert "" not in [option.value for option in asked(Person, "marital_status").options]
    answered = asked(Person, "marital_status", {"marital_status": "single"})
    assert answered.options[-1].value == ""


def test_a_code_of_a_newer_version_stays_in_the_form():
    options = asked(Person, "sex", {"sex": "code-of-next-year"}).options
    assert [option.value for option in options if option.chosen] == ["code-of-next-year"]


def test_a_reference_is_typed_unless_choices_are_offered():
    assert asked(Person, "caseload_id").kind == "ref"
    offered = asked(Person, "caseload_id", choices={"caseload_id": [("id-a", "Caseload A")]})
    assert offered.kind == "select"
    assert offered.options[1].label == "Caseload A"


def test_a_date_of_birth_shows_no_more_than_is_known():
    values = {"birth_date": "1990-07-01", "birth_date_precision": "month"}
    day = asked(Person, "birth_date", values)
    assert [part.value for part in day.parts] == ["", "7", "1990"]
    assert day.estimate is not None


def test_a_plain_day_has_no_tick_for_an_estimate():
    assert asked(Weapon, "handed_in_on").estimate is None


@pytest.mark.parametrize(
    ("day", "month", "year", "date", "precision"),
    [
        ("5", "7", "1990", "1990-07-05", "day"),
        ("", "7", "1990", "1990-07-01", "month"),
        ("", "", "1990", "1990-01-01", "year"),
        ("٥", "٧", "١٩٩٠", "1990-07-05", "day"),
        ("5", "Juillet", "1990", "1990-07-05", "day"),
        ("5", "Oct.", "1990", "1990-10-05", "day"),
        (" 5 ", "تموز", "1990", "1990-07-05", "day"),
        ("5/7/1990", "", "", "1990-07-05", "day"),
        ("", "", "", None, None),
    ],
)
def test_the_boxes_of_a_day_give_the_precision(day, month, year, date, precision):
    form = {"birth_date-day": day, "birth_date-month": month, "birth_date-year": year}
    values, errors, _ = parse(Person, form)
    assert errors == {}
    assert values == {"birth_date": date, "birth_date_precision": precision}


def test_a_ticked_estimate_is_the_precision():
    form = {"birth_date-year": "1990", "birth_date-estimate": "1"}
    values, _, typed = parse(Person, form)
    assert values == {"birth_date": "1990-01-01", "birth_date_precision": "estimated"}
    again = asked(Person, "birth_date", typed)
    assert again.estimate.value == "1"


@pytest.mark.parametrize(
    ("boxes", "says"),
    [
        (("31", "2", "1990"), NOT_REAL),
        (("5", "", "1990"), NO_MONTH),
        (("5", "7", "90"), NO_YEAR),
        (
            ("5", "ma", "1990"),
            NO_MONTH,
        ),
        (("", "", "1492"), Said("%(field)s must be a date between 1900 and 2200")),
    ],
)
def test_a_day_that_cannot_be_understood_says_why_and_comes_back_as_typed(boxes, says):
    names = ("birth_date-day", "birth_date-month", "birth_date-year")
    values, errors, typed = parse(Person, dict(zip(names, boxes, strict=True)))
    assert values == {}
    assert [str(error) for error in errors["birth_date"]] == [str(says.of(field="Date of birth"))]
    again = asked(Person, "birth_date", typed, errors)
    assert tuple(part.value for part in again.parts) == boxes
    assert again.errors == errors["birth_date"]


def test_a_plain_day_needs_all_three_boxes():
    _, errors, _ = parse(Weapon, {"handed_in_on-month": "7", "handed_in_on-year": "2026"})
    sentence = "Handed in on must have a day, a month and a year"
    assert [str(error) for error in errors["handed_in_on"]] == [sentence]


@pytest.mark.parametrize("text", ["2026-07-05", "5/7/2026", "5 July 2026", "٥/٧/٢٠٢٦"])
def test_a_day_in_one_piece_is_understood(text):
    assert parse(Weapon, {"handed_in_on": text}).values == {"handed_in_on": "2026-07-05"}


def test_absent_stays_absent_and_empty_becomes_none():
    values, errors, _ = parse(Person, {"name": "  Awa Diallo ", "alias": "   "})
    assert values == {"name": "Awa Diallo", "alias": None}
    assert errors == {}


@pytest.mark.parametrize("text", ["Awa\x00", "Awa\ud800"])
def test_what_cannot_be_stored_is_an_error_of_its_field(text):
    values, errors, _ = parse(Person, {"name": text, "alias": "A"})
    assert values == {"alias": "A"}
    sentence = "Name must not have characters that cannot be stored"
    assert [str(error) for error in errors["name"]] == [sentence]


def test_a_name_of_ten_megabytes_is_an_error_of_its_field():
    _, errors, _ = parse(Person, {"name": "a" * 10_000_000})
    assert [str(error) for error in errors["name"]] == ["Name must have at most 200 characters"]


def test_a_code_that_is_not_in_the_list_is_an_error_of_its_field():
    _, errors, _ = parse(Person, {"sex": "m"})
    assert [str(error) for error in errors["sex"]] == ["Sex must be one of the answers shown"]


@pytest.mark.parametrize(("text", "number"), [("1947", 1947), ("١٩٤٧", 1947), ("1 947", 1947)])
def test_a_whole_number_is_read_in_both_scripts(text, number):
    assert parse(Weapon, {"year": text}).values == {"year": number}


@pytest.mark.parametrize("text", ["nineteen", "19.5", "99999999999999999999", "1"])
def test_a_number_out_of_bounds_says_its_bounds(text):
    _, errors, typed = parse(Weapon, {"year": text})
    sentence = "Year of manufacture must be a whole number from 1850 to 2100"
    assert [str(error) for error in errors["year"]] == [sentence]
    assert typed == {"year": text}


def test_a_box_that_is_not_ticked_says_no_and_a_ticked_one_yes():
    name = "may_be_under_18"
    assert parse(Person, MultiDict([(name, "0")])).values == {name: False}
    assert parse(Person, MultiDict([(name, "0"), (name, "1")])).values == {name: True}
    assert parse(Person, MultiDict([(name, "")])).values == {name: None}


def test_a_typed_reference_is_left_to_the_page_in_western_digits():
    assert parse(Person, {"caseload_id": " KN-٠١ "}).values == {"caseload_id": "KN-01"}


def test_what_must_be_filled_in_is_named():
    errors = missing(Person, {"name": "Awa Diallo"}, only=["name", "sex", "alias"])
    assert {name: str(said[0]) for name, said in errors.items()} == {"sex": "Sex must be filled in"}


def test_names_that_no_question_takes_are_found():
    form = [
        "name",
        "birth_date-day",
        "_key",
        "csrf_token",
        "gate",
        "number",
    ]
    assert unknown_names(Person, form) == ["gate", "number"]


def test_two_nouns_fit_into_one_form():
    names = [one.name for one in prefixed(inputs(Person, {}, only=["birth_date"]), "person.")]
    posted = {"person.name": "Awa Diallo", "case.category": "associated"}
    assert names == ["person.birth_date"]
    assert parse(Person, unprefixed(posted, "person.")).values == {"name": "Awa Diallo"}
    assert parse(Case, unprefixed(posted, "case.")).values == {"category": "associated"}


def test_what_is_typed_comes_back_as_typed():
    form = {"name": " Awa ", "sex": "m", "birth_date-day": "٥", "birth_date-year": "x"}
    parsed = parse(Person, form)
    again = {one.name: one for one in inputs(Person, parsed.typed, parsed.errors)}
    assert again["name"].value == " Awa "
    assert again["birth_date"].parts[0].value == "٥"
    assert again["birth_date"].anchor == "f-birth_date-day"
