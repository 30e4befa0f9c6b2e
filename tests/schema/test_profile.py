"""Profiling: the notice comes first, no child is asked about service, and the codes are ISCED's and ISCO's."""

import pytest

from schema.change import HELD
from schema.codes_profile import EDUCATION, OCCUPATION
from schema.entities.profile import NOTICE, Profile
from tests.schema.programme import Programme, case, create, ident, person, write

ASKED = {
    "case_id": ident("case of Abel"),
    "date": "2026-11-20",
    "notice_read": True,
    "education": "1",
    "occupation_before": "63",
    "occupation_now": "none",
    "occupation_wanted": "71",
}


@pytest.fixture
def programme() -> Programme:
    """Abel, an adult with a case."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    return made


def profile(**values):
    return create("profile", "asked", **{**ASKED, **values})


def reason(judged) -> str:
    return judged.held.reason if judged.outcome == HELD else judged.outcome


@pytest.mark.parametrize("read", [None, False])
def test_nobody_is_profiled_before_the_notice_was_read_out(programme, read):
    assert reason(programme.judge("awa", profile(notice_read=read))) == "notice-is-read-first"


def test_who_read_it_out_is_stamped_and_cannot_be_said(programme):
    programme.arrive("awa", profile(recorded_by=f"{ident('celine')} Celine"))
    made = programme.rows["profile", ident("asked")]
    assert made.get("recorded_by") == f"{ident('awa')} awa"


def test_that_it_was_read_is_not_taken_back(programme):
    programme.arrive("awa", profile())
    unread = write("profile", "asked", {"notice_read": True}, notice_read=False)
    assert reason(programme.judge("awa", unread)) == "notice-is-read-first"


def test_the_notice_says_that_it_promises_nothing():
    assert Profile.read_out == NOTICE
    assert "This is not a promise" in NOTICE[0]


@pytest.fixture
def child(programme) -> Programme:
    """Idris, a child with a case."""
    programme.arrive("awa", person("Idris", birth_date="2012-01-01"), case("Idris"))
    return programme


def test_a_child_is_asked_nothing_of_service(child):
    of_idris = {"case_id": ident("case of Idris")}
    asked = profile(**of_idris, service_skills="Radio")
    assert reason(child.judge("esther", asked)) == "child-is-asked-no-service"
    assert reason(child.judge("esther", profile(**of_idris))) == "applied"


def test_what_an_adult_said_is_sealed_with_a_child_recognised_late(programme):
    programme.arrive("awa", profile(service_skills="Radio"))
    assert reason(programme.arrive("celine", write("person", "Abel", birth_date="2012-01-01"))) == (
        "applied"
    )
    made = programme.rows["profile", ident("asked")]
    assert (made.compartment, made.get("service_skills")) == ("child", "Radio")


def test_education_has_the_levels_of_isced_2011():
    assert EDUCATION.values == tuple("0123456789")


def test_occupations_are_the_sub_major_groups_of_isco_08_without_the_armed_forces():
    groups = {code for code in OCCUPATION.values if code != "none"}
    counts = {first: len([c for c in groups if c[0] == first]) for first in "123456789"}
    assert list(counts.values()) == [4, 6, 5, 4, 4, 3, 5, 3, 6]
    assert len(groups) == 40
    assert all(OCCUPATION.label(code).startswith(f"{code} ") for code in groups)
