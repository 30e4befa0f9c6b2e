"""Lists of armed groups: listed is not registered, a name is one person, and children are sealed."""

import pytest

from schema.record import Working
from schema.rules.eligibility import assess
from schema.rules.listing import confirmed_on, latest, match_state
from tests.schema.accord import accord, decided, gate, screened
from tests.schema.programme import CAST, TODAY, A, Programme, case, create, ident, person, write


@pytest.fixture
def programme() -> Programme:
    """A list of two names, recorded by Hawa; Ali and Omar are registered."""
    made = Programme()
    for name in ("Ali", "Omar"):
        made.arrive("awa", person(name), case(name, category="combatant"))
    made.arrive(
        "hawa", create("roster", "list", caseload_id=A, code="L1", received_on="2026-01-10")
    )
    made.arrive("hawa", entry("first", name="Ali Invented"), entry("second", name="Omar Invented"))
    return made


def entry(label: str, **said: object):
    values = {"roster_id": ident("list"), "line": 1, "name": "Somebody"}
    return create("roster_entry", label, **{**values, **said})


def match(label: str, who: str | None, result: str, of: str = "first", **said: object):
    values = {"entry_id": ident(of), "result": result, "date": "2026-02-01"}
    person_id = {"person_id": ident(who)} if who else {}
    return create("roster_match", label, **{**values, **person_id, **said})


def reason(judged):
    return judged.held and judged.held.reason


def state(programme: Programme, of: str = "first") -> str:
    return match_state(Working(programme).below("roster_match", ident(of)))


def test_a_name_is_confirmed_by_somebody_who_did_not_record_it(programme):
    assert state(programme) == "none"
    assert reason(programme.arrive("hawa", match("m", "Ali", "confirmed"))) == "match-by-another"
    assert reason(programme.arrive("hawa", match("p", "Ali", "possible"))) is None
    assert state(programme) == "possible"
    assert reason(programme.arrive("ines", match("m", "Ali", "confirmed"))) is None
    assert state(programme) == "confirmed"


def test_who_proposed_a_match_does_not_confirm_it(programme):
    programme.arrive("ines", match("p", "Ali", "possible"))
    assert reason(programme.arrive("ines", match("m", "Ali", "rejected"))) == "match-by-another"


def test_one_name_is_not_two_people(programme):
    programme.arrive("ines", match("m", "Ali", "confirmed"))
    second = match("n", "Omar", "confirmed")
    assert reason(programme.arrive("ines", second)) == "entry-is-one-person"
    programme.arrive("ines", match("r", "Ali", "rejected", date="2026-02-02"))
    assert (
        reason(programme.arrive("ines", match("n", "Omar", "confirmed", date="2026-02-02"))) is None
    )


def test_one_person_on_two_lines_is_marked(programme):
    programme.arrive("ines", match("m", "Ali", "confirmed"))
    judged = programme.arrive("ines", match("n", "Ali", "confirmed", of="second"))
    assert "listed-once" in [finding.rule.name for finding in judged.findings]
    assert len(confirmed_on(ident("Ali"), Working(programme))) == 2


def test_a_match_names_somebody_or_says_that_nobody_was_found(programme):
    assert reason(programme.arrive("ines", match("m", None, "possible"))) == "match-names-somebody"
    assert reason(programme.arrive("ines", match("m", None, "none"))) is None


def test_the_later_day_counts_and_what_is_contested_is_said(programme):
    programme.arrive("ines", match("m", "Ali", "confirmed"))
    programme.arrive("hawa", match("c", "Ali", "contested", date="2026-02-05"))
    assert state(programme) == "contested"
    found = latest(Working(programme).below("roster_match", ident("first")))
    assert found[ident("Ali")].get("result") == "contested"


def test_no_child_is_matched(programme, monkeypatch):
    programme.arrive("awa", person("Sami", birth_date="2012-05-01"), case("Sami"))
    found = match("m", "Sami", "possible")
    assert reason(programme.arrive("ines", found)) == "unknown-reference"
    monkeypatch.setitem(CAST, "ines", (*CAST["ines"], *CAST["esther"]))
    assert reason(programme.arrive("ines", found)) == "no-child-in-a-list"


def test_a_name_that_is_said_to_be_a_childs_is_child_protections_at_once(programme):
    young = entry("young", name="Sami", claimed_age=16)
    assert reason(programme.arrive("hawa", young)) is None
    assert programme.rows["roster_entry", ident("young")].bucket == ("child", A)
    assert programme.rows["roster_entry", ident("first")].bucket == ("background", A)
    looked = match("y", None, "none", of="young")
    programme.arrive("hawa", looked)
    assert ("roster_match", ident("y")) not in programme.rows or (
        programme.rows["roster_match", ident("y")].compartment == "child"
    )


def test_what_a_list_says_is_not_rewritten(programme):
    changed = write("roster_entry", "first", {"name": "Ali Invented"}, name="Somebody else")
    assert reason(programme.arrive("hawa", changed)) == "appended"


def test_a_field_officer_reads_and_writes_no_list(programme):
    made = create("roster", "other", caseload_id=A, code="L2", received_on="2026-01-10")
    assert reason(programme.arrive("awa", made)) == "not-allowed"
    assert reason(programme.arrive("awa", entry("third"))) == "not-allowed"


def test_a_field_officer_writes_no_background_beside_a_new_case(programme):
    told = create("background", "b", case_id=ident("case of Yaya"), armed_group_id=ident("group"))
    attempt = (person("Yaya"), case("Yaya"), told)
    assert reason(programme.arrive("awa", *attempt)) == "not-allowed"


def test_being_listed_lets_in_only_who_was_confirmed_and_alone_nobody(programme):
    programme.arrive("celine", *accord(("on the list", {"path": "listed", "kind": "listed"})))
    programme.arrive("awa", gate("presented", "2026-02-20"), screened())
    attempt = decided(path="listed")
    assert reason(programme.arrive("ines", attempt)) == "eligible-by-the-criteria"
    programme.arrive("ines", match("m", "Ali", "confirmed"))
    work = Working(programme)
    found = assess(
        work.find("case", ident("case of Ali")), work.find("criteria_set", ident("PA")), work, TODAY
    )
    assert {way.path: way.verdict for way in found.ways}["listed"] == "holds"
    assert reason(programme.arrive("ines", attempt)) is None
