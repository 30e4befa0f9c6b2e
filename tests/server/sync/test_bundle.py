"""A stick at the registry: taken in like a sync, whole or not at all, however often and however late."""

import pytest
import sqlalchemy as sa

from schema.bundle import DOWN
from schema.frames import END, HELLO, OPS, frame
from schema.policy import EVERYWHERE, Grant, Sight
from schema.problems import NotABundle, NotAllowed, NotFound, OtherBundle, Problem, TooLarge
from server import arrivals, devices
from server.actor import SYSTEM, Actor
from server.arrivals.tables import arrival
from server.db import reading, writing
from tests.schema.programme import A, case, ident, person, service, write
from tests.server.arrivals.acting import supervisor
from tests.server.sync.sticks import answered, arrive, opened, sealed, stick
from tests.server.sync.test_push import registered, stored


def vias(laptop) -> list[str]:
    with laptop.app.app_context(), reading() as conn:
        query = sa.select(arrival.c.via).where(arrival.c.device_id == laptop.id)
        return list(conn.execute(query.order_by(arrival.c.chain, arrival.c.n)).scalars())


def held_by(app, *grants: Grant) -> list[arrivals.HeldUnit]:
    with app.app_context(), reading() as conn:
        return arrivals.held(conn, Sight.of(grants))


def revoke(laptop) -> None:
    with laptop.app.app_context(), writing() as conn:
        devices.revoke(conn, SYSTEM, laptop.id, "lost at the crossing")


def forked(awa) -> list[list[object]]:
    """Two lines of a copy of Awa's laptop, which has gone another way since its first line."""
    registered(awa)
    log = list(awa.log)
    awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    awa.sync()
    awa.log = log
    awa.saved += 10
    awa.save(write("person", "Abel", {"phone": None}, phone="12"))
    awa.save(write("person", "Abel", {"phone": "12"}, phone="123"))
    return awa.log[1:]


def test_a_stick_is_in_force_like_a_sync_and_answered_like_one(awa):
    unit = registered(awa)
    answer = answered(awa, *awa.log)
    assert answer.results[unit.id][1] == "applied"
    assert ("person", ident("Abel")) in {(noun, row["id"]) for noun, row in answer.rows}
    assert (answer.state["last"]["1"][0], answer.end["more"]) == (1, False)
    assert vias(awa) == ["stick"]


def test_the_same_stick_again_changes_nothing_and_is_answered_again(awa):
    unit = registered(awa)
    body = stick(awa, *awa.log)
    head = opened(awa, arrive(awa, body).reply).state["head"]
    awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    awa.sync()
    again = arrive(awa, body)
    assert (again.units, again.fresh, again.outcomes) == (1, 0, {})
    answer = opened(awa, again.reply)
    assert answer.results[unit.id][1] == "applied"
    assert answer.state["head"] == awa.base > head


def test_r7_what_forks_on_a_stick_goes_on_as_a_branch_and_is_judged_in_order(awa):
    copied = forked(awa)
    answer = answered(awa, *copied)
    branch = f"b{copied[0][2]}"
    assert stored(awa)[2:] == [(f"{branch}:2", "applied"), (f"{branch}:3", "applied")]
    assert answer.state["forks"] == [1]
    awa.fork()
    awa.sync()
    row = awa.rows["person", ident("Abel")]
    assert (row["alias"], row["phone"]) == ("Bel", "123")
    assert [outcome for key, outcome in stored(awa)[:3]] == ["applied", "applied", "duplicate"]


def test_r7_a_branch_that_comes_again_in_parts_is_in_force_once(awa):
    copied = forked(awa)
    before = answered(awa, *copied).results
    for lines in (copied[1:], copied, copied[:1]):
        told = answered(awa, *lines, results_seen=100).results
        assert told
        assert told.items() <= before.items()


def test_r7_a_line_on_a_stick_that_links_to_nothing_is_a_branch_too(awa):
    registered(awa)
    awa.sync()
    awa.log[0] = [1, "", "0" * 32, "{}", 1]
    loose = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    after = awa.save(write("person", "Abel", {"alias": "Bel"}, alias="Belo"))
    answer = answered(awa, *awa.log[1:])
    assert [answer.results[unit.id][1] for unit in (loose, after)] == ["applied", "applied"]


def test_r7_what_waits_behind_a_gap_is_shown_as_held_and_may_be_judged(awa, fleet):
    registered(awa)
    awa.sync()
    awa.save(write("person", "Abel", {"phone": None}, phone="12"))
    late = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    answered(awa, awa.log[2])
    [shown] = held_by(fleet.app, Grant("site-supervisor", A))
    assert (shown.id, shown.reason, shown.via) == (late.id, "gap", "stick")
    assert held_by(fleet.app, Grant("administrator", EVERYWHERE))[0].changes is None
    assert held_by(fleet.app, Grant("donor", EVERYWHERE)) == []
    with fleet.app.app_context():
        assert arrivals.retry(supervisor(), late.id).outcome == "applied"
    assert held_by(fleet.app, Grant("site-supervisor", A)) == []
    awa.sync()
    assert stored(awa)[1:] == [("1:2", "applied"), ("1:3", "applied")]
    assert awa.rows["person", ident("Abel")]["alias"] == "Bel"


