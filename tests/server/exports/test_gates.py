"""The donor's figures: who is counted, where, and what cannot be read from them."""

import re

import pytest

from schema.change import Change
from schema.problems import BadValue
from server import moments
from server.config import settings
from server.exports import gates
from server.registry.reports import Then
from tests.schema.programme import TODAY, A, create, ident
from tests.server.exports.passage import CELINE, DARIO, Passage, bytes_of, figures, text_of

TWENTIES = ("registered", "XA01", "male", "25-35")


def event(name: str, case_id: str, gate: str) -> Change:
    return create("gate_event", name, case_id=case_id, gate=gate, date="2024-02-01")


def test_five_alike_are_counted_at_the_first_level_and_in_the_totals(passage: Passage) -> None:
    passage.pass_gate(5)
    found = figures()
    assert found[TWENTIES] == "5"
    assert found["registered", "all", "all", "all"] == "5"
    assert found["registered", "XA02", "all", "all"] == "0"
    assert found["profiled", "all", "all", "all"] == "0"


def test_a_cell_of_four_is_hidden_and_five_others_are_not(passage: Passage) -> None:
    passage.pass_gate(5)
    passage.pass_gate(4, sex="female")
    found = figures()
    assert found[TWENTIES] == "5"
    assert found["registered", "XA01", "female", "25-35"] == "hidden"
    assert found["registered", "all", "all", "all"] == "hidden"


def test_a_person_is_counted_once_at_a_gate(passage: Passage) -> None:
    names = passage.pass_gate(5)
    again = ident(f"case of {names[0]}")
    passage.arrive(event("again", again, "registered"), event("further", again, "profiled"))
    assert figures()[TWENTIES] == "5"


def test_no_child_is_counted_in_any_line(passage: Passage) -> None:
    passage.pass_gate(5)
    passage.pass_gate(7, born="2014-05-01")
    assert figures()["registered", "all", "all", "all"] == "5"
    assert not [key for key in figures() if "child" in " ".join(key)]


def test_a_child_recognised_late_stays_in_the_figures_of_the_time(passage: Passage) -> None:
    names = passage.pass_gate(6)
    before, as_of = figures(), str(passage.programme.n)
    passage.change("person", names[0], may_be_under_18=True)
    assert figures()[TWENTIES] == "5"
    assert figures(as_of) == before


def test_the_same_number_gives_the_same_bytes_for_ever(passage: Passage) -> None:
    names = passage.pass_gate(5)
    as_of = str(passage.programme.n)
    first = bytes_of("gates", as_of)
    passage.pass_gate(3, sex="female")
    passage.change("person", names[0], sex="female")
    assert bytes_of("gates", as_of) == first != bytes_of("gates")


def test_what_is_withdrawn_is_not_counted(passage: Passage) -> None:
    names = passage.pass_gate(8)
    said = {"withdrawn_at": "2026-11-21T10:00:00Z", "withdrawn_reason": "entered twice"}
    passage.change("person", names[0], **said)
    passage.change("case", f"case of {names[1]}", **said)
    passage.change("gate_event", f"registered of {names[2]}", **said)
    assert figures()[TWENTIES] == "5"


def test_a_gate_dated_ahead_is_not_passed_yet(passage: Passage) -> None:
    passage.pass_gate(5)
    passage.pass_gate(5, day="2126-01-01")
    assert figures()[TWENTIES] == "5"


def test_without_an_area_the_caseloads_stands_in_and_without_both_it_is_not_known(
    passage: Passage,
) -> None:
    passage.pass_gate(5, area=None)
    assert figures()["registered", "not-known", "male", "25-35"] == "5"
    passage.arrive(Change("set", "caseload", A, {"area_id": ident("area", "XA02")}))
    assert figures()["registered", "XA02", "male", "25-35"] == "5"


def test_a_day_means_its_end_and_no_day_ahead_is_taken(passage: Passage) -> None:
    passage.pass_gate(5)
    today = moments.today(settings().timezone).isoformat()
    assert figures(today)[TWENTIES] == "5"
    assert figures("2020-01-31")[TWENTIES[:1] + ("all",) * 3] == "0"
    for wrong in ("2126-01-01", "1800-01-01", "yesterday", "17", "9" * 30, "2026-02-30"):
        with pytest.raises(BadValue):
            figures(wrong)


def test_a_donors_file_holds_nothing_of_anybody(passage: Passage) -> None:
    for name in passage.pass_gate(6, phone="+999 55 1234", alias="Falcon"):
        assert name not in text_of("gates")
    text = text_of("gates")
    for told in ("Falcon", "1234", "XA0101", "Place XA0101", "1995", A):
        assert told not in text
    assert not re.search(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{6}", text)
    assert not re.search(r"\d{4}-\d\d-\d\d", text)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text)


def test_headings_are_followed_by_hxl_tags(passage: Passage) -> None:
    heads, tags, first = text_of("gates").splitlines()[:3]
    assert heads.startswith('"Gate","First-level area, P-code"')
    assert tags.startswith('"#x_ddr+gate","#adm1+code"')
    assert first == '"listed","all","All areas","all","all",0'
    assert bytes_of("gates").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("born", "precision", "expected"),
    [
        ("2001-11-22", "day", "25-35"),
        ("2001-11-23", "day", "18-24"),
        ("1990-11-22", "day", "36-59"),
        ("1966-01-01", "day", "60+"),
        ("2001-01-01", "year", "18-24"),
        (None, None, "not-known"),
        ("2010-01-01", "day", "not-known"),
    ],
)
def test_the_band_is_the_youngest_that_the_date_allows(born, precision, expected) -> None:
    values = {"birth_date": born, "birth_date_precision": precision}
    assert gates.band(values, TODAY) == expected


def test_areas_that_are_each_others_parents_come_to_an_end() -> None:
    areas = {
        name: Then(name, "reference", {"level": 2, "parent_id": other})
        for name, other in (("x", "y"), ("y", "x"))
    }
    assert gates.first_level("x", areas) == gates.UNKNOWN


def test_managers_may_take_it_too(passage: Passage) -> None:
    passage.pass_gate(5)
    assert figures(who=CELINE)[TWENTIES] == figures(who=DARIO)[TWENTIES] == "5"
