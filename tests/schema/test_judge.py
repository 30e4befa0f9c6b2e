"""What becomes of a Unit, told by the cast on rows in memory."""

import pytest

from schema.ids import new_number
from tests.schema.programme import (
    STORE_A,
    STORE_B,
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


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case in caseload A."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    return made


def row(programme: Programme, entity: str, name: str):
    return programme.rows[entity, ident(name)]


def test_a_registration_is_applied_whole(programme):
    judged = programme.arrive(
        "awa", person("Benoit"), case("Benoit"), weapon("rifle", case_id=ident("case of Benoit"))
    )
    assert judged.outcome == "applied"
    assert row(programme, "case", "case of Benoit").bucket == ("case", A)
    assert row(programme, "weapon", "rifle").bucket == ("weapons", STORE_A)


def test_a_stranger_may_not_create_in_another_caseload(programme):
    assert programme.judge("bakary", person("Cesar")).held.reason == "not-allowed"


def test_a_stranger_may_not_change_what_is_not_theirs(programme):
    assert (
        programme.judge("bakary", write("person", "Abel", name="Abul")).held.reason == "not-allowed"
    )


def test_a_stranger_may_not_hang_a_service_on_the_case(programme):
    assert programme.judge("bakary", service("course", of="Abel")).held.reason == "not-allowed"


def test_what_refers_to_nothing_is_held_and_says_what_it_waits_for(programme):
    held = programme.judge("awa", service("course", of="Nobody")).held
    assert (held.reason, held.missing) == ("unknown-reference", (ident("case of Nobody"),))


def test_a_bad_value_is_held_with_its_field(programme):
    held = programme.judge("awa", write("person", "Abel", sex="unknown", name="\x00")).held
    assert held.reason == "invalid"
    assert set(held.fields) == {"sex", "name"}


def test_an_unknown_field_is_kept_in_extra_and_applied(programme):
    assert programme.arrive("awa", write("person", "Abel", shoe_size=43)).outcome == "applied"
    assert row(programme, "person", "Abel").extra == {"shoe_size": 43}


def test_an_unknown_kind_is_held(programme):
    assert programme.judge("awa", create("spaceship", "x")).held.reason == "unknown-kind"


def test_nobody_but_the_registry_writes_a_dispute(programme):
    assert programme.judge("celine", create("dispute", "x")).held.reason == "unknown-kind"


def test_a_record_without_anyone_to_answer_for_it_is_held(programme):
    assert programme.judge("awa", person("Dede", caseload_id=None)).held.reason == "invalid"


def test_different_fields_merge(programme):
    base = programme.n
    programme.arrive("celine", write("person", "Abel", alias="Le Grand"), base=base)
    judged = programme.arrive("awa", write("person", "Abel", mother_name="Hawa"), base=base)
    assert judged.outcome == "merged"
    abel = row(programme, "person", "Abel")
    assert (abel.get("alias"), abel.get("mother_name")) == ("Le Grand", "Hawa")


def test_moving_a_case_moves_all_that_hangs_on_it(programme):
    programme.arrive("awa", service("course", of="Abel"))
    base = programme.n
    programme.arrive("celine", write("person", "Abel", name="Abul"), base=base)
    programme.arrive("awa", write("person", "Abel", name="Abil"), base=base)
    programme.arrive("celine", write("case", "case of Abel", caseload_id=B))
    for entity, name in (("person", "Abel"), ("case", "case of Abel"), ("service", "course")):
        assert row(programme, entity, name).bucket == ("case", B)
    assert row(programme, "person", "Abel").get("caseload_id") == B
    assert programme.disputes()[0].bucket == ("case", B)


def test_a_service_of_the_old_officer_follows_the_moved_case(programme):
    base = programme.n
    programme.arrive("celine", write("case", "case of Abel", caseload_id=B))
    judged = programme.arrive("awa", service("course", of="Abel"), base=base)
    assert judged.outcome == "applied"
    assert row(programme, "service", "course").bucket == ("case", B)


def test_a_case_is_not_moved_where_one_may_not_create(programme):
    assert (
        programme.judge("awa", write("case", "case of Abel", caseload_id=B)).held.reason
        == "not-allowed"
    )


def test_a_person_with_an_open_case_is_moved_by_the_case_only(programme):
    assert (
        programme.judge("celine", write("person", "Abel", caseload_id=B)).held.reason
        == "move-the-case"
    )


def test_a_second_open_case_is_held(programme):
    second = create("case", "another", person_id=ident("Abel"), caseload_id=A, process="adult")
    assert programme.judge("awa", second).held.reason == "one-open-case"


def test_after_the_exit_a_new_case_may_be_opened(programme):
    out = create(
        "gate_event", "exit", case_id=ident("case of Abel"), gate="exited", date="2026-11-20"
    )
    programme.arrive("awa", out)
    assert row(programme, "case", "case of Abel").gate == "exited"
    second = create("case", "another", person_id=ident("Abel"), caseload_id=A, process="adult")
    assert programme.judge("awa", second).outcome == "applied"


def test_the_gate_is_that_of_the_latest_event_whatever_the_order_of_arrival(programme):
    for gate, day in (("discharged", "2026-11-10"), ("registered", "2026-10-01")):
        programme.arrive(
            "awa", create("gate_event", gate, case_id=ident("case of Abel"), gate=gate, date=day)
        )
    assert row(programme, "case", "case of Abel").gate == "discharged"


def test_an_edit_of_a_withdrawn_record_leaves_it_withdrawn(programme):
    programme.arrive(
        "awa",
        write("person", "Abel", withdrawn_at="2026-11-01T00:00:00Z", withdrawn_reason="twice"),
    )
    judged = programme.arrive("awa", write("person", "Abel", alias="Petit"), n=2)
    assert row(programme, "person", "Abel").get("withdrawn_at")
    assert "withdrawn-stays-withdrawn" in {f.rule.name for f in judged.findings}


def test_a_storekeeper_corrects_a_weapon_of_his_store_only(programme):
    programme.arrive("awa", weapon("rifle"))
    assert programme.judge("faraj", write("weapon", "rifle", serial="A1")).outcome == "applied"
    programme.arrive("bakary", weapon("pistol", store_id=STORE_B))
    assert (
        programme.judge("faraj", write("weapon", "pistol", serial="A1")).held.reason
        == "not-allowed"
    )


def test_who_may_only_create_corrects_what_the_laptop_made_until_it_has_seen_it_arrive(programme):
    base = programme.n
    programme.arrive("awa", weapon("rifle"), base=base)
    assert (
        programme.judge("awa", write("weapon", "rifle", serial="A1"), base=base, n=2).outcome
        == "applied"
    )
    assert (
        programme.judge("awa", write("weapon", "rifle", serial="A1"), n=3).held.reason
        == "not-allowed"
    )


def test_a_repeated_serial_is_kept_and_flagged(programme):
    programme.arrive("faraj", weapon("one", serial="77", serial_state="legible"))
    judged = programme.arrive("faraj", weapon("two", serial="77", serial_state="legible"), n=2)
    assert judged.outcome == "applied"
    assert "serial-once" in {finding.rule.name for finding in judged.findings}


def marked(programme: Programme, *names: str) -> list[bool]:
    """Whether a repeated serial marks each of these weapons."""
    open_on = {
        flag.get("record_id")
        for flag in programme.flags()
        if flag.get("rule") == "serial-once" and flag.get("state") == "open"
    }
    return [ident(name) in open_on for name in names]


def test_a_repeated_serial_marks_both_weapons_whoever_s_they_are(programme):
    twice = {"serial": "77", "serial_state": "legible"}
    programme.arrive("faraj", weapon("one", **twice))
    assert marked(programme, "one") == [False]
    programme.arrive("bakary", weapon("two", store_id=STORE_B, **twice))
    assert marked(programme, "one", "two") == [True, True]


def test_a_serial_that_stands_once_again_marks_neither(programme):
    twice = {"serial": "77", "serial_state": "legible"}
    programme.arrive("faraj", weapon("one", **twice))
    programme.arrive("faraj", weapon("two", **twice), n=2)
    programme.arrive("faraj", write("weapon", "two", {"serial": "77"}, serial="78"), n=3)
    assert marked(programme, "one", "two") == [False, False]


def test_weapons_of_another_type_are_not_marked_for_a_serial(programme):
    programme.arrive("faraj", weapon("one", serial="77", serial_state="legible", type="pistol"))
    programme.arrive("faraj", weapon("two", serial="77", serial_state="legible"), n=2)
    assert marked(programme, "one", "two") == [False, False]


def test_a_printed_number_is_kept_for_ever(programme):
    for number in (new_number(), None):
        held = programme.judge("awa", write("person", "Abel", number=number)).held
        assert held.reason == "number-kept"


def test_a_person_without_a_printed_number_gets_one(programme):
    programme.arrive("awa", person("Benoit", number=None))
    assert programme.judge("awa", write("person", "Benoit", number=new_number())).held is None


def test_a_forbidden_custom_field_is_held(programme):
    custom = {"custom": {"HIV status": "x"}}
    assert (
        programme.judge("awa", write("person", "Abel", **custom)).held.reason
        == "no-forbidden-field"
    )