def test_what_waited_behind_a_gap_is_in_force_when_the_first_stick_comes(awa, fleet):
    registered(awa)
    first = stick(awa, awa.log[0])
    late = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    answered(awa, awa.log[1])
    answer = opened(awa, arrive(awa, first).reply)
    assert answer.results[late.id][1] == "applied"
    assert held_by(fleet.app, Grant("administrator", EVERYWHERE)) == []


def test_r15_what_an_answer_on_a_stick_says_does_not_count_as_heard(fleet, awa):
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    fleet.end_grants("awa")
    assert answered(awa).state["buckets"] == {}
    unit = awa.save(write("person", "Abel", {"alias": None}, alias="Bel"))
    assert answered(awa, awa.log[-1]).results[unit.id][1] == "applied"


def test_what_comes_from_a_revoked_laptop_is_held_for_a_person(awa, fleet):
    unit = registered(awa)
    revoke(awa)
    answer = answered(awa, *awa.log)
    assert answer.results[unit.id][1:4:2] == ["held", "revoked"]
    assert (answer.state["buckets"], answer.rows) == ({}, [])
    [shown] = held_by(fleet.app, Grant("site-supervisor", A))
    assert (shown.id, len(shown.changes)) == (unit.id, 2)
    with fleet.app.app_context():
        assert arrivals.retry(supervisor(), unit.id).outcome == "applied"


def test_nothing_of_a_revoked_laptop_comes_into_force_by_itself(awa, fleet):
    other = fleet.laptop("awa")
    registered(awa)
    added = awa.save(service("Tailoring", "Abel"))
    revoke(awa)
    answered(awa, *awa.log)
    other.save(person("Bana"), case("Bana"))
    other.sync()
    assert not other.has("service", "Tailoring")
    shown = held_by(fleet.app, Grant("administrator", EVERYWHERE))
    assert {one.id: one.reason for one in shown}[added.id] == "revoked"


def refused(laptop, body: bytes, *kinds: type[Problem]) -> None:
    """None of it is taken, and there is a sentence."""
    before = stored(laptop)
    with pytest.raises(kinds) as problem:
        arrive(laptop, body)
    assert 400 <= problem.value.status < 500
    assert problem.value.said
    assert stored(laptop) == before


def test_a_stick_that_is_cut_or_changed_is_refused_whole(awa):
    registered(awa)
    body = stick(awa, *awa.log)
    sealed_at = body.index(b"\n") + 1
    for place in (0, 30, sealed_at - 20, sealed_at, sealed_at + 200, len(body) - 1):
        refused(awa, body[:place], NotABundle)
        changed = bytes([body[place] ^ 0x01])
        refused(awa, body[:place] + changed + body[place + 1 :], NotABundle)
    refused(awa, body + b"\n", NotABundle)
    assert answered(awa, *awa.log).state["last"]["1"][0] == 1


@pytest.mark.parametrize(
    "said",
    [{"registry": "age1" + "q" * 58}, {"way": DOWN}, {"device": ident("nobody's laptop")}],
)
def test_a_stick_for_elsewhere_is_refused(awa, said):
    text = frame(HELLO, awa.hello()) + frame(END, {})
    refused(awa, sealed(awa, text, **said), OtherBundle)


def test_a_stick_that_another_laptop_has_written_over_is_refused(awa, bakary):
    registered(awa)
    text = stick(awa, *awa.log)
    refused(bakary, text.replace(awa.id.encode(), bakary.id.encode()), NotABundle)
    hello = frame(HELLO, awa.hello()) + frame(END, {})
    refused(bakary, sealed(bakary, hello), Problem)


def test_a_stick_whose_lines_cannot_all_be_taken_gives_none_of_them(awa):
    registered(awa)
    hello, line = frame(HELLO, awa.hello()), frame(OPS, awa.log[0])
    bad = frame(OPS, [2, awa.log[0][2], "0" * 32, "{}", 1])
    refused(awa, sealed(awa, hello + line), NotABundle)
    refused(awa, sealed(awa, hello + line + bad + frame(END, {})), Problem)
    refused(awa, sealed(awa, hello + frame(END, {}) + line + frame(END, {})), NotABundle)
    refused(awa, sealed(awa, b""), Problem)


def test_a_stick_that_unfolds_beyond_reason_is_refused(awa):
    refused(awa, sealed(awa, frame(HELLO, awa.hello()) + b" " * 900_000 * 50), TooLarge)


def test_only_who_administers_laptops_takes_in_a_stick(awa, fleet):
    registered(awa)
    officer = Actor(awa.account_id, "Awa", Sight.of([Grant("field-officer", A)]))
    with pytest.raises(NotAllowed):
        arrive(awa, stick(awa, *awa.log), officer)
    assert stored(awa) == []
    with fleet.app.app_context(), pytest.raises(NotFound):
        arrivals.retry(supervisor(), ident("nothing"))
