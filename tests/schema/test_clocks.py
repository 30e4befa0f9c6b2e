"""What is due, for whom, since when: pure, and told only while it runs."""

from datetime import date

import pytest

from schema.clocks import BY_NAME, CLOCKS, due
from schema.entities import BY_NOUN
from schema.policy import Grant
from schema.record import Working
from tests.schema.programme import (
    CAST,
    STORE_A,
    STORE_B,
    Programme,
    case,
    create,
    ident,
    person,
    write,
)

ON = date(2026, 11, 22)
YOUNG = {"birth_date": "2012-05-01"}


@pytest.fixture
def programme() -> Programme:
    """Abel has a visit that was due; a child was presented two days ago."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    visit = {"case_id": ident("case of Abel"), "due_date": "2026-11-20"}
    made.arrive("awa", create("follow_up", "visit", **visit))
    made.arrive("esther", person("Child", **YOUNG), case("Child", process="child"))
    made.arrive("esther", gate("presented", "2026-11-20"))
    return made


def gate(which: str, day: str):
    values = {"case_id": ident("case of Child"), "gate": which, "date": day}
    return create("gate_event", which, **values)


def told(programme: Programme, name: str, on: date = ON) -> list[tuple[str, str]]:
    """(case, day) of what a clock says."""
    clock = BY_NAME[name]
    records = [record for record in programme.rows.values() if record.entity == clock.noun]
    return [(one.case_id, one.day) for one in due(clock, records, Working(programme), on)]


def test_a_visit_is_due_until_it_is_done_or_withdrawn(programme):
    assert told(programme, "visit") == [(ident("case of Abel"), "2026-11-20")]
    assert told(programme, "visit", date(2026, 11, 19)) == []
    programme.arrive("awa", write("follow_up", "visit", done_date="2026-11-21"))
    assert told(programme, "visit") == []


def test_of_a_child_who_was_presented_care_is_waited_for_until_anything_is_known(programme):
    assert told(programme, "child-presented") == [(ident("case of Child"), "2026-11-22")]
    assert told(programme, "child-presented", date(2026, 11, 21)) == []
    programme.arrive("esther", gate("registered", "2026-11-22"))
    assert told(programme, "child-presented") == []


def test_and_the_told_arrival_takes_over_from_the_gate(programme):
    values = {"case_id": ident("case of Child"), "act": "arrived", "date": "2026-11-19"}
    programme.arrive("esther", create("child_event", "arrived", **values))
    assert told(programme, "child-presented") == []
    assert told(programme, "child-48-hours") == [(ident("case of Child"), "2026-11-21")]


def test_a_grown_person_has_no_such_clock(programme):
    values = {"case_id": ident("case of Abel"), "gate": "presented", "date": "2026-11-01"}
    programme.arrive("awa", create("gate_event", "grown", **values))
    assert len(told(programme, "child-presented")) == 1


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.name)
def test_a_clock_names_fields_that_there_are(clock):
    fields = BY_NOUN[clock.noun].describe()
    assert {clock.counts_from, *clock.empty, *clock.only} <= set(fields)
    assert fields[clock.counts_from].kind == "day"


# -- stock checks


def checked(programme: Programme, kind: str, day: str, store: str = STORE_A) -> None:
    said = {"store_id": store, "kind": kind, "date": day}
    done = programme.arrive("wanda", create("stock_check", f"{kind} {day} {store}", **said))
    assert done.held is None


@pytest.fixture
def stores(programme, monkeypatch) -> Programme:
    """Wanda checks two stores."""
    both = tuple(Grant("weapons-officer", store) for store in (STORE_A, STORE_B))
    monkeypatch.setitem(CAST, "wanda", both)
    return programme


def stock(programme: Programme, name: str, on: date) -> list[tuple[str, str]]:
    clock = BY_NAME[name]
    records = [r for r in programme.rows.values() if r.entity == clock.noun]
    return [(one.store_id, one.day) for one in due(clock, records, Working(programme), on)]


def test_a_store_is_checked_each_week_from_its_last_check_of_any_kind(stores):
    checked(stores, "weekly", "2026-11-01")
    checked(stores, "full", "2026-11-08")
    checked(stores, "weekly", "2026-11-20", STORE_B)
    assert stock(stores, "stock-weekly", date(2026, 11, 14)) == []
    assert stock(stores, "stock-weekly", date(2026, 11, 15)) == [(STORE_A, "2026-11-15")]
    checked(stores, "weekly", "2026-11-15")
    assert stock(stores, "stock-weekly", date(2026, 11, 21)) == []


def test_and_whole_every_six_months_whatever_the_weeks_say(stores):
    checked(stores, "full", "2026-01-01")
    checked(stores, "weekly", "2026-11-20")
    assert stock(stores, "stock-full", date(2026, 7, 2)) == []
    assert stock(stores, "stock-full", date(2026, 7, 3)) == [(STORE_A, "2026-07-03")]
    checked(stores, "full", "2026-07-03")
    assert stock(stores, "stock-full", date(2026, 11, 22)) == []
