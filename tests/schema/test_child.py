"""The child switch: a child, or somebody who may be one, is in a compartment of its own at once."""

import pytest

from tests.schema.conference import agreed, opinion, proposal
from tests.schema.programme import A, Programme, case, create, ident, person, service, weapon, write

YOUNG = {"birth_date": "2010-01-01", "birth_date_precision": "day"}


@pytest.fixture
def programme() -> Programme:
    """Abel, an adult with a case and a service."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"))
    return made


def bucket(programme: Programme, entity: str, name: str):
    return programme.rows[entity, ident(name)].bucket


def test_a_person_under_18_is_in_the_child_compartment_at_first_save(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris"))
    assert bucket(programme, "person", "Idris") == ("child", A)
    assert bucket(programme, "case", "case of Idris") == ("child", A)


def test_a_ticked_doubt_is_enough(programme):
    programme.arrive("awa", person("Idris", may_be_under_18=True))
    assert bucket(programme, "person", "Idris") == ("child", A)


@pytest.mark.parametrize(
    ("born", "precision", "compartment"),
    [
        ("2008-11-22", "day", "case"),
        ("2008-11-23", "day", "child"),
        ("2008-11-01", "month", "child"),
        ("2008-01-01", "year", "child"),
        ("2007-01-01", "year", "case"),
        ("2006-01-01", "estimated", "child"),
    ],
)
def test_the_youngest_age_that_date_and_precision_allow_decides(
    programme, born, precision, compartment
):
    programme.arrive("awa", person("Idris", birth_date=born, birth_date_precision=precision))
    assert bucket(programme, "person", "Idris") == (compartment, A)


def test_a_missing_date_is_no_doubt_but_flagged(programme):
    judged = programme.arrive("awa", person("Idris", birth_date=None, birth_date_precision=None))
    assert bucket(programme, "person", "Idris") == ("case", A)
    assert [(f.rule.name, f.verdict) for f in judged.findings] == [("age-is-known", "cannot tell")]


def test_a_child_recognised_late_takes_everything_along(programme):
    programme.arrive("celine", write("person", "Abel", **YOUNG))
    for entity, name in (("person", "Abel"), ("case", "case of Abel"), ("service", "lesson")):
        assert bucket(programme, entity, name) == ("child", A)


def test_a_later_adult_date_does_not_take_a_child_out(programme):
    programme.arrive("awa", person("Idris", **YOUNG))
    programme.arrive("esther", write("person", "Idris", birth_date="1990-01-01"))
    assert bucket(programme, "person", "Idris") == ("child", A)


ADULT = {"age_decision": "adult", "age_decision_reason": "Birth certificate"}


def test_nobody_takes_a_child_out_alone(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris"))
    out = write("person", "Idris", **ADULT)
    assert programme.judge("esther", out).held.reason == "adult-by-two"
    programme.arrive("esther", proposal("Idris", "age"))
    programme.arrive("grace", opinion("grace", "Idris", "age"))
    assert programme.judge("esther", out).held.reason == "adult-by-two"


def test_an_assessment_that_allows_17_leaves_the_child_a_child(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris"))
    agreed(programme, "Idris")
    said = {"case_id": ident("case of Idris"), "date": "2026-11-15", "assent": "child"}
    said |= {"tried": "An aunt was asked", "youngest": 17, "oldest": 20}
    programme.arrive("grace", create("age_assessment", "assessment", **said))
    assert (
        programme.judge("esther", write("person", "Idris", **ADULT)).held.reason == "adult-by-two"
    )


def test_a_named_child_protection_decision_takes_a_person_out(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris"))
    agreed(programme, "Idris")
    programme.arrive(
        "esther",
        write("person", "Idris", age_decision="adult", age_decision_reason="Birth certificate"),
    )
    assert bucket(programme, "person", "Idris") == ("case", A)


@pytest.mark.parametrize("reason", [{}, {"age_decision_reason": " "}])
def test_a_decision_on_age_says_why(programme, reason):
    programme.arrive("awa", person("Idris", **YOUNG))
    held = programme.judge("esther", write("person", "Idris", age_decision="adult", **reason)).held
    assert held.reason == "age-decision-says-why"


def test_the_reason_of_a_decision_is_not_taken_away(programme):
    programme.arrive("awa", person("Idris", **YOUNG))
    decided = {"age_decision": "child", "age_decision_reason": "Heard with an aunt"}
    programme.arrive("esther", write("person", "Idris", **decided))
    emptied = write("person", "Idris", age_decision_reason=None)
    assert programme.judge("esther", emptied).held.reason == "age-decision-says-why"


def test_nobody_else_rewords_the_reason_of_a_decision(programme):
    reworded = write("person", "Abel", age_decision_reason="As they say")
    assert programme.judge("celine", reworded).held.reason == "age-decision"


@pytest.mark.parametrize("who", ["awa", "celine"])
def test_nobody_else_decides_on_age(programme, who):
    assert (
        programme.judge(
            who,
            write("person", "Abel", age_decision="adult", age_decision_reason="Birth certificate"),
        ).held.reason
        == "age-decision"
    )


def test_no_weapon_is_taken_for_a_child(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris"))
    held = programme.judge("awa", weapon("rifle", case_id=ident("case of Idris")), n=2).held
    assert held.reason == "child-hands-in-no-weapon"


def test_no_background_is_asked_of_a_child(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris", process="child"))
    asked = create("background", "b", case_id=ident("case of Idris"), armed_group_id=ident("group"))
    held = programme.judge("esther", asked).held
    assert held.reason == "child-is-asked-nothing-military"


def test_a_weapon_recorded_before_the_child_was_recognised_may_be_corrected(programme):
    programme.arrive("awa", weapon("rifle", case_id=ident("case of Abel")))
    programme.arrive("celine", write("person", "Abel", **YOUNG))
    assert programme.judge("faraj", write("weapon", "rifle", tag="T1")).outcome == "applied"


def test_what_was_asked_of_an_adult_is_not_put_on_a_child(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris", process="child"))
    programme.arrive("awa", weapon("rifle", case_id=ident("case of Abel")))
    put = write("weapon", "rifle", case_id=ident("case of Idris"))
    assert programme.judge("faraj", put).held.reason == "child-hands-in-no-weapon"


def test_process_goes_to_child_at_once_and_the_other_value_is_the_side(programme):
    base = programme.n
    programme.arrive("celine", write("case", "case of Abel", process="cvr"), base=base)
    judged = programme.arrive(
        "awa", write("case", "case of Abel", {"process": "adult"}, process="child"), base=base
    )
    assert judged.outcome == "disputed"
    assert programme.rows["case", ident("case of Abel")].get("process") == "child"
    assert bucket(programme, "person", "Abel") == ("child", A)
    assert programme.disputes()[0].get("side") == {"process": "cvr"}


@pytest.mark.parametrize("who", ["awa", "celine"])
def test_no_one_else_takes_a_case_out_of_the_child_process(programme, who):
    programme.arrive("awa", write("case", "case of Abel", process="child"))
    base = 2
    held = programme.judge(
        who, write("case", "case of Abel", {"process": "child"}, process="adult"), base=base, n=2
    )
    assert held.held is not None


def test_child_protection_takes_a_case_out_and_the_person_stays_until_decided(programme):
    programme.arrive("awa", write("case", "case of Abel", process="child"))
    agreed(programme, "Abel")
    programme.arrive("esther", write("case", "case of Abel", {"process": "child"}, process="adult"))
    assert bucket(programme, "person", "Abel") == ("child", A)
    programme.arrive(
        "esther",
        write("person", "Abel", age_decision="adult", age_decision_reason="Birth certificate"),
        n=2,
    )
    assert bucket(programme, "service", "lesson") == ("case", A)


def test_a_dependent_child_is_a_row_of_the_household_and_stays_with_the_adult(programme):
    member = create(
        "household_member",
        "kid",
        case_id=ident("case of Abel"),
        relation="child",
        sex="female",
        **YOUNG,
    )
    programme.arrive("awa", member)
    assert bucket(programme, "household_member", "kid") == ("case", A)
