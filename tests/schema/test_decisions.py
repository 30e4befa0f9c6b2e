"""Who decides on whom, on what, and in which order: each row is an attempt."""

import pytest

from schema.change import Source, Unit
from schema.ids import derived_id
from schema.judge import as_arrival, judge
from schema.policy import EVERYWHERE, Grant, Sight
from schema.record import Record, Working
from schema.rules.asked import BY_NAME
from schema.rules.standing import eligible
from schema.trial import Judging
from tests.schema.accord import (
    accord,
    appealed,
    armed,
    begun,
    check,
    decided,
    gate,
    heard,
    screened,
    stands,
    step,
    told,
)
from tests.schema.programme import TODAY, Programme, case, create, ident, person, write


@pytest.fixture
def programme() -> Programme:
    """Ali has handed in a weapon and was screened by Awa."""
    made = begun()
    made.arrive("awa", armed(), screened())
    return made


@pytest.fixture
def refused(programme) -> Programme:
    """Ali was refused by Hawa, and it was read out."""
    programme.arrive("hawa", decided("ineligible"))
    programme.arrive("awa", told())
    return programme


def reason(judged):
    return judged.held and judged.held.reason


def may_have(programme, who="Ali"):
    return eligible(programme.rows["case", ident(f"case of {who}")], Working(programme), TODAY)


def test_somebody_else_finds_them_eligible(programme):
    assert (stands(programme).state, may_have(programme).verdict) == ("screened", "cannot tell")
    assert reason(programme.arrive("hawa", decided())) is None
    assert (stands(programme).state, may_have(programme).verdict) == ("eligible", "holds")


def test_who_screened_does_not_decide(programme):
    programme.arrive("ines", screened("Ali", day="2026-03-01", path="armed"), name="again")
    second = step("proposed-eligible", "Ali", "second screening")
    programme.arrive("hawa", second)
    assert reason(programme.arrive("hawa", decided())) == "decided-by-another"


def test_who_registered_does_not_decide(programme):
    programme.arrive("hawa", gate("registered", "2026-02-21"))
    assert reason(programme.arrive("hawa", decided())) == "decided-by-another"


def test_who_checked_a_criterion_does_not_decide(programme):
    programme.arrive("hawa", check("interview"))
    assert reason(programme.arrive("hawa", decided())) == "decided-by-another"


def test_a_field_officer_decides_on_nobody_and_takes_no_decision_back(programme):
    assert reason(programme.arrive("awa", decided())) == "not-allowed"
    programme.arrive("hawa", decided())
    back = write("eligibility_event", "decision on Ali", withdrawn_at="2026-03-04T10:00:00Z")
    assert reason(programme.arrive("awa", back)) == "not-allowed"


def test_no_decision_without_a_screening(programme):
    assert reason(programme.arrive("hawa", decided(about_id=None))) == "decision-follows-a-step"
    other = step("eligible", "Ali", "x", about_id=ident("screening of nobody"), path="armed")
    assert reason(programme.arrive("hawa", other)) == "unknown-reference"


def test_nobody_is_refused_without_a_reason_and_words_for_it(programme):
    for wanting in ({"said": None}, {"reason": None}, {"said": "  "}):
        assert (
            reason(programme.arrive("hawa", decided("ineligible", **wanting))) == "refusal-says-why"
        )


def test_nobody_is_refused_by_a_machine(programme):
    may = Sight.of([Grant("verification-officer", EVERYWHERE)]).may
    for author in ("", derived_id("account", "system")):
        by = Judging(Source("i:list", "1", author), may, may, TODAY, "2026-03-02T10:00:00Z")
        unit = Unit(ident("machine", author), programme.n, "said", (decided("ineligible"),))
        assert reason(as_arrival(judge(unit, Working(programme), by))) == "refusal-is-a-persons"


def test_a_refusal_is_in_force_once_it_was_read_out(programme):
    programme.arrive("hawa", decided("ineligible"))
    assert (stands(programme).state, may_have(programme).verdict) == ("untold", "cannot tell")
    programme.arrive("awa", told())
    assert (stands(programme).state, may_have(programme).verdict) == ("refused", "broken")


def test_the_criteria_let_nobody_in_by_a_way_that_does_not_hold(programme):
    assert reason(programme.arrive("hawa", decided(path="unarmed"))) == "eligible-by-the-criteria"
    assert (
        reason(programme.arrive("hawa", decided(path="no such way"))) == "eligible-by-the-criteria"
    )
    early = decided(day="2025-12-31")
    assert reason(programme.arrive("hawa", early)) == "eligible-by-the-criteria"


