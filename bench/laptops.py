"""A caseload of people and a laptop enrolled for it, against a served registry."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from field_client import enrolment
from field_client.home import Unlocked
from schema.change import Change, Source, Unit
from schema.ids import derived_id, new_number
from server import accounts, apply, devices
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing

PASSPHRASE = "five rivers meet here"
EMAIL = "awa@example.org"
CASELOAD = derived_id("bench", "caseload")
SAFE_CONTACT = "In the morning, at the market, and never at home"
EACH = 4  # records a person: person, case, gate event, service


def people(count: int) -> None:
    """So many people with a case, a gate event and a service each, in one caseload."""
    place = Change("create", "caseload", CASELOAD, {"code": "A", "name": "A"})
    write([("places", (place,))])
    write([(f"p{number}", tuple(recorded(number))) for number in range(count)])


def write(units: Sequence[tuple[str, tuple[Change, ...]]]) -> None:
    """Write Units through the one write path."""
    may = SYSTEM.sight.may
    arrivings = [
        apply.Arriving(
            Unit(derived_id("bench", "unit", key), 0, "said", changes),
            Source("i:bench", key, by="system"),
            may,
            may,
            date(2026, 11, 22),
        )
        for key, changes in units
    ]
    outcomes = apply.in_chunks(arrivings, lambda conn, part, became: None)
    assert {outcome.outcome for outcome in outcomes} <= {"applied", "merged"}


def person_id(number: int) -> str:
    """The id of a person of the caseload."""
    return derived_id("bench", "person", number)


def recorded(number: int) -> Iterator[Change]:
    """A person with a case, a gate event and a service."""
    person, case = person_id(number), derived_id("bench", "case", number)
    said = {
        "number": new_number(),
        "name": f"Person {number}",
        "mother_name": f"Mother {number}",
        "sex": ("male", "female")[number % 3 == 0],
        "birth_date": f"{1970 + number % 30}-05-01",
        "birth_date_precision": "day",
        "phone": f"+000 {number:07}",
        "safe_contact": SAFE_CONTACT,
        "caseload_id": CASELOAD,
    }
    yield Change("create", "person", person, said)
    opened = {
        "person_id": person,
        "caseload_id": CASELOAD,
        "process": "adult",
        "category": "combatant",
    }
    yield Change("create", "case", case, opened)
    passed = {"case_id": case, "gate": "registered", "date": "2026-10-01"}
    yield Change("create", "gate_event", derived_id("bench", "gate", number), passed)
    service = {"case_id": case, "type": "TVT", "start_date": "2026-10-15"}
    yield Change("create", "service", derived_id("bench", "service", number), service)


def code() -> str:
    """An officer for the caseload, and a one-time code for a laptop."""
    with writing() as conn:
        account = accounts.add_account(conn, SYSTEM, EMAIL, "Awa", PASSPHRASE)
        accounts.grant(conn, SYSTEM, account, "field-officer", Place("scope", CASELOAD))
    return another_code()


def another_code() -> str:
    """A code for another laptop of that officer."""
    with writing() as conn:
        return devices.make_code(conn, SYSTEM, EMAIL)


def enrolled(folder: Path, address: str, one_time: str) -> Unlocked:
    """A laptop that has joined and has not synced."""
    return enrolment.enrol(folder / "laptop", address, one_time, PASSPHRASE)
