"""Numbers, days, ages and states come out as a reader expects them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from jinja2 import Environment, pass_context

from schema.difference import pieces
from schema.said import Said
from schema.states import STATES
from schema.wording import Words, direction, format_number

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def in_english(one: str, many: str, number: int, **values: object) -> str:
    return (one if number == 1 else many) % values


WORDS = Words(str, in_english, now=lambda: NOON)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (999, "999"), (2713, "2\u202f713"), (1_234_567, "1\u202f234\u202f567"),
     (-1513, "\u22121\u202f513")],
)  # fmt: skip
def test_thousands_stand_apart_by_a_space_that_does_not_break(number, shown):
    assert format_number(number) == shown


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("day", "17 November 2026"), ("month", "November 2026"), ("year", "2026"),
     ("estimated", "about 2026"), (None, "17 November 2026")],
)  # fmt: skip
def test_a_day_shows_no_more_than_its_precision(precision, shown):
    assert WORDS.day("2026-11-17", precision) == shown


def test_a_moment_is_told_in_the_zone_of_the_reader():
    khartoum = Words(str, in_english, zone=lambda: timezone(timedelta(hours=2)))
    assert khartoum.moment("2026-11-17T23:05:00+00:00") == "18 November 2026, 01:05"
    assert khartoum.clock("2026-11-17T12:02:07Z") == "14:02:07"


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(0, "just now"), (-30, "just now"), (0.5, "30 minutes ago"), (1, "1 hour ago"),
     (47, "1 day ago"), (120, "5 days ago")],
)  # fmt: skip
def test_how_long_ago_is_told_in_whole_units(hours, shown):
    assert WORDS.ago((NOON - timedelta(hours=hours)).isoformat()) == shown


def test_a_time_that_never_came_says_so():
    assert WORDS.when(None) == "never"
    assert WORDS.when("2026-11-17T12:00:00+00:00") == "17 November 2026, 12:00 (5 days ago)"


@pytest.mark.parametrize(
    ("birth_date", "precision", "shown"),
    [("2000-11-22", "day", "26 years"), ("2000-11-23", "day", "25 years"),
     ("2000-11-01", "month", "25 or 26 years"), ("2000-10-01", "month", "26 years"),
     ("2000-01-01", "year", "25 or 26 years"), ("2000-01-01", "estimated", "about 26 years"),
     ("2025-10-22", "day", "1 year"), (None, None, "Age not known")],
)  # fmt: skip
def test_an_age_is_no_surer_than_the_date_of_birth(birth_date, precision, shown):
    assert WORDS.age(birth_date, precision) == shown


def test_few_cases_get_no_percentage():
    assert WORDS.share(124, 200) == "62 % (124 of 200)"
    assert WORDS.share(12, 19) == "12 of 19"


def test_the_laptops_sentences_count():
    assert WORDS.laptop("some_here", 1, when="today").startswith("1 change only")
    assert WORDS.laptop("some_here", 14, when="today").startswith("14 changes only")


def test_only_what_is_declared_is_translated():
    backwards = Words(lambda text: text[::-1], in_english)
    assert backwards.shown(Said("Male")) == "elaM"
    assert backwards.shown("Male") == "Male"
    assert backwards.word("") == ""


def test_a_constant_in_a_template_is_worded_anew_for_each_reader():
    heard = iter(("one", "two"))
    words = Words(lambda text: next(heard), in_english)
    environment = Environment(autoescape=True)
    environment.filters.update(words.filters(pass_context))
    template = environment.from_string("{{ 'held'|state_tag }}")
    assert [template.render(), template.render()] == ["one", "two"]


def test_the_states_never_blame():
    said = " ".join(state.tag + state.line for state in STATES.values()).lower()
    assert not [word for word in ("conflict", "reject", "fail", "error", "unsafe") if word in said]


def test_arabic_runs_from_right_to_left():
    assert [direction(language) for language in ("en", "fr", "ar", "es")] == [
        "ltr", "ltr", "rtl", "ltr",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "other", "differing"),
    [("56-1 22417", "56-1 22147", ["41"]), ("Awa", "Awa", []), ("", "Awa", []),
     ("Awa", "", ["Awa"]), ("عبد الرحمن إدريس موسى", "عبد الرحمن موسى", ["إدريس"]),
     ("met at the market after noon, alone, twice", "met at the market alone", ["after", "noon,",
      "alone,", "twice"])],
)  # fmt: skip
def test_only_what_differs_is_marked_and_joined_writing_is_not_cut(value, other, differing):
    parts = pieces(value, other)
    assert "".join(text for text, _ in parts) == value
    assert [text for text, differs in parts if differs] == differing
