"""The list of cases: row by row, of one's own scopes, and nobody of the child process."""

import csv
from io import StringIO

import pytest

from schema.policy import Grant, Sight
from schema.problems import BadValue, NotFound
from server.actor import Actor
from server.exports import taking
from tests.schema.programme import A, B, ident
from tests.server.exports.passage import CELINE, DARIO, Passage, text_of

HERE = Actor(ident("Here"), "Here", Sight.of([Grant("programme-manager", A)]))
AWA = Actor(ident("Awa"), "Awa", Sight.of([Grant("field-officer", A)]))


def listed(who: Actor = CELINE) -> list[dict[str, str]]:
    rows = list(csv.reader(StringIO(text_of("case-list", who=who), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def test_a_row_holds_what_a_working_list_needs(passage: Passage) -> None:
    passage.pass_gate(1, phone="+999 55 1234", alias="Falcon")
    [row] = listed()
    assert {name: row[name] for name in ("Name", "Sex", "Process", "Gate", "Caseload")} == {
        "Name": "Invented 1",
        "Sex": "male",
        "Process": "adult",
        "Gate": "registered",
        "Caseload": "A",
    }
    assert int(row["Age"]) >= 30
    assert row["Area, P-code"] == "XA0101"
    assert "Falcon" not in "".join(row.values())
    assert "1995" not in "".join(row.values())


def test_only_the_cases_of_ones_own_scopes_are_listed(passage: Passage) -> None:
    passage.pass_gate(2)
    passage.pass_gate(3, caseload_id=B)
    assert [row["Caseload"] for row in listed(HERE)] == ["A", "A"]
    assert len(listed(CELINE)) == 5


def test_nobody_of_the_child_process_is_listed(passage: Passage) -> None:
    names = passage.pass_gate(2)
    passage.pass_gate(1, born="2014-05-01")
    passage.change("person", names[1], may_be_under_18=True)
    assert [row["Name"] for row in listed()] == [names[0]]


def test_what_is_withdrawn_is_not_listed(passage: Passage) -> None:
    names = passage.pass_gate(3)
    said = {"withdrawn_at": "2024-01-15T10:00:00Z", "withdrawn_reason": "entered twice"}
    passage.change("case", f"case of {names[0]}", **said)
    passage.change("person", names[1], **said)
    assert [row["Name"] for row in listed()] == [names[2]]


def test_a_name_that_a_spreadsheet_would_run_does_not_run(passage: Passage) -> None:
    [name] = passage.pass_gate(1)
    passage.change("person", name, name="=HYPERLINK(1)")
    assert listed()[0]["Name"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("who", [DARIO, AWA], ids=lambda who: who.name)
def test_for_who_may_not_export_cases_there_is_no_such_report(who: Actor) -> None:
    with pytest.raises(NotFound):
        taking.named("case-list", who.sight)


def test_it_is_not_made_as_of_an_earlier_change(passage: Passage) -> None:
    passage.pass_gate(1)
    with pytest.raises(BadValue):
        text_of("case-list", str(passage.programme.n), CELINE)
