"""Both ends say the same of what is due, over the same rows."""

from datetime import date

from field_client import sync
from field_client.store import acts, due, saving
from schema.clocks import BY_NAME
from schema.policy import Grant, Sight
from server.db import reading
from server.registry.due import all_due
from tests.field_client.acting import ADULT
from tests.field_client.registry import Registry
from tests.schema.programme import A

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
