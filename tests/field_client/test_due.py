"""Both ends say the same of what is due, over the same rows."""

from datetime import date

from field_client import sync
from field_client.home import Unlocked
from field_client.store import acts, due, saving
from schema.change import Change
from schema.clocks import BY_NAME, CLOCKS, Due
from schema.policy import EVERYWHERE, Grant, Sight
from server.accounts import Place
from server.db import reading
from server.registry.due import all_due
from tests.field_client.acting import ADULT
from tests.field_client.registry import Registry
from tests.schema.programme import STORE_A, A, ident

ON = date(2026, 11, 22)


def test_a_laptop_and_the_registry_say_the_same_of_what_is_due(registry: Registry) -> None:
    awa = registry.laptop("awa")
    with awa.opened() as db:
        for number, (day, done) in enumerate(
            (("2026-11-01", None), ("2026-11-22", None), ("2026-11-23", None), ("2026-11-02", "x"))
        ):
            who = acts.create("person", {**ADULT, "name": f"Person {number}", "caseload_id": A})
            said = {"person_id": who.record, "caseload_id": A, "process": "adult"}
            passage = acts.create("case", said)
            visit = {"case_id": passage.record, "due_date": day}
            visit |= {"done_date": "2026-11-03"} if done else {}
            saving.save(db, [who, passage, acts.create("follow_up", visit)])
        before = due.all_due(db, ON)
    sync.run(awa)
    sight = Sight.of([Grant("field-officer", A)])
    with registry.app.app_context(), reading() as conn:
        there = all_due(conn, sight, ON)
    with awa.opened() as db:
        here = due.all_due(db, ON)
    assert here == before
    assert [one.day for one in here["visit"]] == ["2026-11-01", "2026-11-22"]
    assert {name: here[name] for name in there} == there
    assert set(there) <= set(BY_NAME)


def both_say(registry: Registry, laptop: Unlocked, sight: Sight) -> dict[str, list[Due]]:
    """What both ends say is due, which is the same."""
    with registry.app.app_context(), reading() as conn:
        there = all_due(conn, sight, ON)
    with laptop.opened() as db:
        here = due.all_due(db, ON)
    assert {name: here[name] for name in there} == there
    return here


def test_the_48_hours_of_a_child_run_alike_at_both_ends(registry: Registry) -> None:
    registry.add("esther", "child-protection", Place("scope", A))
    esther = registry.laptop("esther")
    with esther.opened() as db:
        young = {"name": "Idris", "birth_date": "2012-05-01", "birth_date_precision": "day"}
        who = acts.create("person", {**ADULT, **young, "caseload_id": A})
        passage = acts.create(
            "case", {"person_id": who.record, "caseload_id": A, "process": "child"}
        )
        came = {"case_id": passage.record, "act": "arrived", "date": "2026-11-19"}
        saving.save(db, [who, passage, acts.create("child_event", came)])
    sync.run(esther)
    said = both_say(registry, esther, Sight.of([Grant("child-protection", A)]))
    for clock in ("child-48-hours", "child-not-reported"):
        assert [(one.case_id, one.day) for one in said[clock]] == [(passage.record, "2026-11-21")]
    manager = Sight.of([Grant("programme-manager", EVERYWHERE)])
    with registry.app.app_context(), reading() as conn:
        seen = all_due(conn, manager, ON)
    assert not any(seen.get(clock.name) for clock in CLOCKS if clock.compartment == "child")


def test_and_so_do_the_checks_of_a_store(registry: Registry) -> None:
    check = {"store_id": STORE_A, "kind": "weekly", "date": "2026-11-10"}
    registry.write(Change("create", "stock_check", ident("check"), check))
    faraj = registry.laptop("faraj")
    said = both_say(registry, faraj, Sight.of([Grant("storekeeper", STORE_A)]))
    assert [(one.store_id, one.day) for one in said["stock-weekly"]] == [(STORE_A, "2026-11-17")]
