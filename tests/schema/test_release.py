"""A child's way: care in 48 hours, return after tracing, verification and two opinions, mother and baby one."""

from datetime import date

import pytest

from schema.clocks import BY_NAME, due
from schema.policy import EVERYWHERE, Grant
from schema.record import Working
from schema.rules.best_interest import state_of
from tests.schema.programme import CAST, B, Programme, case, create, ident, person, write

YOUNG = {"birth_date": "2012-05-01"}
CASE = {"case_id": ident("case of Idris")}
HANDED = {"received_by": "Invented carer", "receipt": "R-7"}


@pytest.fixture
def programme(monkeypatch) -> Programme:
    """Idris, a child; Abel, an adult; four child-protection officers."""
    monkeypatch.setitem(CAST, "fatou", (Grant("child-protection", EVERYWHERE),))
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    made.arrive("esther", person("Idris", **YOUNG), case("Idris", process="child"))
    return made


def step(act: str, name: str = "", **values: object):
    said = {**CASE, "act": act, "date": "2026-11-20", **values}
    return create("child_event", name or act, **said)


def traced(act: str, **values: object):
    return create("tracing_act", act, **{**CASE, "act": act, "date": "2026-11-10", **values})


def proposed(about: str = "reunification", name: str = "proposal"):
    said = {"about": about, "date": "2026-11-12", "child_said": "Home", "proposal": "Home"}
    return create("best_interest", name, **CASE, **said)


def opinion(who: str, said: str = "agreed", of: str = "proposal", **values: object):
    given = {"best_interest_id": ident(of), "opinion": said, "date": "2026-11-14", **values}
    return create("best_interest_opinion", f"{who} on {of}", **given)


def reason(programme: Programme, who: str, *changes: object) -> str:
    held = programme.judge(who, *changes).held
    return held.reason if held else ""


def found(programme: Programme) -> None:
    assert not programme.arrive("esther", traced("opened"), traced("found")).held
    assert not programme.arrive("fatou", traced("verified", verified_by="both-tell")).held


def agreed(programme: Programme, about: str = "reunification", name: str = "proposal") -> None:
    assert not programme.arrive("esther", proposed(about, name)).held
    for who in ("fatou", "grace"):
        assert not programme.arrive(who, opinion(who, of=name)).held


def test_a_child_goes_back_after_all_three(programme):
    found(programme)
    agreed(programme)
    assert programme.arrive("esther", step("reunified")).held is None


@pytest.mark.parametrize("missing", ["traced", "agreed", "both"])
def test_and_not_before(programme, missing):
    if missing == "agreed":
        found(programme)
    elif missing == "traced":
        agreed(programme)
    assert reason(programme, "esther", step("reunified")) == "back-after-all-three"


def test_a_family_that_could_not_be_verified_since_is_none(programme):
    found(programme)
    agreed(programme)
    programme.arrive("grace", traced("not-verified", date="2026-11-18"))
    assert reason(programme, "esther", step("reunified")) == "back-after-all-three"


def test_a_decision_on_something_else_opens_no_way_back(programme):
    found(programme)
    agreed(programme, "care")
    assert reason(programme, "esther", step("reunified")) == "back-after-all-three"


def test_an_opinion_that_was_withdrawn_counts_no_more(programme):
    found(programme)
    agreed(programme)
    gone = {"withdrawn_at": "2026-11-15T10:00:00Z", "withdrawn_reason": "New facts"}
    programme.arrive("grace", write("best_interest_opinion", "grace on proposal", **gone))
    assert reason(programme, "esther", step("reunified")) == "back-after-all-three"


def test_who_found_a_family_does_not_verify_it(programme):
    programme.arrive("esther", traced("found"))
    mine = traced("verified", verified_by="documents")
    assert reason(programme, "esther", mine) == "verified-by-another"
    assert reason(programme, "fatou", traced("verified")) == "verified-by-another"


def test_nothing_is_verified_that_was_not_found(programme):
    said = traced("verified", verified_by="documents")
    assert reason(programme, "fatou", said) == "verified-by-another"


