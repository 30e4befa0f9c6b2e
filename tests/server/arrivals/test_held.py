"""What is held: shown to who answers for it, judged again or closed by them, and by nobody else."""

import threading

import pytest
import sqlalchemy as sa

from schema.change import Change
from schema.policy import EVERYWHERE, Grant, Sight
from schema.problems import Invalid, NotAllowed, NotFound
from server import apply, arrivals
from server.actor import SYSTEM
from server.arrivals.tables import arrival
from server.db import reading
from server.verify import verify
from tests.schema.programme import A, B, case, ident, person, service
from tests.server.arrivals.acting import held_by, raising_for, supervisor


def seen_by(fleet, *grants: Grant) -> list[arrivals.HeldUnit]:
    with fleet.app.app_context(), reading() as conn:
        return arrivals.held(conn, Sight.of(grants))


def test_what_is_held_is_shown_to_who_approves_there_and_to_nobody_else(fleet, awa):
    unit = held_by(awa, service("Tailoring", "Abel"), person("Abel"), person("Abel"))
    [shown] = seen_by(fleet, Grant("site-supervisor", A))
    assert (shown.id, shown.by, shown.reason) == (unit.id, "awa", "unknown-reference")
    assert [change.entity for change in shown.changes] == ["service", "person", "person"]
    for other in (
        Grant("site-supervisor", B),
        Grant("field-officer", A),
        Grant("donor", EVERYWHERE),
    ):
        assert seen_by(fleet, other) == []


def test_an_administrator_sees_that_it_is_held_and_not_what_it_says(fleet, awa):
    held_by(awa, service("Tailoring", "Abel"), person("Abel"), person("Abel"))
    [shown] = seen_by(fleet, Grant("administrator", EVERYWHERE))
    assert (shown.reason, shown.changes) == ("unknown-reference", None)


def test_a_held_child_is_shown_to_child_protection_alone(fleet, awa):
    held_by(awa, person("Kid", birth_date="2014-01-01"), service("Tailoring", "Nobody"))
    assert seen_by(fleet, Grant("site-supervisor", A)) == []
    assert len(seen_by(fleet, Grant("child-protection", A))) == 1


def test_what_a_supervisor_may_not_read_is_left_out_of_what_is_held(fleet, awa):
    background = Change("create", "background", ident("B"), {"case_id": ident("case of Abel")})
    held_by(awa, person("Abel"), case("Abel"), background, service("Tailoring", "Nobody"))
    [shown] = seen_by(fleet, Grant("site-supervisor", A))
    values = {change.entity: dict(change.values) for change in shown.changes}
    assert values["background"] == {}
    assert values["service"]


def test_a_held_unit_that_is_closed_stays_and_its_laptop_is_told(fleet, awa):
    unit = held_by(awa, service("Tailoring", "Abel"))
    with fleet.app.app_context():
        with pytest.raises(NotFound):
            arrivals.close(supervisor(B), unit.id, "mistake")
        with pytest.raises(NotAllowed):
            arrivals.close(supervisor(EVERYWHERE, "administrator"), unit.id, "mistake")
        with pytest.raises(Invalid):
            arrivals.close(supervisor(EVERYWHERE, "child-protection"), unit.id, " ")
        arrivals.close(supervisor(EVERYWHERE, "child-protection"), unit.id, "mistake")
        with reading() as conn:
            assert arrivals.held(conn, SYSTEM.sight) == []
            assert conn.execute(sa.select(arrival.c.payload)).scalars().all() == [unit.as_text()]
            assert verify(conn).faults == 0
    assert awa.sync().results[unit.id][3] == "closed"
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    assert not awa.has("service", "Tailoring")


def test_a_retry_judges_by_the_rights_of_the_author(fleet, awa):
    unit = held_by(awa, person("Bana", caseload_id=B))
    with fleet.app.app_context():
        outcome = arrivals.retry(supervisor(B), unit.id)
        assert (outcome.outcome, outcome.reason) == ("held", "not-allowed")
        with pytest.raises(NotFound):
            arrivals.retry(supervisor(B), ident("nothing"))


def test_two_retries_at_once_put_a_unit_in_force_once(fleet, awa, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(apply, "judge", raising_for("Abel"))
        unit = held_by(awa, person("Abel"))
    outcomes: list[str] = []

    def again() -> None:
        with fleet.app.app_context():
            try:
                outcomes.append(arrivals.retry(supervisor(), unit.id).outcome)
            except NotFound:
                outcomes.append("not held any more")

    threads = [threading.Thread(target=again) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["applied", "not held any more", "not held any more"]
    awa.sync()
    assert awa.outcome(unit) == "applied"
