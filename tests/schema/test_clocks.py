"""What is due, for whom, since when: pure, and told only while it runs."""

from datetime import date

import pytest

from schema.clocks import BY_NAME, CLOCKS, due
from schema.entities import BY_NOUN
from schema.record import Working
from tests.schema.programme import Programme, case, create, ident, person, write

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
