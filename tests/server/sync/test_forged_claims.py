"""A client of one's own may say what it likes of itself: only what it was really told counts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from schema.frames import HELLO, OPS, frame
from server import accounts, moments
from server.actor import SYSTEM
from server.arrivals.tables import told_head
from server.db import reading, writing
from server.verify import verify
from tests.schema.programme import A, case, ident, person, write
from tests.server.sync.laptop import Laptop

NEVER = 1 << 50


@pytest.fixture
def awa(fleet) -> Laptop:
    """Awa's laptop, with a person that is at the registry."""
    made = fleet.laptop("awa")
    made.save(person("Abel"), case("Abel"))
    made.sync()
    return made


def long_ago(laptop) -> None:
    """More time goes by than a laptop may take to finish."""
    with laptop.app.app_context(), writing() as conn:
        conn.execute(sa.update(told_head).values(at=moments.moment(-timedelta(days=8))))


def alias(laptop, name: str, base: int | None = None):
    return laptop.save(write("person", "Abel", {"alias": None}, alias=name), base=base)


def cut(laptop) -> int:
    """Hand everything in, in a body without END: nobody is answered."""
    lines = b"".join(frame(OPS, line) for line in laptop.unsent)
    return laptop.post(frame(HELLO, laptop.hello()) + lines).status_code


def test_announcing_more_than_there_is_puts_hearing_of_the_end_off_for_a_week_only(fleet, awa):
    base = awa.base
    fleet.end_grants("awa")
    awa.ask(announced=NEVER)
    soon = alias(awa, "Bel", base)
    awa.ask(*awa.log[-1:], announced=NEVER)
    long_ago(awa)
    awa.ask(announced=NEVER)
    late = alias(awa, "Belo", base)
    awa.sync()
    assert [awa.outcome(unit) for unit in (soon, late)] == ["applied", "held"]


def test_saying_it_again_does_not_put_hearing_off(fleet, awa):
    base = awa.base
    fleet.end_grants("awa")
    awa.ask(announced=NEVER)
    long_ago(awa)
    for _ in range(2):
        awa.ask(announced=NEVER)
    late = alias(awa, "Bel", base)
    awa.sync()
    assert awa.outcome(late) == "held"


def test_a_new_incarnation_has_heard_what_the_old_one_heard(fleet, awa):
    base = awa.base
    fleet.end_grants("awa")
    awa.sync()
    awa.fork()
    unit = alias(awa, "Bel", base)
    awa.sync()
    assert (awa.outcome(unit), awa.reason(unit)) == ("held", "not-allowed")


def test_what_an_incarnation_took_over_unsent_was_written_before_the_old_one_heard(fleet, awa):
    unit = alias(awa, "Bel")
    fleet.end_grants("awa")
    awa.ask()
    awa.fork()
    awa.sync()
    assert awa.outcome(unit) == "applied"


def test_who_lets_no_request_end_writes_nothing_under_a_grant_that_has_ended(fleet, awa):
    fleet.end_grants("awa")
    alias(awa, "Bel")
    assert cut(awa) == 400
    with fleet.app.app_context(), reading() as conn:
        assert verify(conn).faults == 0
    assert registry_says(fleet, "alias") is None


def test_a_cut_sync_under_an_ended_grant_is_in_force_when_the_next_one_is_answered(fleet, awa):
    unit = alias(awa, "Bel")
    fleet.end_grants("awa")
    cut(awa)
    awa.sync()
    assert awa.outcome(unit) == "applied"


def test_a_cut_sync_under_rights_that_stand_is_in_force_at_once(fleet, awa):
    alias(awa, "Bel")
    cut(awa)
    assert registry_says(fleet, "alias") == "Bel"


def test_cursors_that_were_never_given_are_no_way_to_remain_unanswered(fleet, awa):
    fleet.end_grants("awa")
    alias(awa, "Bel")
    assert awa.post(awa.body(*awa.unsent, cursors={"case:x": NEVER})).status_code == 409
    assert registry_says(fleet, "alias") is None


def test_a_base_that_was_never_told_overwrites_nothing(fleet, awa):
    celine = fleet.laptop("celine")
    celine.save(write("person", "Abel", {"alias": None}, alias="Theirs"))
    celine.sync()
    unit = alias(awa, "Mine", base=celine.base)
    awa.sync()
    assert awa.outcome(unit) == "disputed"


def test_a_base_that_was_never_told_gives_no_more_than_the_last_that_was(fleet, awa):
    fleet.end_grants("awa")
    awa.sync()
    fleet.grant("awa", "field-officer", A)
    unit = alias(awa, "Bel", base=NEVER)
    awa.sync()
    assert awa.outcome(unit) == "held"


def test_a_disabled_account_that_has_heard_of_it_writes_nothing_more(fleet, awa):
    base = awa.base
    with fleet.app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, awa.account_id)
    awa.sync()
    unit = alias(awa, "Bel", base)
    awa.sync()
    assert awa.outcome(unit) == "held"


def registry_says(fleet, name: str) -> object:
    """What is in force of Abel."""
    other = fleet.laptop("celine")
    return other.rows["person", ident("Abel")].get(name)