def test_who_proposes_does_not_decide(programme):
    programme.arrive("esther", proposed())
    assert reason(programme, "esther", opinion("esther")) == "opinion-of-another"


def test_nobody_decides_twice(programme):
    programme.arrive("esther", proposed())
    programme.arrive("fatou", opinion("fatou"))
    again = opinion("fatou again")
    assert reason(programme, "fatou", again) == "opinion-of-another"


@pytest.mark.parametrize("who", ["awa", "celine", "hawa"])
def test_nobody_else_decides(programme, who):
    programme.arrive("esther", proposed())
    assert reason(programme, who, opinion(who)) == "not-allowed"


def test_two_agree_and_one_against_is_a_refusal(programme):
    agreed(programme)
    assert state(programme) == "approved"
    against = opinion("halima", "against")
    assert reason(programme, "halima", against) == "against-says-why"
    programme.arrive("halima", opinion("halima", "against", reason="She is afraid to go"))
    assert state(programme) == "refused"


def state(programme: Programme) -> str:
    opinions = [r for r in programme.rows.values() if r.entity == "best_interest_opinion"]
    return state_of(programme.rows["best_interest", ident("proposal")], opinions)


@pytest.mark.parametrize("noun", ["child_event", "tracing_act", "best_interest", "age_assessment"])
def test_an_adult_has_no_steps_of_a_child(programme, noun):
    said = {
        "child_event": step("released"),
        "tracing_act": traced("opened"),
        "best_interest": proposed(),
        "age_assessment": assessed(),
    }[noun]
    of_abel = create(noun, "of Abel", **{**said.values, "case_id": ident("case of Abel")})
    assert reason(programme, "esther", of_abel) == f"{noun.replace('_', '-')}-is-a-childs"


@pytest.mark.parametrize("missing", HANDED)
def test_care_has_a_receipt(programme, missing):
    said = {**HANDED, missing: " "}
    assert reason(programme, "esther", step("placed", **said)) == "care-has-a-receipt"
    assert reason(programme, "esther", step("placed", **HANDED)) == ""


# -- a girl and her baby


@pytest.fixture
def mother(programme) -> Programme:
    """A baby is on the file."""
    baby = {"relation": "child", "sex": "female", "birth_date": "2025-11-01"}
    programme.arrive("esther", create("household_member", "baby", **CASE, **baby))
    return programme


@pytest.mark.parametrize("act", ["placed", "moved", "reunified"])
def test_a_mother_goes_nowhere_without_her_baby(mother, act):
    found(mother)
    agreed(mother)
    alone = step(act, **HANDED)
    assert reason(mother, "esther", alone) == "mother-and-baby-together"
    assert reason(mother, "esther", step(act, with_baby=True, **HANDED)) == ""
    agreed(mother, "separation", "apart")
    assert reason(mother, "esther", alone) == ""


@pytest.mark.parametrize("to", [{"case_id": ident("case of Amina")}, {"relation": "other"}])
def test_a_baby_is_put_on_no_other_file(mother, to):
    mother.arrive("esther", person("Amina", **YOUNG), case("Amina", process="child"))
    moved = write("household_member", "baby", **to)
    assert reason(mother, "esther", moved) == "baby-stays-with-its-mother"
    agreed(mother, "separation", "apart")
    assert reason(mother, "esther", moved) == ""


def test_a_baby_that_is_withdrawn_is_looked_at(mother):
    gone = {"withdrawn_at": "2026-11-20T10:00:00Z", "withdrawn_reason": "Typed twice"}
    mother.arrive("esther", write("household_member", "baby", **gone))
    assert "baby-was-withdrawn" in [flag.get("rule") for flag in mother.flags()]


def test_both_move_to_another_caseload(mother):
    mother.arrive("esther", write("case", "case of Idris", caseload_id=B))
    where = {mother.rows[key].bucket for key in (("person", ident("Idris")), BABY)}
    assert where == {("child", B)}


BABY = ("household_member", ident("baby"))


# -- turning 18, and ages that nobody knows


def grown(programme: Programme) -> None:
    programme.arrive("esther", write("person", "Idris", birth_date="2008-01-01"))


