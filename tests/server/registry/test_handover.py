"""Hand-over: late edits of the former caseload, and caseloads that nobody carries."""

import pytest

from server import accounts, arrivals, moments
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing
from server.registry import handover
from server.registry.handover import OFFICERS, Late, Unheld
from tests.schema.programme import A, B, case, ident, person, service, write
from tests.server.desk import address
from tests.server.sync.laptop import Fleet, Laptop
from tests.server.town import Town, sight

LONG_AGO, FAR_AHEAD = "2000-01-01", "2999-01-01"


@pytest.fixture
def awa(town: Town) -> Laptop:
    """Awa's laptop, which has handed in Ali's case and heard of it."""
    laptop = Fleet(town.app).laptop("awa")
    laptop.save(person("Ali"), case("Ali"))
    laptop.sync()
    laptop.sync()
    return laptop


def move(town: Town, scope: str = B) -> None:
    """Celine gives Ali's case to another caseload."""
    was = town.record("case", ident("case of Ali")).scope
    town.arrive("celine", write("case", "case of Ali", {"caseload_id": was}, caseload_id=scope))


def late(town: Town, who: str, since: str = LONG_AGO) -> list[Late]:
    with town.reading() as conn:
        return handover.late(conn, sight(who), arrivals.units, since)


def unheld(town: Town, who: str = "celine") -> list[Unheld]:
    with town.reading() as conn:
        hands = accounts.hands(conn, OFFICERS)
        return handover.in_nobodys_hands(conn, sight(who), hands.hold, hands.ended)


def end_grants(town: Town, who: str) -> None:
    with town.app.app_context(), writing() as conn:
        account = accounts.find(conn, address(who.capitalize()))
        for row in accounts.grants_given(conn, account["id"]):
            accounts.end_grant(conn, SYSTEM, row["id"])


def test_the_new_owner_sees_what_came_late_from_whom_and_since_when_it_is_theirs(
    town: Town, awa: Laptop
) -> None:
    move(town)
    awa.save(write("person", "Ali", {"name": "Ali"}, name="Ali Sow"), service("Tailoring", "Ali"))
    awa.sync()
    found = late(town, "bakary")
    assert {(one.what, one.names) for one in found} >= {("Person", ("Name",))}
    assert {one.what for one in found} == {"Person", "Service"}
    one = found[0]
    assert (one.case_id, one.former.partition(" ")[0]) == (ident("case of Ali"), "A")
    assert one.by == "awa"
    assert one.moved_at <= one.arrived_at


def test_the_stranger_and_the_former_owner_see_no_queue(town: Town, awa: Laptop) -> None:
    move(town)
    awa.save(write("person", "Ali", {"name": "Ali"}, name="Ali Sow"))
    awa.sync()
    assert late(town, "bakary")
    assert late(town, "awa") == []
    assert late(town, "faraj") == []


def test_what_was_written_or_came_before_the_move_or_after_it_is_not_late(
    town: Town, awa: Laptop
) -> None:
    awa.save(write("person", "Ali", {"name": "Ali"}, name="Ali Sow"))
    awa.sync()
    move(town)
    bakary = Fleet(town.app).laptop("bakary")
    bakary.sync()
    bakary.sync()
    bakary.save(write("person", "Ali", {"name": "Ali Sow"}, name="Ali of Bria"))
    bakary.sync()
    assert late(town, "bakary") == []


def test_a_late_word_that_is_disputed_is_in_the_queue(town: Town, awa: Laptop) -> None:
    move(town)
    town.arrive("bakary", write("person", "Ali", {"name": "Ali"}, name="Ali of Bria"))
    unit = awa.save(write("person", "Ali", {"name": "Ali"}, name="Ali Sow"))
    awa.sync()
    assert awa.outcome(unit) == "disputed"
    assert [one.what for one in late(town, "bakary")] == ["Dispute"]


def test_what_came_back_or_came_long_ago_is_not_shown(town: Town, awa: Laptop) -> None:
    move(town)
    awa.save(write("person", "Ali", {"name": "Ali"}, name="Ali Sow"))
    awa.sync()
    assert late(town, "bakary", FAR_AHEAD) == []
    move(town, A)
    assert late(town, "awa") == []


def test_a_caseload_without_an_officer_has_a_clock_for_the_manager(town: Town, awa: Laptop) -> None:
    assert unheld(town) == []
    before = moments.moment()
    end_grants(town, "awa")
    [one] = unheld(town)
    assert (one.scope, one.cases, one.days) == (A, 1, 0)
    assert before <= one.since <= moments.moment()
    assert unheld(town, "bakary") == []


def test_closed_cases_and_supervisors_make_nobody_s_hands(town: Town, awa: Laptop) -> None:
    end_grants(town, "awa")
    town.arrive(
        "celine",
        write("case", "case of Ali", {}, withdrawn_at="2026-11-22", withdrawn_reason="twice"),
    )
    assert unheld(town) == []


def test_who_is_disabled_carries_nothing(town: Town, awa: Laptop) -> None:
    with town.app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, accounts.find(conn, address("Awa"))["id"])
    assert [one.scope for one in unheld(town)] == [A]
    with town.app.app_context(), writing() as conn:
        new = accounts.add_account(conn, SYSTEM, address("Idriss"), "Idriss")
        accounts.grant(conn, SYSTEM, new, "site-supervisor", Place("scope", A))
    assert len(unheld(town)) == 1
    with town.app.app_context(), writing() as conn:
        accounts.grant(conn, SYSTEM, new, "case-worker", Place("scope", A))
    assert unheld(town) == []
