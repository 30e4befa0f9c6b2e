"""What a laptop hands in: exactly once, in order, whatever was cut, lost or copied."""

import sqlalchemy as sa

from server.arrivals.tables import arrival
from server.db import reading
from server.verify import verify
from tests.schema.programme import case, ident, person, service, write


def registered(laptop, name="Abel", **values):
    return laptop.save(person(name, **values), case(name, **values))


def stored(laptop) -> list[tuple[str, str | None]]:
    """(key, outcome) of every line of a laptop that the registry holds."""
    with laptop.app.app_context(), reading() as conn:
        query = sa.select(arrival.c.chain, arrival.c.key, arrival.c.outcome)
        mine = query.where(arrival.c.device_id == laptop.id)
        ordered = mine.order_by(arrival.c.chain, arrival.c.n)
        return [
            (row.chain.rpartition("/")[2] + ":" + row.key, row.outcome)
            for row in conn.execute(ordered)
        ]


def agrees(laptop) -> bool:
    """Whether the registry agrees with itself."""
    with laptop.app.app_context(), reading() as conn:
        return verify(conn).faults == 0


def test_a_person_registered_offline_is_in_force_after_one_sync(awa):
    unit = registered(awa)
    awa.sync()
    assert (awa.outcome(unit), awa.acked) == ("applied", 1)
    assert awa.has("person", "Abel")
    assert awa.has("case", "case of Abel")
    assert agrees(awa)


def test_a_second_sync_moves_nothing(awa):
    registered(awa)
    awa.sync()
    answer = awa.sync()
    assert (answer.rows, answer.results, answer.end["more"]) == ([], {}, False)


def test_a_stranger_gets_nothing_of_it(awa, bakary):
    registered(awa)
    awa.sync()
    assert bakary.sync().rows == []


def test_a_line_sent_again_after_a_lost_answer_is_in_force_once(awa):
    unit = registered(awa)
    awa.ask(*awa.unsent)
    answer = awa.sync()
    assert answer.results[unit.id][1] == "applied"
    assert stored(awa) == [("1:1", "applied")]


def test_every_line_of_a_log_sent_twice_changes_nothing(awa):
    registered(awa)
    awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    awa.sync()
    head = awa.base
    answer = awa.ask(*awa.log)
    assert answer.state["head"] == head
    assert {result[1] for result in answer.results.values()} == {"applied"}


def test_units_are_judged_in_the_order_of_their_log(awa):
    registered(awa)
    first = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    second = awa.save(write("person", "Abel", {"alias": "Bel"}, alias="Belo"))
    awa.sync()
    assert [awa.outcome(first), awa.outcome(second)] == ["applied", "applied"]
    assert awa.rows["person", ident("Abel")]["alias"] == "Belo"


def test_a_copied_laptop_is_noticed_and_loses_nothing(fleet, awa):
    registered(awa)
    log = list(awa.log)
    mine = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    awa.sync()
    awa.log, awa.acked = log, 0
    copied = awa.save(write("person", "Abel", {"phone": None}, phone="123"))
    after = awa.save(write("person", "Abel", {"language": None}, language="ara"))
    answer = awa.ask(*awa.unsent)
    assert answer.state["forks"] == [1]
    assert stored(awa) == [("1:1", "applied"), ("1:2", "applied")]
    awa.fork()
    awa.sync()
    assert [awa.outcome(copied), awa.outcome(after)] == ["applied", "applied"]
    row = awa.rows["person", ident("Abel")]
    assert (row["alias"], row["phone"], row["language"]) == ("Bel", "123", "ara")
    assert mine.id not in {copied.id, after.id}
    assert stored(awa)[2] == ("2:1", "duplicate")


def test_what_waits_behind_a_gap_is_judged_when_the_gap_is_filled(awa):
    registered(awa)
    late = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    answer = awa.ask(awa.log[1])
    assert (answer.state["last"]["1"][0], answer.results) == (0, {})
    awa.sync()
    assert (awa.outcome(late), awa.acked) == ("applied", 2)


def test_a_gap_that_the_laptop_cannot_fill_is_given_up_and_told(awa):
    registered(awa)
    lost = awa.save(person("Lost"))
    kept = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    awa.ask(awa.log[0])
    answer = awa.ask(awa.log[2], first={"1": 3})
    assert answer.state["given_up"] == {"1": [[2, 2]]}
    assert (answer.state["last"]["1"][0], answer.results[kept.id][1]) == (3, "applied")
    late = awa.ask(awa.log[1])
    assert (late.results[lost.id][1], late.state["given_up"]) == ("applied", {})


def test_a_gap_is_given_up_by_a_laptop_that_sends_nothing(awa):
    registered(awa)
    awa.save(person("Bana"))
    awa.ask(awa.log[1])
    answer = awa.ask(first={"1": 2})
    assert answer.state["given_up"] == {"1": [[1, 1]]}
    assert stored(awa) == [("1:2", "applied")]


def test_a_waiting_line_that_links_to_nothing_gets_a_chain_of_its_own(awa):
    registered(awa)
    awa.save(person("Bana"))
    awa.ask(awa.log[1])
    loose = awa.log.pop()
    awa.log.clear()
    first = awa.save(person("Carim"))
    answer = awa.ask(*awa.log)
    assert (answer.state["last"]["1"][0], answer.results[first.id][1]) == (1, "applied")
    assert stored(awa) == [("1:1", "applied"), (f"b{loose[2]}:2", "applied")]


def test_a_unit_waiting_in_an_old_log_is_judged_once_in_the_new_one(awa):
    registered(awa)
    waiting = awa.save(person("Bana"))
    awa.ask(awa.log[1])
    awa.fork()
    awa.sync()
    assert awa.outcome(waiting) == "applied"
    assert stored(awa) == [("1:2", "duplicate"), ("2:1", "applied"), ("2:2", "applied")]


def test_outcomes_that_changed_later_are_told_at_the_next_sync(awa, bakary):
    held = bakary.save(service("Tailoring", "Abel"), base=awa.base)
    bakary.sync()
    assert bakary.reason(held) == "unknown-reference"
    registered(awa)
    awa.sync()
    answer = bakary.ask()
    assert answer.results[held.id][1] == "held"
    assert answer.results[held.id][3] == "not-allowed"


def test_what_is_held_for_a_parent_is_in_force_when_the_parent_comes(fleet, awa):
    other = fleet.laptop("awa")
    held = other.save(service("Tailoring", "Abel"))
    other.sync()
    assert (other.outcome(held), other.reason(held)) == ("held", "unknown-reference")
    registered(awa)
    answer = awa.sync()
    assert awa.has("service", "Tailoring")
    assert held.id not in answer.results
    other.sync()
    assert other.outcome(held) == "applied"
    assert other.has("service", "Tailoring")
    assert agrees(awa)


def test_what_waits_for_what_waits_comes_with_it(fleet, awa):
    other = fleet.laptop("awa")
    first = other.save(case("Abel"))
    second = other.save(service("Tailoring", "Abel"))
    other.sync()
    assert [other.outcome(first), other.outcome(second)] == ["held", "held"]
    awa.save(person("Abel"))
    awa.sync()
    assert awa.has("service", "Tailoring")
