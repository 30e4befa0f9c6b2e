"""Dates as lived: told in another calendar, kept as told, and nobody made older than they may be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import calendars
from schema.dates import may_be_child, youngest_age
from schema.detail import details
from schema.entities.person import Person
from schema.form import inputs, parse
from schema.said import Said

ON = date(2026, 11, 30)
BOXES = ("day", "month", "year", "calendar")


def born(calendar: str, *boxes: str) -> dict[str, str]:
    texts = zip(BOXES, (*boxes, calendar), strict=True)
    return {f"birth_date-{part}": text for part, text in texts}


@pytest.mark.parametrize(
    ("calendar", "boxes", "iso", "precision"),
    [
        ("hijri", ("1", "1", "1420"), "1999-04-17", "day"),
        ("hijri", ("1", "Ramadan", "1445"), "2024-03-11", "day"),
        ("hijri", ("١٢", "ربيع الأول", "١٤١٠"), "1989-10-13", "day"),
        ("hijri", ("", "", "1410"), "1990-01-01", "year"),
        ("hijri", ("", "9", "1410"), "1990-04-01", "month"),
        ("ethiopian", ("1", "Meskerem", "2000"), "2007-09-12", "day"),
        ("ethiopian", ("6", "ጳጉሜን", "2003"), "2011-09-11", "day"),
        ("ethiopian", ("29", "ታኅሣሥ", "2000"), "2008-01-08", "day"),
        ("ethiopian", ("", "", "1990"), "1998-01-01", "year"),
    ],
)
def test_a_day_told_in_another_calendar_is_a_day_of_ours(calendar, boxes, iso, precision):
    read = calendars.read(calendar, *boxes)
    assert (read.iso, read.precision, read.wrong) == (iso, precision, None)


@pytest.mark.parametrize(
    ("calendar", "boxes"),
    [
        ("hijri", ("30", "2", "1410")),
        ("hijri", ("1", "13", "1410")),
        ("hijri", ("1", "Meskerem", "1410")),
        ("ethiopian", ("6", "13", "2004")),
        ("ethiopian", ("31", "1", "2000")),
        ("hijri", ("1", "", "1410")),
        ("hijri", ("1", "1", "14")),
    ],
)
def test_a_day_that_a_calendar_has_not_is_said_and_not_guessed(calendar, boxes):
    read = calendars.read(calendar, *boxes)
    assert read.iso is None
    assert isinstance(read.wrong, Said)


YEARS = {"hijri": (1300, 1500, 12), "ethiopian": (1900, 2100, 13)}


@pytest.mark.parametrize("calendar", YEARS)
def test_every_day_follows_the_one_before(calendar):
    first, last, months = YEARS[calendar]
    days = [
        read.iso
        for year in range(first, first + 60)
        for month in range(1, months + 1)
        for day in range(1, 31)
        if (read := calendars.read(calendar, str(day), str(month), str(year))).iso
    ]
    ordinals = [date.fromisoformat(str(iso)).toordinal() for iso in days]
    assert ordinals == list(range(ordinals[0], ordinals[0] + len(ordinals)))
    assert last > first


@given(
    st.sampled_from(sorted(YEARS)), st.integers(1410, 1448), st.integers(1, 12), st.integers(1, 29)
)
def test_a_month_or_a_year_makes_nobody_older_than_the_day_would(calendar, year, month, day):
    told = str(year if calendar == "hijri" else year + 580)
    exact = calendars.read(calendar, str(day), str(month), told)
    for vague in (
        calendars.read(calendar, "", str(month), told),
        calendars.read(calendar, "", "", told),
    ):
        known = youngest_age(exact.iso, exact.precision, ON)
        least = youngest_age(vague.iso, vague.precision, ON)
        assert known is not None
        assert least is not None
        assert least <= known


def test_doubt_stays_doubt_whatever_the_calendar():
    parsed = parse(Person, born("hijri", "", "", "1430"), ("birth_date",))
    values = parsed.values
    assert may_be_child(values["birth_date"], values["birth_date_precision"], ON)


def test_what_was_typed_is_kept_and_comes_back_in_its_boxes():
    parsed = parse(Person, born("hijri", "12", "ربيع الأول", "1410"), ("birth_date",))
    assert parsed.errors == {}
    assert parsed.values["birth_date_told"] == "hijri · 12 · ربيع الأول · 1410"
    [asked] = inputs(Person, parsed.values, only=("birth_date",))
    assert [part.value for part in asked.parts] == ["12", "ربيع الأول", "1410"]
    assert [option.value for option in asked.calendars if option.chosen] == ["hijri"]
    again = parse(
        Person, {part.name: part.value for part in (*asked.parts, asked.calendar)}, ("birth_date",)
    )
    assert again.values == parsed.values


def test_what_could_not_be_read_comes_back_as_it_was_typed():
    parsed = parse(Person, born("ethiopian", "6", "13", "2004"), ("birth_date",))
    assert "birth_date" in parsed.errors
    [asked] = inputs(Person, {**parsed.values, **parsed.typed}, parsed.errors, ("birth_date",))
    assert [part.value for part in asked.parts] == ["6", "13", "2004"]
    assert [option.value for option in asked.calendars if option.chosen] == ["ethiopian"]


def test_a_day_of_ours_has_nothing_told_and_takes_away_what_was():
    form = born("gregorian", "1", "2", "1990")
    assert parse(Person, form, ("birth_date",)).values["birth_date_told"] is None


def test_what_was_told_is_read_beside_the_day():
    values = {"birth_date": "1989-10-13", "birth_date_told": "hijri · 12 · 3 · 1410"}
    told = {line.name: line.text for line in details(Person, values)}
    assert str(told["birth_date_told"]) == "12/3/1410 (Hijri calendar)"
    named = {**values, "birth_date_told": "ethiopian ·  · Meskerem · 1980"}
    [said] = [line.text for line in details(Person, named) if line.name == "birth_date_told"]
    assert str(said) == "Meskerem 1980 (Ethiopian calendar)"
    assert "birth_date_told" not in {
        line.name for line in details(Person, {"birth_date": "1989-10-13"})
    }
