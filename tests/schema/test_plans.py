"""Plans: agreed, signed, revised and closed by acts, each row an attempt to get round them."""

import pytest

from schema.fields import who
from schema.record import Working
from schema.rules import plans
from tests.schema.programme import Programme, case, create, ident, person, write
from tests.schema.test_decisions import reason


def drafted(name="plan", of="Ali", **values):
    said = {"case_id": ident(f"case of {of}"), "drafted_on": "2026-11-01", "goals": "A shop"}
    return create("plan", name, **{**said, "track": "small-business", **values})


def act(what, name, plan="plan", **values):
    said = {"plan_id": ident(plan), "act": what, "date": "2026-11-02"}
    if what == "agreed":
        said["how"] = "signature"
    return create("plan_event", name, **{**said, **values})


def need(name="need", plan="plan", **values):
    said = {"plan_id": ident(plan), "kind": "livelihood", "priority": "first"}
    return create("need", name, **{**said, **values})


def state(programme, plan="plan"):
    return plans.state_of(programme.find("plan", ident(plan)), Working(programme))


def revision(programme, plan):
    return plans.revision_of(programme.find("plan", ident(plan)), Working(programme))


@pytest.fixture
def planned():
    programme = Programme()
    programme.arrive("awa", person("Ali"), case("Ali"))
    assert reason(programme.arrive("awa", drafted(), need())) is None
    return programme


def test_a_plan_is_in_force_once_the_person_agreed_and_it_was_signed(planned):
    assert state(planned) == "draft"
    planned.arrive("awa", act("signed", "s"))
    assert state(planned) == "draft"
    planned.arrive("awa", act("agreed", "a"))
    assert state(planned) == "agreed"
    planned.arrive("awa", act("not-agreed", "n"))
    assert state(planned) == "draft"


def test_who_drafted_and_who_acted_is_stamped_and_not_typed(planned):
    forged = act("signed", "s", recorded_by=f"{ident('celine')} Celine")
    planned.arrive("awa", forged)
    assert who(planned.find("plan_event", ident("s")).get("recorded_by")) == ident("awa")


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"how": None}, False),
        ({"how": "spoken"}, False),
        ({"how": "spoken", "witness": " "}, False),
        ({"how": "spoken", "witness": "A neighbour"}, True),
        ({"how": "thumbprint"}, True),
    ],
)
def test_an_agreement_says_how_it_was_given(planned, said, fits):
    found = reason(planned.arrive("awa", act("agreed", "a", **said)))
    assert found == (None if fits else "plan-agreement-says-how")


def test_a_revision_takes_the_place_only_once_it_is_in_force_and_the_old_one_stays(planned):
    planned.arrive("awa", act("signed", "s"), act("agreed", "a"))
    planned.arrive("awa", drafted("second", revises_id=ident("plan"), goals="Two shops"))
    assert (state(planned), state(planned, "second")) == ("agreed", "draft")
    planned.arrive("awa", act("signed", "s2", "second"), act("agreed", "a2", "second"))
    assert (state(planned), state(planned, "second")) == ("revised", "agreed")
    assert (revision(planned, "plan"), revision(planned, "second")) == (1, 2)
    assert planned.find("plan", ident("plan")).get("goals") == "A shop"


def test_a_plan_is_not_rewritten(planned):
    changed = planned.arrive("awa", write("plan", "plan", {"goals": "A shop"}, goals="Nothing"))
    assert reason(changed) == "appended"


def test_two_plans_beside_each_other_are_marked_and_kept(planned):
    beside = planned.arrive("awa", drafted("other"))
    assert [finding.rule.name for finding in beside.findings] == ["plan-one-after-the-other"]
    assert planned.find("plan", ident("other")) is not None


def test_a_plan_revises_no_plan_of_somebody_else(planned):
    planned.arrive("awa", person("Omar"), case("Omar"))
    wrong = planned.arrive("awa", drafted("wrong", "Omar", revises_id=ident("plan")))
    assert reason(wrong) == "plan-revises-its-own-case"


def test_a_need_after_the_agreement_is_marked_and_kept(planned):
    planned.arrive("awa", act("signed", "s"), act("agreed", "a"))
    late = planned.arrive("awa", need("late"))
    assert [finding.rule.name for finding in late.findings] == ["need-before-the-agreement"]


def test_a_plan_is_closed_by_who_may_approve_and_did_not_draft_it_with_a_reason(planned):
    assert reason(planned.arrive("awa", act("closed", "c", reason="Done"))) == "not-allowed"
    assert reason(planned.arrive("celine", act("closed", "c"))) == "plan-closed-by-another"
    planned.arrive("celine", drafted("hers"))
    own = planned.arrive("celine", act("closed", "own", "hers", reason="Done"))
    assert reason(own) == "plan-closed-by-another"
    assert reason(planned.arrive("celine", act("closed", "c", reason="Done"))) is None
    assert state(planned) == "closed"


def test_a_closed_plan_is_not_opened_by_a_later_act(planned):
    planned.arrive("celine", act("closed", "c", reason="Done"))
    late = planned.arrive("awa", act("agreed", "a"))
    assert (reason(late), state(planned)) == ("plan-closed-stays-closed", "closed")


def test_a_child_is_not_planned_into_the_security_sector():
    programme = Programme()
    young = person("Idris", birth_date="2012-05-01")
    programme.arrive("esther", young, case("Idris", process="child"))
    wrong = programme.arrive("esther", drafted(of="Idris", track="security-sector"))
    assert reason(wrong) == "child-plans-no-security-sector"
    assert (
        reason(programme.arrive("esther", drafted("fits", of="Idris", track="education"))) is None
    )
    assert programme.find("plan", ident("fits")).compartment == "child"
    adult = Programme()
    adult.arrive("awa", person("Ali"), case("Ali"))
    assert reason(adult.arrive("awa", drafted(track="security-sector"))) is None
