"""People, weapons and money beside each other: what agrees is counted, what does not is named."""

import csv
from io import StringIO

import pytest

from schema.change import Change
from schema.policy import EVERYWHERE, Grant, Sight
from schema.problems import NotFound
from server.actor import Actor
from server.exports import taking
from server.exports.three_way import (
    FOR_TWO,
    NOT_DISCHARGED,
    NOT_ELIGIBLE,
    TWICE,
    Dossier,
    Payment,
    mismatches,
)
from tests.schema.programme import create, ident, weapon
from tests.server.exports.passage import CELINE, Passage, text_of

PAYER = Actor(ident("Payer"), "Payer", Sight.of([Grant("payment-officer", EVERYWHERE)]))


def lines() -> list[list[str]]:
    """The report as the manager takes it, without its two heads."""
    text = text_of("three-way", "", CELINE)
    return list(csv.reader(StringIO(text, newline="")))[2:]


def counted(found: list[list[str]]) -> dict[str, str]:
    return {line: number for part, line, _, _, number, *_ in found if part != "mismatch"}


def paid_person(passage: Passage) -> str:
    """Somebody who was found eligible, gave a weapon, was discharged and paid one instalment."""
    (name,) = passage.pass_gate(1, gates=("disarmed", "discharged"))
    case_id = ident(f"case of {name}")
    passed = {"case_id": case_id, "gate": "screened", "date": "2024-01-15"}
    passage.arrive(create("gate_event", f"in {name}", **passed, reason="eligible"))
    arrive(passage, "awa", weapon(f"gun of {name}", case_id=case_id, serial_state="none"))
    said = {"code": f"P{name}", "name": "…", "state": "draft", "modality": "cash"}
    passage.arrive(create("package", f"P {name}", **said))
    entitled = {"case_id": case_id, "package_id": ident(f"P {name}"), "counts_from": "2024-01-20"}
    due = {"number": 1, "amount": 500, "currency": "XOF", "due_date": "2024-02-01"}
    arrive(passage, "fatou", create("entitlement", f"E {name}", **entitled))
    of = {"entitlement_id": ident(f"E {name}"), "modality": "cash"}
    arrive(passage, "fatou", create("instalment", f"I {name}", **of, **due))
    for who, event in (("issa", "authorised"), ("joy", "authorised"), ("george", "paid")):
        happened = {"instalment_id": ident(f"I {name}"), "event": event, "date": "2024-02-01"}
        arrive(passage, who, create("payment_event", f"{event} by {who} {name}", **happened))
    return name


def arrive(passage: Passage, who: str, *changes: Change) -> None:
    judged = passage.programme.arrive(who, *changes)
    assert judged.held is None, judged.held


def test_three_books_that_agree_come_to_the_same_and_nothing_is_named(passage: Passage) -> None:
    paid_person(passage)
    paid_person(passage)
    found = lines()
    figures = counted(found)
    assert {figures[line] for line in ("eligible", "disarmed", "discharged")} == {"2"}
    assert figures["weapons that count"] == figures["instalments paid"] == "2"
    assert [line[5] for line in found if line[0] == "money"] == ["1000"]
    assert not [line for line in found if line[0] == "mismatch"]


def test_who_was_paid_and_whose_discharge_was_withdrawn_is_named_by_number_alone(
    passage: Passage,
) -> None:
    name = paid_person(passage)
    gone = {"withdrawn_at": "2024-03-01T10:00:00Z", "withdrawn_reason": "Never left"}
    passage.change("gate_event", f"discharged of {name}", **gone)
    (odd,) = [line for line in lines() if line[0] == "mismatch"]
    assert odd[1] == NOT_DISCHARGED
    number = passage.programme.rows["person", ident(name)].get("number")
    assert odd[6] == number
    assert name not in text_of("three-way", "", CELINE)


def test_money_that_came_back_is_not_counted_as_paid(passage: Passage) -> None:
    name = paid_person(passage)
    back = {"instalment_id": ident(f"I {name}"), "event": "returned", "date": "2024-02-02"}
    arrive(passage, "george", create("payment_event", "back", **back, reason="Not there"))
    assert "instalments paid" not in counted(lines())


def test_it_is_the_same_as_of_an_earlier_number_whatever_came_since(passage: Passage) -> None:
    name = paid_person(passage)
    before = str(passage.programme.n)
    first = text_of("three-way", before, CELINE)
    passage.change("person", name, may_be_under_18=True)
    assert text_of("three-way", before, CELINE) == first


def test_a_child_that_is_recognised_late_is_on_no_line(passage: Passage) -> None:
    name = paid_person(passage)
    passage.change("person", name, may_be_under_18=True)
    assert lines() == []


def test_who_pays_takes_no_such_report(passage: Passage) -> None:
    with pytest.raises(NotFound):
        taking.named("three-way", PAYER.sight)


def test_each_mismatch_is_named() -> None:
    early = Payment(("P", 1), "2024-01-01", 5, "XOF")
    twin = Payment(("P", 1), "2024-02-01", 5, "XOF")
    gates = {"eligible": "2024-01-15", "discharged": "2024-01-15"}
    first = Dossier("AAA", "C1", gates, {"gun"}, [early, twin])
    other = Dossier("BBB", "C1", {}, {"gun"}, [])
    named = {(line[1], line[6]) for line in mismatches({"1": first, "2": other})}
    assert named == {
        (NOT_ELIGIBLE, "AAA"),
        (NOT_DISCHARGED, "AAA"),
        (TWICE, "AAA"),
        (FOR_TWO, "AAA"),
        (FOR_TWO, "BBB"),
    }


def test_an_instalment_paid_twice_in_its_own_books_is_named_too() -> None:
    gates = {"eligible": "2024-01-15", "discharged": "2024-01-15"}
    twice = Payment(("P", 1), "2024-02-01", 5, "XOF", times=2)
    (odd,) = mismatches({"1": Dossier("AAA", "C1", gates, set(), [twice])})
    assert odd[1] == TWICE
