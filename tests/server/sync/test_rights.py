"""By which rights a Unit is judged: those its author had, where the record was, when it was written."""

from server import accounts
from server.actor import SYSTEM
from server.db import reading, writing
from server.verify import verify
from tests.schema.programme import STORE_A, A, B, case, ident, person, service, weapon, write


def moved(laptop, name: str) -> object:
    """Somebody moves a case from A to B."""
    return laptop.save(write("case", f"case of {name}", {"caseload_id": A}, caseload_id=B))


def agrees(laptop) -> bool:
    with laptop.app.app_context(), reading() as conn:
        return verify(conn).faults == 0


def both_see(awa, celine):
    """A case in A that both laptops hold."""
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    celine.sync()


def test_a_case_moved_before_a_service_arrives_keeps_the_service(fleet, awa, bakary):
    celine = fleet.laptop("celine")
    both_see(awa, celine)
    added = awa.save(service("Tailoring", "Abel"))
    moved(celine, "Abel")
    celine.sync()
    awa.sync()
    assert awa.outcome(added) == "applied"
    bakary.sync()
    assert bakary.has("service", "Tailoring")
    assert not [key for key in awa.rows if key[0] not in ("caseload", "store")]
    assert agrees(awa)


def test_a_case_moved_after_a_service_arrives_takes_the_service_along(fleet, awa, bakary):
    celine = fleet.laptop("celine")
    both_see(awa, celine)
    added = awa.save(service("Tailoring", "Abel"))
    move = moved(celine, "Abel")
    awa.sync()
    celine.sync()
    awa.sync()
    assert [awa.outcome(added), celine.outcome(move)] == ["applied", "applied"]
    bakary.sync()
    assert bakary.rows["service", ident("Tailoring")]["scope"] == B
    assert not [key for key in awa.rows if key[0] not in ("caseload", "store")]
    assert agrees(awa)


def test_an_officer_may_not_move_a_case_to_a_caseload_of_somebody_else(awa):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    move = moved(awa, "Abel")
    awa.sync()
    assert (awa.outcome(move), awa.reason(move)) == ("held", "not-allowed")


def test_work_done_under_a_grant_that_has_ended_since_is_in_force(fleet, awa):
    unit = awa.save(person("Abel"), case("Abel"))
    fleet.end_grants("awa")
    answer = awa.sync()
    assert awa.outcome(unit) == "applied"
    assert (answer.state["buckets"], answer.rows, awa.rows) == ({}, [], {})


def test_work_done_after_hearing_that_the_grant_has_ended_is_held(fleet, awa):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    base = awa.base
    fleet.end_grants("awa")
    awa.sync()
    unit = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"), base=base)
    awa.sync()
    assert (awa.outcome(unit), awa.reason(unit)) == ("held", "not-allowed")


def test_an_answer_that_was_lost_before_it_was_promoted_counts_as_heard(fleet, awa):
    """The STATE was on its way when the laptop had one Unit; its second one was saved after it."""
    first = awa.save(person("Abel"), case("Abel"))
    fleet.end_grants("awa")
    awa.ask(*awa.unsent)
    second = awa.save(person("Bana"), case("Bana"))
    awa.sync()
    assert [awa.outcome(first), awa.outcome(second)] == ["applied", "held"]


def test_an_answer_to_a_hello_that_announced_a_unit_was_not_heard_before_it(fleet, awa):
    """Both were saved before the end of the grant; they only travel in two requests."""
    units = [awa.save(person("Abel"), case("Abel")), awa.save(person("Bana"), case("Bana"))]
    fleet.end_grants("awa")
    awa.ask(awa.log[0])
    awa.sync()
    assert [awa.outcome(unit) for unit in units] == ["applied", "applied"]


def test_a_disabled_account_hands_in_what_it_holds_and_gets_nothing(fleet, awa):
    unit = awa.save(person("Abel"), case("Abel"))
    with fleet.app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, awa.account_id)
    answer = awa.sync()
    assert awa.outcome(unit) == "applied"
    assert (answer.state["buckets"], answer.pages) == ({}, [])


def test_a_storekeeper_holds_weapons_whose_case_never_arrives(fleet, awa):
    awa.save(person("Abel"), case("Abel"), weapon("Rifle", case_id=ident("case of Abel")))
    awa.sync()
    faraj = fleet.laptop("faraj")
    row = faraj.rows["weapon", ident("Rifle")]
    assert (row["scope"], row["case_id"]) == (STORE_A, ident("case of Abel"))
    assert not faraj.has("case", "case of Abel")
    assert {noun for noun, _ in faraj.rows} == {"weapon", "caseload", "store"}


def test_who_may_only_create_may_correct_it_until_it_was_heard_of(awa):
    made = awa.save(weapon("Rifle"))
    mended = awa.save(write("weapon", "Rifle", {"condition": None}, condition="unsafe"))
    awa.sync()
    late = awa.save(write("weapon", "Rifle", {"condition": "unsafe"}, condition="incomplete"))
    awa.sync()
    assert [awa.outcome(u) for u in (made, mended, late)] == ["applied", "applied", "held"]
    assert not awa.has("weapon", "Rifle")


def test_two_officers_with_one_field_each_are_both_in_force(fleet, awa):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    other = fleet.laptop("awa")
    awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    other.save(write("person", "Abel", {"phone": None}, phone="123"))
    awa.sync()
    theirs = other.save(write("person", "Abel", {"language": None}, language="ara"))
    other.sync()
    assert other.outcome(theirs) == "merged"
    row = other.rows["person", ident("Abel")]
    assert (row["alias"], row["phone"], row["language"]) == ("Bel", "123", "ara")


def test_two_officers_with_one_field_open_a_dispute_that_both_get(fleet, awa):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    other = fleet.laptop("awa")
    awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    lost = other.save(write("person", "Abel", {"alias": None}, alias="Abi"))
    awa.sync()
    other.sync()
    awa.sync()
    assert other.outcome(lost) == "disputed"
    for laptop in (awa, other):
        [dispute] = [row for (noun, _), row in laptop.rows.items() if noun == "dispute"]
        assert (dispute["inforce"], dispute["side"]) == ({"alias": "Bel"}, {"alias": "Abi"})
        assert (dispute["inforce_by"], dispute["side_by"]) == ("awa", "awa")