def test_a_woman_without_a_weapon_and_on_no_list_gets_in_by_presenting_herself():
    programme = begun()
    who = {"sex": "female"}
    programme.arrive("awa", person("Mariam", **who), case("Mariam", category="associated"))
    programme.arrive("awa", gate("presented", "2026-02-21", "Mariam"))
    programme.arrive("awa", check("interview", who="Mariam"), screened("Mariam"))
    assert reason(programme.arrive("hawa", decided(who="Mariam", path="unarmed"))) is None
    assert may_have(programme, "Mariam").verdict == "holds"
    left = programme.arrive("awa", gate("discharged", "2026-03-05", "Mariam"))
    assert left.held is None


def test_a_waiver_takes_the_right_to_approve_and_another_person(programme):
    programme.arrive("hawa", step("proposed-unclear", "Ali", "by Hawa"))
    assert reason(programme.arrive("awa", check("support", "waived"))) == "not-allowed"
    assert reason(programme.arrive("hawa", check("support", "waived"))) == "waived-by-another"
    assert reason(programme.arrive("ines", check("support", "not-applicable"))) is None


def test_a_refusal_of_somebody_whom_the_criteria_let_in_is_marked(programme):
    judged = programme.arrive("hawa", decided("ineligible"))
    assert [finding.rule.name for finding in judged.findings] == ["refused-by-the-criteria"]


def test_nobody_is_excluded_on_somebodys_word(programme):
    excluded = decided("ineligible", reason="exclusion")
    assert reason(programme.arrive("hawa", excluded)) == "exclusion-rests-on-a-result"
    said = {"case_id": ident("case of Ali"), "status": "adverse", "ground": "war-crimes"}
    programme.arrive(
        "hawa", create("background_check", "bc", **said, authority="Court", date="2026-03-01")
    )
    assert reason(programme.arrive("hawa", excluded)) is None


def test_a_revocation_says_on_whose_authority_and_counts_once_read_out(programme):
    programme.arrive("hawa", decided())
    said = {"about_id": ident("decision on Ali"), "reason": "fraud", "said": "False papers."}
    bare = step("revoked", "Ali", "revocation", "2026-04-01", **said)
    assert reason(programme.arrive("hawa", bare)) == "refusal-says-why"
    whole = step("revoked", "Ali", "revocation", "2026-04-01", authority="Commission", **said)
    assert reason(programme.arrive("hawa", whole)) is None
    assert stands(programme).state == "untold"
    programme.arrive("awa", step("told", "Ali", "t", "2026-04-02", about_id=ident("revocation")))
    assert (stands(programme).state, may_have(programme).verdict) == ("refused", "broken")


def test_two_decisions_of_one_day_that_differ_count_for_neither(programme):
    programme.arrive("hawa", decided())
    other = step("ineligible", "Ali", "other", about_id=ident("screening of Ali"),
                 reason="not-verified", said="Nobody knows him.")  # fmt: skip
    judged = programme.arrive("ines", other)
    assert "decided-once" in [finding.rule.name for finding in judged.findings]
    assert (stands(programme).state, may_have(programme).verdict) == ("differs", "cannot tell")
    programme.arrive("ines", step("eligible", "Ali", "third", "2026-03-03", path="armed",
                                  about_id=ident("screening of Ali")))  # fmt: skip
    assert stands(programme).state == "eligible"


# -- appeals


def test_two_who_decide_differently_decide_nothing_whoever_came_first(refused):
    refused.arrive("awa", appealed())
    refused.arrive("ines", heard("upheld", "a"))
    refused.arrive("celine", heard("dismissed", "b", "2026-03-21"))
    assert stands(refused).state == "differs"


# -- gates in their order


def test_no_benefit_before_eligibility_and_no_discharge_before_the_weapon(programme):
    for name in ("discharged", "reinsertion", "reintegration"):
        assert reason(programme.arrive("awa", gate(name, "2026-03-05"))) == "gate-in-order"
    programme.arrive("hawa", decided())
    assert reason(programme.arrive("awa", gate("discharged", "2026-03-05"))) == "gate-in-order"
    programme.arrive("awa", gate("disarmed", "2026-03-03"))
    assert reason(programme.arrive("awa", gate("discharged", "2026-03-01"))) == "gate-in-order"
    assert reason(programme.arrive("awa", gate("discharged", "2026-03-05"))) is None


