"""Complaints: outside the chain of command; each row is an attempt to read, bend or bury one."""

from datetime import date

import pytest

from schema.clocks import BY_NAME, due
from schema.policy import EVERYWHERE, POLICY, Grant, Sight
from schema.record import Working
from schema.rules import complaints
from tests.schema import programme as cast
from tests.schema.programme import A, Programme, case, create, ident, person, write
from tests.schema.test_decisions import reason

UNIT = Grant("complaints-officer", EVERYWHERE)


def complaint(name="complaint", **values):
    said = {"caseload_id": A, "received_on": "2026-11-01", "about": "staff", "said": "He shouts"}
    return create("complaint", name, **{**said, **values})


def act(what, name="", of="complaint", **values):
    said = {"complaint_id": ident(of), "act": what, "date": "2026-11-02", "said": "Asked all"}
    return create("complaint_event", name or what, **{**said, **values})


@pytest.fixture
def unit(monkeypatch):
    """A complaints unit of two beside the cast, and a complaint that Awa wrote down."""
    monkeypatch.setattr(cast, "CAST", {**cast.CAST, "noor": (UNIT,), "omar": (UNIT,)})
    found = Programme()
    found.arrive("awa", person("Ali"), case("Ali"))
    assert reason(found.arrive("awa", complaint())) is None
    return found


@pytest.mark.parametrize("role", sorted(set(POLICY) - {"complaints-officer"}))
def test_nobody_but_the_unit_reads_a_complaint_or_decides_on_one(role):
    assert POLICY[role].get("complaints", set()) <= {"create"}


def test_the_unit_sees_no_case():
    sight = Sight.of([UNIT])
    assert not any(sight.anywhere("read", where) for where in ("case", "child", "health"))


def test_a_complaint_stays_in_its_compartment(unit):
    assert unit.find("complaint", ident("complaint")).bucket == ("complaints", A)


def test_whoever_wrote_it_down_neither_changes_nor_takes_it_back(unit):
    gone = {"withdrawn_at": "2026-11-03T10:00:00Z", "withdrawn_reason": "A mistake"}
    for who in ("awa", "celine"):
        attempt = unit.arrive(who, write("complaint", "complaint", {}, **gone))
        assert reason(attempt) == "not-allowed"
    assert reason(unit.arrive("noor", write("complaint", "complaint", {}, said="—"))) == "appended"


def test_the_programme_manager_acts_on_no_complaint(unit):
    assert reason(unit.arrive("celine", act("upheld"))) == "not-allowed"


def test_who_is_complained_of_takes_no_part_even_in_the_unit(unit):
    unit.arrive("awa", complaint("against", against="NOOR"))
    attempt = unit.arrive("noor", act("looked-into", of="against"))
    assert reason(attempt) == "complaint-not-by-who-is-complained-of"
    assert reason(unit.arrive("omar", act("looked-into", of="against"))) is None


def test_who_wrote_it_down_does_not_decide_and_a_decision_says_why(unit):
    unit.arrive("noor", complaint("own"))
    assert reason(unit.arrive("noor", act("upheld", of="own"))) == "complaint-decided-by-another"
    silent = unit.arrive("omar", act("not-upheld", of="own", said=" "))
    assert reason(silent) == "complaint-decision-says-why"
    assert reason(unit.arrive("omar", act("upheld", of="own"))) is None


@pytest.mark.parametrize("who", [{"contact": "+999 1"}, {"number": "ABC"}])
def test_an_anonymous_complaint_names_nobody(unit, who):
    attempt = unit.arrive("awa", complaint("hidden", anonymous=True, **who))
    assert reason(attempt) == "anonymous-complaint-names-nobody"
    assert reason(unit.arrive("awa", complaint("open", **who))) is None


def test_a_complaint_is_due_after_thirty_days_until_it_is_decided(unit):
    found = unit.find("complaint", ident("complaint"))
    clock, late = BY_NAME["complaint"], date(2026, 12, 1)
    assert due(clock, [found], Working(unit), date(2026, 11, 30)) == []
    assert len(due(clock, [found], Working(unit), late)) == 1
    unit.arrive("noor", act("looked-into"))
    assert complaints.state_of(found, Working(unit)) == "looked-into"
    unit.arrive("omar", act("upheld"))
    assert due(clock, [found], Working(unit), late) == []
