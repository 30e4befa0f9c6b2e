"""A mapping is held to the declaration before a row is read."""

import pytest

from schema.entities.person import Person
from schema.problems import UnknownField
from server.imports import mapping
from server.imports.cells import Unusable, read_day, understood

FIELDS = Person.describe()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: x\nperson: {shoe_size: a}", UnknownField),
        ("name: x\nperson: {age_decision: a}", UnknownField),
        ("name: x\nperson: {custom: a}", UnknownField),
        ("name: x\nperson: {name: a}\ncase: {gate: a}", UnknownField),
        ("name: x\nperson: {sex: {constant: m}}", mapping.BadMapping),
        ("name: x\nperson: {sex: {column: s, codes: {1: m}}}", mapping.BadMapping),
        ("name: x\nperson: {name: {columns: a}}", mapping.BadMapping),
        ("name: x\nperson: {name: {column: a, constant: b}}", mapping.BadMapping),
        ("name: x\nperson: {birth_date: {column: a, formats: ['%d%m']}}", mapping.BadMapping),
        ("name: x\nperson: {name: 3}", mapping.BadMapping),
        ("name: x\nperson: [name]", mapping.BadMapping),
        ("name: x\nignore: a\nperson: {}", mapping.BadMapping),
        ("person: {name: a}", mapping.BadMapping),
        ("name: x", mapping.BadMapping),
        ("name: x\nperson: {}\nweapon: {}", mapping.BadMapping),
        ("- a", mapping.BadMapping),
        ("a: [", mapping.BadMapping),
        ("", mapping.BadMapping),
    ],
)
def test_a_mapping_that_says_what_is_not_stops_the_import(text: str, problem: type) -> None:
    with pytest.raises(problem):
        mapping.read(text)


def test_a_column_that_nobody_names_stops_the_import() -> None:
    columns = mapping.read("name: x\nrow_id: id\nignore: [b]\nperson: {name: a}")
    mapping.held_to(columns, ("id", "a", "b"))
    mapping.held_to(columns, ("id", "a"))
    for headings in (("id", "a", "c"), ("id", "b"), ("a",)):
        with pytest.raises(UnknownField):
            mapping.held_to(columns, headings)


def test_mappings_come_with_the_program_and_are_found_by_name() -> None:
    columns = mapping.read(mapping.found("legacy-febrl"))
    assert columns.name == "legacy-febrl"
    assert "soc_sec_id" in columns.ignore
    for name in ("no-such", "../cli/data.py", "mappings/legacy-febrl"):
        with pytest.raises(mapping.BadMapping):
            mapping.found(name)


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("19600210", ("%Y%m%d",), ("1960-02-10", "day")),
        ("3/7/1990", ("%d/%m/%Y",), ("1990-07-03", "day")),
        ("07/1990", ("%d/%m/%Y", "%m/%Y"), ("1990-07-01", "month")),
        ("1990", ("%d/%m/%Y", "%Y"), ("1990-01-01", "year")),
        ("19450000", ("%Y%m%d", "%Y0000"), ("1945-01-01", "year")),
    ],
)
def test_a_date_says_by_its_format_how_exact_it_is(text, forms, expected) -> None:
    assert read_day(text, forms) == expected


@pytest.mark.parametrize("text", ["19371233", "1937123", "19729518", "", "193701011", " 9370101"])
def test_a_date_that_is_none_is_not_guessed(text: str) -> None:
    with pytest.raises(Unusable) as raised:
        read_day(text, ("%Y%m%d",))
    assert raised.value.reason == "impossible-date"


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("sex", "m", "wrong-code"),
        ("birth_date", "2026-02-30", "impossible-date"),
        ("birth_date", "1400-01-01", "impossible-date"),
        ("name", "x" * 201, "too-long"),
        ("name", "A\x00b", "unstorable"),
        ("name", "A\udce9b", "unstorable"),
        ("may_be_under_18", "perhaps", "wrong-code"),
        ("caseload_id", "\x00", "unstorable"),
    ],
)
def test_each_unusable_cell_has_its_reason(field: str, text: str, reason: str) -> None:
    with pytest.raises(Unusable) as raised:
        understood(FIELDS[field], text, {}, ("%Y-%m-%d",))
    assert raised.value.reason == reason
    assert raised.value.said


def test_codes_of_the_old_list_are_translated() -> None:
    assert understood(FIELDS["sex"], "2", {"1": "male", "2": "female"}, ()) == "female"
    assert understood(FIELDS["may_be_under_18"], "Oui", {}, ()) is True
