"""What should be there, what should not be there twice, and what is kept for ever."""

from datetime import date
from functools import cache

from schema.entities import BY_NOUN
from schema.record import Record, Working
from schema.rules.rule import BROKEN, FORBIDS, MARKS, YES, Answer, Rule, answer

# Repeated, these mark both records: a laptop that was offline could not know of the other.
UNIQUE = {
    "person": "number",
    "area": "pcode",
    "caseload": "code",
    "store": "code",
    "organisation": "code",
    "card": "token",
}
REPEATS = ("number-in-one-batch", "code-once", "serial-once", "phone-once", "wallet-once")


@cache
def _required(noun: str) -> tuple[str, ...]:
    return tuple(n for n, field in BY_NOUN[noun].describe().items() if field.about.required)


def _complete(record: Record, work: Working, on: date) -> Answer:
    missing = [n for n in _required(record.entity) if record.get(n) in (None, "")]
    return Answer(BROKEN, tuple(missing)) if missing else YES


def _unique(record: Record, work: Working, on: date) -> Answer:
    name = UNIQUE.get(record.entity)
    if not name or not record.get(name):
        return YES
    return answer(not work.alike(record.entity, name, record.get(name)) - {record.id})


def _serial_once(weapon: Record, work: Working, on: date) -> Answer:
    serial = weapon.get("serial")
    if not serial or weapon.get("serial_state") not in (None, "legible"):
        return YES
    others = work.alike("weapon", "serial", serial) - {weapon.id}
    found = (work.find("weapon", other) for other in others)
    return answer(not any(o and o.get("type") == weapon.get("type") for o in found))


def _number_kept(person: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*person.key)
    printed = before.get("number") if before else None
    return answer(printed in (None, person.get("number")))


RULES = (
    Rule(
        "complete",
        "*",
        MARKS,
        "Something required is missing.",
        "IDDRS 4.20, minimum set",
        _complete,
    ),
    Rule(
        "code-once",
        "*",
        MARKS,
        "Another record has the same number or code.",
        "Data quality",
        _unique,
    ),
    Rule(
        "serial-once",
        "weapon",
        MARKS,
        "Another weapon of this type has the same serial number.",
        "MOSAIC 05.30; domain 2.1",
        _serial_once,
    ),
    Rule(
        "number-kept",
        "person",
        FORBIDS,
        "A printed number is kept for ever.",
        "IDDRS 4.20, registration",
        _number_kept,
    ),
)
