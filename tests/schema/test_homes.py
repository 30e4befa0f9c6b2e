"""What a record hangs on may change: everything follows, nothing vanishes, nobody is taken away."""

import pytest

from tests.schema.programme import (
    STORE_A,
    A,
    B,
    Programme,
    case,
    create,
    ident,
    person,
    service,
    weapon,
    write,
)
from tests.schema.test_disputes import settle

YOUNG = {"birth_date": "2010-01-01", "birth_date_precision": "day"}
ABEL = {"case_id": ident("case of Abel")}


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case and a lesson in caseload A."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"), service("lesson", of="Abel"))
    return made


def row(programme: Programme, entity: str, name: str):
    return programme.rows[entity, ident(name)]


def passed(gate: str, day: str, name: str = ""):
    return create("gate_event", name or gate, **ABEL, gate=gate, date=day)


def test_a_service_written_on_the_wrong_case_follows_to_the_right_one(programme):
    programme.arrive("celine", person("Boubou", caseload_id=B), case("Boubou", caseload_id=B))
    programme.arrive("celine", write("service", "lesson", case_id=ident("case of Boubou")))
    assert row(programme, "service", "lesson").bucket == ("case", B)


def test_a_service_that_was_a_child_s_all_along_leaves_the_adult_laptops(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris", process="child"))
    programme.arrive("awa", write("service", "lesson", case_id=ident("case of Idris")))
    assert row(programme, "service", "lesson").bucket == ("child", A)


def test_a_settled_dispute_moves_with_its_record_too(programme):
    base = programme.n
    for who, name in (("celine", "Abul"), ("awa", "Abil")):
        programme.arrive(who, write("person", "Abel", name=name), base=base)
    [dispute] = programme.disputes()
    programme.arrive("celine", settle(programme, "Abil", "Abul", "Abil"))
    programme.arrive("celine", write("case", "case of Abel", caseload_id=B))
    assert programme.rows["dispute", dispute.id].bucket == ("case", B)


def test_a_gate_passed_on_the_wrong_case_is_taken_from_it(programme):
    programme.arrive("awa", person("Binta"), case("Binta"), passed("registered", "2026-10-01"))
    programme.arrive("awa", write("gate_event", "registered", case_id=ident("case of Binta")))
    assert row(programme, "case", "case of Abel").gate is None
    assert row(programme, "case", "case of Binta").gate == "registered"


@pytest.mark.parametrize(
    ("who", "noun", "name", "home"),
    [
        ("awa", "service", "lesson", "case_id"),
        ("awa", "person", "Alone", "caseload_id"),
        ("awa", "case", "case of Abel", "caseload_id"),
        ("faraj", "weapon", "rifle", "store_id"),
    ],
)
def test_nothing_is_put_where_nobody_would_answer_for_it(programme, who, noun, name, home):
    programme.arrive("awa", person("Alone"), weapon("rifle", store_id=STORE_A))
    held = programme.judge(who, write(noun, name, **{home: None})).held
    assert (held.reason, list(held.fields)) == ("invalid", [home])


def test_a_stranger_takes_nobody_over_by_opening_a_case_for_them(programme):
    programme.arrive("awa", passed("exited", "2026-11-20"))
    theft = create("case", "mine", person_id=ident("Abel"), caseload_id=B, process="adult")
    assert programme.judge("bakary", theft).held.reason == "not-allowed"


def test_a_stranger_takes_nobody_over_by_giving_them_a_case_of_his_own(programme):
    programme.arrive("bakary", person("Boubou", caseload_id=B), case("Boubou", caseload_id=B))
    theft = write("case", "case of Boubou", person_id=ident("Abel"))
    assert programme.judge("bakary", theft).held.reason == "not-allowed"


def test_a_child_s_case_that_names_nobody_is_a_child_s_all_the_same(programme):
    nobody_s = create("case", "of nobody", caseload_id=A, process="child")
    programme.arrive("awa", nobody_s, service("drawing", of="x", case_id=ident("of nobody")))
    assert row(programme, "case", "of nobody").bucket == ("child", A)
    assert row(programme, "service", "drawing").bucket == ("child", A)


def test_a_child_s_case_that_loses_its_person_stays_a_child_s(programme):
    programme.arrive("awa", person("Idris", **YOUNG), case("Idris"))
    programme.arrive("esther", write("case", "case of Idris", person_id=None))
    assert row(programme, "case", "case of Idris").bucket == ("child", A)


def test_a_case_opened_again_belongs_to_who_answers_for_the_person_now(programme):
    programme.arrive("awa", passed("exited", "2026-11-20"))
    programme.arrive("celine", write("person", "Abel", caseload_id=B))
    programme.arrive("bakary", write("gate_event", "exited", withdrawn_at="2026-11-22T00:00:00Z"))
    assert row(programme, "case", "case of Abel").get("caseload_id") == B
    edit = write("person", "Abel", birth_date="1991-01-01")
    assert programme.judge("bakary", edit).outcome == "applied"


def test_what_was_withdrawn_and_moves_with_its_case_was_not_changed(programme):
    programme.arrive("awa", write("service", "lesson", withdrawn_at="2026-11-01T00:00:00Z"))
    judged = programme.arrive("celine", write("case", "case of Abel", caseload_id=B))
    assert "withdrawn-stays-withdrawn" not in {f.rule.name for f in judged.findings}
