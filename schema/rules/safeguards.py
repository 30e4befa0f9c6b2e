"""Children: no weapon, no military questions, no adult lists (IDDRS 5.20; domain rules C1 to C5)."""

from datetime import date

from schema.dates import ADULT_AGE, may_be_child
from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer

CHILD = "child"
# The fields of a decision on age; only who approves in ``child`` writes them.
DECISION = ("age_decision", "age_decision_reason")


def is_child(person: Record, work: Working, on: date) -> bool:
    """Whether the person belongs to the child process, decided or provisionally.

    Once there, birthdays and later dates of birth do not take a person out: only a decision does.
    """
    if any(case.get("process") == CHILD for case in work.below("case", person.id)):
        return True
    if person.get("age_decision"):
        return bool(person.get("age_decision") == CHILD)
    if person.compartment == CHILD or person.get("may_be_under_18"):
        return True
    return may_be_child(person.get("birth_date"), person.get("birth_date_precision"), on)


def claims_a_child(record: Record) -> bool:
    """Whether a name on an armed group's list is said to be a child's: the benefit of the doubt is theirs."""
    age = record.get("claimed_age") if record.entity == "roster_entry" else None
    return age is not None and int(age) < ADULT_AGE


def _said_before(record: Record, name: str) -> bool:
    """Whether this act leaves the field as it was.

    What was recorded before a child was recognised stays, a background sealed with the child; and who
    corrects the weapon is not told whose it was.
    """
    return record.version_of(name)[0] < record.ver


def _no_weapon(weapon: Record, work: Working, on: date) -> Answer:
    if not weapon.get("case_id") or _said_before(weapon, "case_id"):
        return YES
    case = work.find("case", weapon.get("case_id"))
    if case is None:
        return Answer(CANNOT_TELL, (weapon.get("case_id"),))
    return answer(case.compartment != CHILD)


def _no_background(background: Record, work: Working, on: date) -> Answer:
    if _said_before(background, "case_id"):
        return YES
    case = work.find("case", background.get("case_id") or "")
    if case is None:
        return Answer(CANNOT_TELL, (background.get("case_id") or "case_id",))
    return answer(case.compartment != CHILD)


def _age_known(person: Record, work: Working, on: date) -> Answer:
    if person.get("birth_date") or person.get("age_decision"):
        return YES
    return Answer(CANNOT_TELL, ("birth_date",))


def _decided_with_a_reason(person: Record, work: Working, on: date) -> Answer:
    if not person.get("age_decision") or all(_said_before(person, name) for name in DECISION):
        return YES
    return answer(bool((person.get("age_decision_reason") or "").strip()))


def _born_by_now(person: Record, work: Working, on: date) -> Answer:
    born = person.get("birth_date")
    return answer(not born or born <= on.isoformat())


def _not_older_than_anyone(person: Record, work: Working, on: date) -> Answer:
    born = person.get("birth_date")
    return NO if born and int(born[:4]) < on.year - 110 else YES


RULES = (
    Rule(
        "child-hands-in-no-weapon",
        "weapon",
        FORBIDS,
        "No weapon is recorded for somebody who is, or may be, a child.",
        "IDDRS 5.20; domain rules C2, C3",
        _no_weapon,
    ),
    Rule(
        "child-gives-no-name-for-arms",
        "hand_in",
        FORBIDS,
        "No hand-in names somebody who is, or may be, a child: the source is protected.",
        "IDDRS 5.20; domain rules C2, C3",
        _no_weapon,
    ),
    Rule(
        "child-is-asked-nothing-military",
        "background",
        FORBIDS,
        "A child is not asked about an armed group.",
        "IDDRS 5.20; domain rule C5",
        _no_background,
    ),
    Rule(
        "age-decision-says-why",
        "person",
        FORBIDS,
        "A decision on age says why.",
        "IDDRS 5.20; domain rule C1: a named person, a reason, an appeal",
        _decided_with_a_reason,
    ),
    Rule(
        "age-is-known",
        "person",
        MARKS,
        "The date of birth is missing, so the age cannot be told.",
        "IDDRS 5.20; domain rule C1",
        _age_known,
    ),
    Rule(
        "born-by-now",
        "person",
        MARKS,
        "The date of birth lies ahead.",
        "Data quality",
        _born_by_now,
    ),
    Rule(
        "age-is-likely",
        "person",
        MARKS,
        "The person would be over 110 years old.",
        "Data quality",
        _not_older_than_anyone,
    ),
)
