"""What was handed in is judged once, in order, whatever one Unit or another writer does."""

import threading

import pytest
import sqlalchemy as sa

from server import apply
from server.arrivals import ready
from server.db import reading
from server.verify import verify
from tests.schema.programme import case, person, service
from tests.server.arrivals.acting import raising_for


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