def test_nothing_is_taken_away_from_under_a_discharge(programme):
    programme.arrive("hawa", decided())
    programme.arrive("awa", gate("disarmed", "2026-03-03"))
    programme.arrive("awa", gate("discharged", "2026-03-05"))
    at = "2026-03-06T10:00:00Z"
    back = write("gate_event", "disarmed of Ali", withdrawn_at=at)
    assert reason(programme.arrive("awa", back)) == "gate-in-order"
    back = write("eligibility_event", "decision on Ali", withdrawn_at=at)
    assert reason(programme.arrive("celine", back)) == "eligibility-in-order"
    early = step("revoked", "Ali", "revocation", "2026-03-04", about_id=ident("decision on Ali"),
                 reason="fraud", said="False papers.", authority="Commission")  # fmt: skip
    assert reason(programme.arrive("hawa", early)) == "eligibility-in-order"


def test_what_was_out_of_order_before_does_not_stop_the_act_that_puts_it_right():
    programme = Programme()
    programme.arrive("awa", person("Ali"), case("Ali", category="combatant"))
    programme.arrive("awa", gate("discharged", "2026-03-05"))
    programme.arrive("celine", *accord())
    programme.arrive("awa", armed(), screened())
    assert reason(programme.arrive("hawa", decided())) is None


def test_without_criteria_in_force_gates_are_as_they_were():
    programme = Programme()
    programme.arrive("awa", person("Ali"), case("Ali"))
    assert programme.arrive("awa", gate("discharged", "2026-03-05")).held is None


def test_an_exit_without_a_reason_is_marked(programme):
    judged = programme.arrive("awa", gate("exited", "2026-03-05"))
    assert [finding.rule.name for finding in judged.findings] == ["exit-says-why"]


def test_nobody_is_entitled_to_anything_whose_eligibility_was_revoked(programme):
    programme.arrive("hawa", decided(), gate("screened", "2026-03-02", reason="eligible"))
    entitled = Record("entitlement", ident("e"), {"case_id": ident("case of Ali")})
    asked = BY_NAME["entitled-after-eligibility"].ask
    assert asked(entitled, Working(programme), TODAY).verdict == "holds"
    said = {"about_id": ident("decision on Ali"), "reason": "fraud", "said": "False papers."}
    revoked = step("revoked", "Ali", "r", "2026-04-01", authority="Commission", **said)
    programme.arrive("hawa", revoked)
    assert asked(entitled, Working(programme), TODAY).verdict == "cannot tell"
    programme.arrive("awa", step("told", "Ali", "t", "2026-04-02", about_id=ident("r")))
    assert asked(entitled, Working(programme), TODAY).verdict == "broken"


def test_nobody_counts_as_eligible_by_a_hand_that_writes_a_gate(programme):
    counted = gate("screened", "2026-03-02", reason="eligible")
    assert reason(programme.arrive("awa", counted)) == "gate-in-order"


# -- children


def test_no_child_is_put_through_criteria(programme):
    programme.arrive("awa", person("Sami", birth_date="2012-05-01"), case("Sami"))
    for attempt in (screened("Sami"), check("interview", who="Sami")):
        assert reason(programme.arrive("awa", attempt)).startswith("no-child-in-")
    sent = step("referred-child", "Sami", "to child protection")
    assert reason(programme.arrive("awa", sent)) is None
    assert may_have(programme, "Sami").verdict == "broken"


def test_who_is_recognised_late_takes_screening_and_decision_along(programme):
    programme.arrive("hawa", decided())
    young = write("person", "Ali", {"birth_date": "1990-05-01"}, birth_date="2012-05-01")
    assert programme.arrive("awa", young).held is None
    where = programme.rows["eligibility_event", ident("decision on Ali")].compartment
    assert where == "child"
    assert may_have(programme).verdict == "broken"


def test_what_was_passed_in_the_morning_stands_though_it_is_revoked_that_evening(programme):
    programme.arrive("hawa", decided(), gate("screened", "2026-03-02", reason="eligible"))
    said = {"reason": "fraud", "said": "Two cards", "about_id": ident("decision on Ali")}
    revoked = step("revoked", "Ali", "evening", "2026-03-02", authority="Commission", **said)
    assert programme.arrive("hawa", revoked).held is None
    later = gate("discharged", "2026-03-02", label="later")
    assert programme.judge("awa", gate("disarmed", "2026-03-02"), later).held is not None
