"""Acts: who made them is stamped, they are added and never rewritten, some need the right to approve."""

import pytest

from schema.entities.gate_event import GateEvent
from schema.fields import name_of, who
from tests.schema.programme import Programme, case, create, ident, person, write

PASSED = ident("passed")


@pytest.fixture
def programme() -> Programme:
    """Abel has an open case in caseload A, and has presented himself."""
    made = Programme()
    made.arrive("awa", person("Abel"), case("Abel"))
    made.arrive("awa", passed("presented"))
    return made


@pytest.fixture
def appended(monkeypatch) -> None:
    """Gates passed are added and never rewritten."""
    monkeypatch.setattr(GateEvent, "appended", True)


@pytest.fixture
def approving(monkeypatch) -> None:
    """A discharge takes the right to approve."""
    codes = {"gate": ("discharged",)}
    monkeypatch.setattr(GateEvent, "approving", classmethod(lambda entity: codes))


def passed(gate: str, name: str = "passed", **more: object):
    values = {"case_id": ident("case of Abel"), "gate": gate, "date": "2026-11-20", **more}
    return create("gate_event", name, **values)


def rewritten(**values: object):
    return write("gate_event", "passed", **values)


def test_who_made_a_record_stands_in_it(programme):
    made = programme.rows["gate_event", PASSED].get("recorded_by")
    assert (who(made), name_of(made)) == (ident("awa"), "awa")


def test_nobody_signs_for_somebody_else(programme):
    forged = passed("screened", "forged", recorded_by=f"{ident('celine')} celine")
    programme.arrive("awa", forged)
    assert who(programme.rows["gate_event", ident("forged")].get("recorded_by")) == ident("awa")


def test_who_made_a_record_is_never_changed(programme):
    judged = programme.judge("celine", rewritten(recorded_by=f"{ident('celine')} celine"))
    assert judged.held.reason == "appended"
    assert programme.judge("celine", rewritten(recorded_by=None)).held.reason == "appended"


def test_nobody_behind_it_is_nobody():
    assert who(None) == who(" system") == ""
    assert name_of(" system") == "system"


@pytest.mark.usefixtures("appended")
def test_an_act_is_not_rewritten(programme):
    held = programme.judge("awa", rewritten(date="2026-11-01")).held
    assert held.reason == "appended"
    assert "Withdraw it" in held.sentence


@pytest.mark.usefixtures("appended")
def test_an_act_is_withdrawn_with_a_reason(programme):
    gone = rewritten(withdrawn_at="2026-11-22T10:00:00Z", withdrawn_reason="Another person")
    assert programme.arrive("awa", gone).outcome == "applied"
    assert programme.rows["gate_event", PASSED].get("withdrawn_reason") == "Another person"


@pytest.mark.usefixtures("appended")
def test_what_an_act_says_already_is_no_rewriting(programme):
    assert programme.judge("awa", rewritten(gate="presented")).held is None


@pytest.mark.usefixtures("approving")
def test_what_is_approved_takes_the_right_to_approve(programme):
    held = programme.judge("awa", passed("discharged", "out")).held
    assert (held.reason, held.sentence) == ("not-allowed", "You may not approve this.")
    assert programme.judge("awa", passed("screened", "seen")).held is None
    assert programme.judge("celine", passed("discharged", "out")).held is None


@pytest.mark.usefixtures("approving")
def test_nothing_is_changed_into_what_needs_approval(programme):
    assert programme.judge("awa", rewritten(gate="discharged")).held.reason == "not-allowed"
    assert programme.judge("celine", rewritten(gate="discharged")).held is None


@pytest.mark.usefixtures("approving")
def test_what_was_approved_is_not_approved_again_by_its_correction(programme):
    programme.arrive("celine", passed("discharged", "out"))
    corrected = write("gate_event", "out", gate="discharged", date="2026-11-19")
    assert programme.judge("awa", corrected).held is None
