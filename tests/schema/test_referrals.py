"""Referrals: no consent, no sending; nothing beyond what was consented to; each row is an attempt."""

from datetime import date

import pytest

from schema.clocks import BY_NAME, due
from schema.record import Record, Working
from schema.rules import referrals
from tests.schema.programme import PROGRAMME, Programme, case, create, ident, person, write
from tests.schema.test_decisions import reason

PHONE, WHY = "+999 55 1234 567", "Has no tools"


def body(programme, name, kind):
    found = Record(
        "organisation", ident(name), {"name": name, "kind": kind}, PROGRAMME, "reference"
    )
    programme.rows[found.key] = found


def referred(name="referral", of="Ali", to="Clinic", **values):
    said = {"case_id": ident(f"case of {of}"), "to_id": ident(to), "path": "general"}
    said |= {"urgency": "urgent", "date": "2026-11-01", "need": "livelihood", "reason": WHY}
    return create("referral", name, **{**said, "gives_name": True, **values})


def act(what, name="", referral="referral", **values):
    said = {"referral_id": ident(referral), "act": what, "date": "2026-11-02"}
    if what == "consented":
        said["how"] = "signature"
    return create("referral_event", name or f"{what} {referral}", **{**said, **values})


def given(programme, referral="referral"):
    return referrals.given(programme.find("referral", ident(referral)), Working(programme))


def state(programme, referral="referral"):
    return referrals.standing(ident(referral), Working(programme))


def marks(judged):
    return [finding.rule.name for finding in judged.findings]


@pytest.fixture
def town():
    programme = Programme()
    for name, kind in (("Clinic", "ngo"), ("Focal", "child-protection"), ("Refuge", "gbv")):
        body(programme, name, kind)
    programme.arrive("awa", person("Ali", phone=PHONE), case("Ali"))
    return programme


def test_a_referral_without_consent_is_not_sent_and_gives_nothing(town):
    town.arrive("awa", referred())
    assert reason(town.arrive("awa", act("sent"))) == "referral-sent-with-consent"
    assert (state(town), given(town)) == ("draft", {})


def test_exactly_what_was_consented_to_goes_out(town):
    town.arrive("awa", referred(gives_phone=True), act("consented"), act("sent"))
    assert given(town) == {"name": "Ali", "phone": PHONE}
    town.arrive("awa", referred("other", gives_name=False, gives_reason=True))
    town.arrive("awa", act("consented", referral="other"))
    assert given(town, "other") == {"reason": WHY}


def test_a_consent_to_one_disclosure_is_none_to_another(town):
    town.arrive("awa", referred(), act("consented"), referred("other", to="Refuge"))
    sent = town.arrive("awa", act("sent", referral="other"))
    assert reason(sent) == "referral-sent-with-consent"


def test_more_data_are_not_slipped_in_after_the_consent(town):
    town.arrive("awa", referred(), act("consented"))
    more = town.arrive(
        "awa", write("referral", "referral", {"gives_phone": None}, gives_phone=True)
    )
    assert reason(more) == "appended"
    assert given(town) == {"name": "Ali"}


def test_a_consent_says_how_it_was_given(town):
    town.arrive("awa", referred())
    for said in ({"how": None}, {"how": "spoken"}):
        assert reason(town.arrive("awa", act("consented", **said))) == "referral-consent-says-how"
    assert reason(town.arrive("awa", act("consented", how="spoken", witness="Uncle"))) is None


def test_after_a_consent_was_withdrawn_nothing_is_sent_or_given_again(town):
    town.arrive("awa", referred(), act("consented"), act("sent"), act("withdrawn"))
    assert (state(town), given(town)) == ("withdrawn", {})
    for what in ("sent", "consented"):
        again = town.arrive("awa", act(what, f"{what} again"))
        assert reason(again) == "referral-sent-with-consent"


def test_a_consent_recorded_in_error_gives_nothing_once_it_is_withdrawn(town):
    town.arrive("awa", referred(), act("consented"))
    gone = {"withdrawn_at": "2026-11-03T10:00:00Z", "withdrawn_reason": "Another person"}
    town.arrive("awa", write("referral_event", "consented referral", {}, **gone))
    assert given(town) == {}
    assert reason(town.arrive("awa", act("sent"))) == "referral-sent-with-consent"


def test_a_child_goes_to_a_child_protection_focal_point_only(town):
    young = person("Idris", birth_date="2012-05-01")
    town.arrive("esther", young, case("Idris", process="child"))
    for wrong in (
        referred("a", "Idris"),
        referred("b", "Idris", path="child-protection"),
        referred("c", "Idris", to="Focal"),
    ):
        assert reason(town.arrive("esther", wrong)) == "child-goes-to-child-protection"
    right = referred("d", "Idris", to="Focal", path="child-protection")
    assert reason(town.arrive("esther", right)) is None
    assert town.find("referral", ident("d")).compartment == "child"


def test_after_gender_based_violence_no_details_go_anywhere(town):
    for wrong in (
        referred("a", to="Refuge", path="gbv"),
        referred("b", to="Refuge", path="gbv", reason=None, gives_reason=True),
        referred("c", to="Clinic", path="gbv", reason=None),
    ):
        assert reason(town.arrive("awa", wrong)) == "gbv-referral-gives-no-details"
    assert reason(town.arrive("awa", referred("d", to="Refuge", path="gbv", reason=None))) is None


def test_what_does_not_follow_is_marked_and_kept(town):
    town.arrive("awa", referred(), act("consented"), act("sent"))
    assert marks(town.arrive("awa", act("completed"))) == ["referral-in-order"]
    assert state(town) == "completed"


def test_a_second_refusal_of_the_same_need_is_marked_for_the_supervisor(town):
    town.arrive("awa", referred(), act("consented"), act("sent"))
    assert marks(town.arrive("awa", act("declined"))) == []
    town.arrive("awa", referred("other"), act("consented", referral="other"))
    town.arrive("awa", act("sent", referral="other"))
    assert marks(town.arrive("awa", act("declined", referral="other"))) == [
        "referral-declined-twice"
    ]


@pytest.mark.parametrize(("urgency", "days"), [("emergency", 1), ("urgent", 3), ("normal", 14)])
def test_each_urgency_has_its_clock_until_somebody_accepts(town, urgency, days):
    town.arrive("awa", referred(urgency=urgency), act("consented"), act("sent"))
    assert _due(town, f"referral-{urgency}", date(2026, 11, days)) == []
    on_time = date(2026, 11, 1 + days)
    assert [one.case_id for one in _due(town, f"referral-{urgency}", on_time)] == [
        ident("case of Ali")
    ]
    town.arrive("awa", act("acknowledged"), act("accepted"))
    assert _due(town, f"referral-{urgency}", on_time) == []


def test_an_answer_and_feedback_are_waited_for(town):
    town.arrive("awa", referred(), act("consented"), act("sent"))
    soon, later = date(2026, 11, 4), date(2026, 11, 16)
    assert len(_due(town, "referral-acknowledge", soon)) == 1
    assert len(_due(town, "referral-feedback", later)) == 1
    town.arrive("awa", act("acknowledged"))
    assert _due(town, "referral-acknowledge", soon) == []
    assert [one.case_id for one in _due(town, "referral-feedback", later)] == [ident("case of Ali")]
    town.arrive("awa", act("feedback"))
    assert _due(town, "referral-feedback", later) == []


def _due(programme, name, until):
    clock = BY_NAME[name]
    records = [one for one in programme.rows.values() if one.entity == clock.noun]
    return due(clock, records, Working(programme), until)
