"""Arrivals: kept for ever, judged once, held for who answers, and never in each other's way."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from schema.change import APPLIED, Change, Outcome, Source
from schema.judge import Judged
from schema.policy import EVERYWHERE, Grant, Sight
from schema.problems import Invalid, NotAllowed, NotFound
from server import apply, arrivals, enter, rows
from server.actor import SYSTEM, Actor
from server.arrivals import ready
from server.arrivals.logbook import Line, Log
from server.arrivals.tables import arrival, arrival_wait
from server.db import reading, writing
from server.verify import verify
from tests.schema.programme import A, B, case, ident, person, service, write
from tests.server.cast import RegistryProgramme
from tests.server.sync.laptop import Fleet, Laptop

SUPERVISOR = Sight.of([Grant("site-supervisor", A)])


@pytest.fixture
def fleet(app) -> Fleet:
    with app.app_context():
        RegistryProgramme()
    return Fleet(app)


@pytest.fixture
def awa(fleet) -> Laptop:
    return fleet.laptop("awa")


def line(n: int, prev: str, mine: str) -> Line:
    return Line(1, n, prev, mine, "{}", ident(n, mine))


def test_a_log_goes_on_as_far_as_its_lines_link():
    log = Log("d:x/1", 1)
    for one in (line(2, "a", "b"), line(1, "", "a"), line(4, "c", "d")):
        log.add(one)
    assert (log.last_n, log.last_hash, sorted(log.ahead)) == (2, "b", [4])
    log.add(line(3, "b", "c"))
    assert (log.last_n, log.loose) == (4, [])


def test_a_line_that_links_to_nothing_is_loose_and_its_place_stays_free():
    log = Log("d:x/1", 1, 1, "a")
    log.add(line(2, "other", "b"))
    assert (log.last_n, log.loose) == (1, [2])
    log.add(line(2, "a", "c"))
    assert (log.last_n, log.last_hash) == (2, "c")


def test_after_a_gap_that_was_given_up_the_next_line_is_taken_on_trust():
    log = Log("d:x/1", 1, 1, "a")
    log.add(line(5, "nobody knows", "e"))
    log.give_up_below(5)
    assert (log.last_n, log.last_hash, log.given_up) == (5, "e", [(2, 4)])
    log.give_up_below(3)
    assert log.given_up == [(2, 4)]


def test_what_came_under_a_key_is_known_by_it(app):
    source = Source("a:x", "form 1", ident("x"), "X")
    with app.app_context():
        with writing() as conn:
            assert arrivals.known(conn, "a:x", "form 1") is None
            arrivals.store(conn, source, "{}", Outcome(ident("u"), APPLIED, 7, missing=("m",)))
        with reading() as conn:
            assert arrivals.known(conn, "a:x", "form 1") == Outcome(
                ident("u"), APPLIED, 7, missing=("m",)
            )


def test_one_key_is_never_stored_twice(app):
    source = Source("a:x", "form 1", ident("x"), "X")
    with app.app_context(), writing() as conn:
        arrivals.store(conn, source, "{}", Outcome(ident("u"), APPLIED))
        with pytest.raises(sa.exc.IntegrityError), conn.begin_nested():
            arrivals.store(conn, source, "{}", Outcome(ident("v"), APPLIED))


def held_by(laptop, *changes: Change):
    unit = laptop.save(*changes)
    laptop.sync()
    assert laptop.outcome(unit) == "held"
    return unit


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


def supervisor(scope: str = A, role: str = "site-supervisor") -> Actor:
    return Actor(ident("sup"), "Sup", Sight.of([Grant(role, scope)]))


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


def test_what_a_retry_finds_in_force_since_is_not_undone(fleet, awa):
    """The first edit waits for an area that comes late; a later edit of the field stands."""
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    old = {"alias": None, "origin_area_id": None}
    held = held_by(awa, write("person", "Abel", old, alias="Early", origin_area_id=ident("area")))
    awa.save(write("person", "Abel", {"alias": "Early"}, alias="Late"))
    awa.sync()
    area = Change("create", "area", ident("area"), {"pcode": "X1", "name": "X", "level": 1})
    with fleet.app.app_context():
        enter.enter(awa.save(area), SYSTEM, "form")
    awa.log.pop()
    awa.sync()
    row = awa.rows["person", ident("Abel")]
    assert (awa.outcome(held), row["alias"], row["origin_area_id"]) == (
        "applied",
        "Late",
        ident("area"),
    )


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


def test_what_waits_for_a_record_is_in_force_when_a_page_enters_it(fleet, awa):
    held_by(awa, case("Abel"))
    with fleet.app.app_context():
        enter.enter(awa.save(person("Abel")), SYSTEM, "form")
        with reading() as conn:
            assert not conn.execute(sa.select(arrival_wait)).all()
    awa.log.pop()
    awa.sync()
    assert awa.has("case", "case of Abel")


def raising_for(name: str) -> Callable[..., Judged]:
    original = apply.judge

    def judge(unit, work, by) -> Judged:
        if any(change.values.get("name") == name for change in unit.changes):
            raise ZeroDivisionError
        return original(unit, work, by)

    return judge


@pytest.fixture
def poisoned(monkeypatch) -> None:
    """Judging a person called Poison raises."""
    monkeypatch.setattr(apply, "judge", raising_for("Poison"))


def test_a_unit_that_raises_is_held_alone_and_the_others_are_in_force(awa, poisoned):
    units = [awa.save(person(name)) for name in ("Abel", "Bana", "Poison", "Carim", "Dela")]
    awa.sync()
    assert [awa.outcome(u) for u in units] == ["applied", "applied", "held", "applied", "applied"]
    assert awa.reason(units[2]) == "raised:ZeroDivisionError"
    assert awa.acked == 5


class Killed(BaseException):
    """The worker ends here."""


def test_a_unit_that_kills_its_worker_is_held_untried_after_three_tries(awa, monkeypatch):
    tries = []

    def chunk(conn, arrivings, *rest):
        names = [a.unit.changes[0].values["name"] for a in arrivings]
        tries.append(names)
        if "Poison" in names:
            raise Killed
        return original(conn, arrivings, *rest)

    original = apply.chunk
    monkeypatch.setattr(apply, "chunk", chunk)
    units = [awa.save(person(name)) for name in ("Abel", "Poison", "Carim")]
    for _ in range(3):
        with pytest.raises(Killed):
            awa.ask(*awa.log)
    awa.sync()
    assert [awa.outcome(u) for u in units] == ["applied", "held", "applied"]
    assert awa.reason(units[1]) == "never-ended"
    assert sum("Poison" in names for names in tries) == 3


def test_what_raises_when_it_is_judged_again_undoes_nothing_of_what_it_waited_for(
    fleet, awa, monkeypatch
):
    unit = held_by(awa, person("Poison", origin_area_id=ident("area")))
    write_tokens = rows.tokens

    def tokens(conn, last, before) -> None:
        write_tokens(conn, last, before)
        if any(record.get("name") == "Poison" for record in last.values()):
            raise ZeroDivisionError

    monkeypatch.setattr(rows, "tokens", tokens)
    area = Change("create", "area", ident("area"), {"pcode": "X1", "name": "X", "level": 1})
    with fleet.app.app_context():
        assert enter.enter(replace(unit, changes=(area,), id=ident("e")), SYSTEM, "form").seq
    awa.sync()
    assert awa.has("area", "area")
    assert (awa.outcome(unit), awa.reason(unit)) == ("held", "raised:ZeroDivisionError")
    with fleet.app.app_context(), reading() as conn:
        assert verify(conn).faults == 0


def test_a_database_that_is_away_says_nothing_about_a_unit(awa, monkeypatch):
    unit = awa.save(person("Abel"))

    def away(*given):
        raise sa.exc.OperationalError("away", None, Exception())

    with monkeypatch.context() as patched:
        patched.setattr(ready, "judge", away)
        assert awa.post(awa.body(*awa.log)).status_code == 503
    awa.sync()
    assert awa.outcome(unit) == "applied"


def test_two_requests_of_one_laptop_at_once_put_each_unit_in_force_once(fleet, awa):
    for number in range(30):
        awa.save(person(f"P{number}"))
    body = awa.body(*awa.log)
    statuses: list[int] = []

    def send() -> None:
        statuses.append(awa.post(body).status_code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 4
    awa.sync()
    assert {result[1] for result in awa.outcomes.values()} == {"applied"}
    with fleet.app.app_context(), reading() as conn:
        assert verify(conn).faults == 0


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_parent_that_comes_while_its_child_is_judged_is_not_overlooked(fleet, awa, monkeypatch):
    """Where there are two writers: one has found nothing, and the other has found nobody waiting."""
    other = fleet.laptop("awa")
    awa.save(person("Abel"), case("Abel"))
    unit = other.save(service("Tailoring", "Abel"))

    def judge(conn, waiting):
        monkeypatch.undo()
        became = original(conn, waiting)
        assert became[0][1].outcome == "held"
        meanwhile = threading.Thread(target=awa.sync)
        meanwhile.start()
        meanwhile.join()
        return became

    original = ready.judge
    monkeypatch.setattr(ready, "judge", judge)
    other.sync()
    assert other.outcome(unit) == "applied"


def test_a_parent_and_its_child_sent_at_once_find_each_other(fleet, awa):
    """Neither of two transactions may overlook what the other brings."""
    other = fleet.laptop("awa")
    for number in range(12):
        awa.save(person(f"P{number}"), case(f"P{number}"))
        other.save(service(f"S{number}", f"P{number}"))
    threads = [threading.Thread(target=laptop.sync) for laptop in (awa, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.sync()
    assert {result[1] for result in other.outcomes.values()} == {"applied"}