def test_who_turns_18_goes_on_by_consent_and_the_file_stays_sealed(programme):
    grown(programme)
    on = step("transition", consent=True, adult_number="0123456789A")
    assert reason(programme, "esther", step("transition")) == "transition-at-18-and-agreed"
    programme.arrive("esther", step("transition", consent=True))
    assert programme.rows["case", CASE["case_id"]].bucket[0] == "child"
    assert on.values["adult_number"]


def test_nobody_goes_on_as_an_adult_before_18(programme):
    agreed_early = step("transition", consent=True)
    assert reason(programme, "esther", agreed_early) == "transition-at-18-and-agreed"


def test_the_file_as_an_adult_is_another(programme):
    grown(programme)
    number = programme.rows["person", ident("Idris")].get("number")
    same = step("transition", consent=True, adult_number=number)
    assert reason(programme, "esther", same) == "adult-file-of-its-own"


def assessed(**values: object):
    said = {**CASE, "date": "2026-11-15", "tried": "No papers; an aunt was asked", **values}
    return create("age_assessment", "assessment", **{"assent": "child", **said})


def test_nobody_is_assessed_against_their_will(programme):
    against = assessed(assent="refused", youngest=16, oldest=19)
    assert reason(programme, "esther", against) == "assessed-with-assent"
    assert reason(programme, "esther", assessed(assent="refused")) == ""
    assert reason(programme, "esther", assessed(youngest=19, oldest=16)) == "ages-in-order"


# -- clocks


def told(programme: Programme, name: str, on: date) -> list[str]:
    clock = BY_NAME[name]
    records = [r for r in programme.rows.values() if r.entity == clock.noun]
    return [one.day for one in due(clock, records, Working(programme), on)]


def test_48_hours_run_from_the_arrival_as_it_was_told(programme):
    programme.arrive("esther", step("arrived", date="2026-11-18"))
    assert told(programme, "child-48-hours", date(2026, 11, 19)) == []
    for clock in ("child-48-hours", "child-not-reported"):
        assert told(programme, clock, date(2026, 11, 20)) == ["2026-11-20"]
    programme.arrive("esther", step("escalated", date="2026-11-20"))
    assert told(programme, "child-not-reported", date(2026, 11, 21)) == []
    assert told(programme, "child-48-hours", date(2026, 11, 21)) == ["2026-11-20"]
    programme.arrive("esther", step("placed", date="2026-11-21", **HANDED))
    assert told(programme, "child-48-hours", date(2026, 11, 22)) == []


def test_a_second_arrival_does_not_set_the_clock_back(programme):
    programme.arrive("esther", step("arrived", date="2026-11-18"))
    programme.arrive("esther", step("arrived", "elsewhere", date="2026-11-20"))
    assert told(programme, "child-48-hours", date(2026, 11, 22)) == ["2026-11-20"]


def test_who_comes_back_to_a_site_has_48_hours_again(programme):
    programme.arrive("esther", step("arrived", date="2026-11-01"))
    programme.arrive("esther", step("placed", date="2026-11-02", **HANDED))
    programme.arrive("esther", step("arrived", "again", date="2026-11-19"))
    assert told(programme, "child-48-hours", date(2026, 11, 22)) == ["2026-11-21"]


def test_a_proposal_waits_until_it_is_decided(programme):
    programme.arrive("esther", proposed())
    assert told(programme, "best-interest", date(2026, 11, 22)) == ["2026-11-12"]
    for who in ("fatou", "grace"):
        programme.arrive(who, opinion(who))
    assert told(programme, "best-interest", date(2026, 11, 22)) == []


def test_a_child_who_went_back_is_visited(programme):
    found(programme)
    agreed(programme)
    programme.arrive("esther", step("reunified", date="2026-11-16"))
    assert told(programme, "child-return-visit", date(2026, 12, 16)) == ["2026-12-16"]
    programme.arrive("esther", step("visited", date="2026-11-20", wellbeing="well"))
    assert told(programme, "child-return-visit", date(2026, 12, 16)) == []
