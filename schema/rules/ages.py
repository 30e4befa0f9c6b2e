"""Ages of children: assessed with assent, decided by two, and 18 takes nobody out of a sealed file."""

from datetime import date

from schema.dates import ADULT_AGE, youngest_age
from schema.record import Record, Working
from schema.rules.best_interest import approved, standing
from schema.rules.decisions import for_new
from schema.rules.rule import CANNOT_TELL, FORBIDS, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD, is_child


def _grown_and_willing(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != "transition":
        return YES
    person = _person_of(event, work)
    if person is None:
        return Answer(CANNOT_TELL, ("person_id",))
    age = youngest_age(person.get("birth_date"), person.get("birth_date_precision"), on)
    return answer(bool(event.get("consent")) and age is not None and age >= ADULT_AGE)


def _file_of_its_own(event: Record, work: Working, on: date) -> Answer:
    other = str(event.get("adult_number") or "")
    if not other:
        return YES
    person = _person_of(event, work)
    mine = str(person.get("number") if person else "")
    return answer(event.get("act") == "transition" and _bare(other) != _bare(mine))


def _bare(number: str) -> str:
    return "".join(letter for letter in number.upper() if letter.isalnum())


def _person_of(record: Record, work: Working) -> Record | None:
    case = work.find("case", str(record.get("case_id")))
    return work.find("person", str(case.get("person_id"))) if case else None


def _adult_by_two(person: Record, work: Working, on: date) -> Answer:
    """Nobody takes a child out of the child process alone."""
    before = work.rows.find(*person.key)
    if person.get("age_decision") != "adult" or (before and before.get("age_decision") == "adult"):
        return YES
    if (before or person).compartment != CHILD and not is_child(_undecided(person), work, on):
        return YES
    cases = [case.id for case in work.below("case", person.id)]
    return answer(
        any(approved("age", case_id, work) for case_id in cases)
        and not any(_may_be_young(case_id, work) for case_id in cases)
    )


def _undecided(person: Record) -> Record:
    return person.but(values={**person.values, "age_decision": None})


def _may_be_young(case_id: str, work: Working) -> bool:
    """Whether the last assessment allows an age under 18: the benefit of the doubt is theirs."""
    found = [one.get("youngest") for one in standing("age_assessment", case_id, work)]
    known = [age for age in found if age is not None]
    return bool(known) and known[-1] < ADULT_AGE


def _with_assent(assessment: Record, work: Working, on: date) -> Answer:
    found = (assessment.get(name) for name in ("how", "youngest", "oldest"))
    return answer(assessment.get("assent") != "refused" or not any(v is not None for v in found))


def _span(assessment: Record, work: Working, on: date) -> Answer:
    youngest, oldest = assessment.get("youngest"), assessment.get("oldest")
    return answer(youngest is None or oldest is None or youngest <= oldest)


_IDDRS = "IDDRS 5.20"
RULES = (
    Rule(
        "transition-at-18-and-agreed",
        "child_event",
        FORBIDS,
        "Who goes on as an adult is 18 by their youngest possible age, and agrees to it.",
        f"{_IDDRS}; domain rule C8",
        for_new(_grown_and_willing),
    ),
    Rule(
        "adult-file-of-its-own",
        "child_event",
        FORBIDS,
        "The file as an adult is a new registration; what is on this one stays sealed.",
        f"{_IDDRS}; domain rule C8",
        for_new(_file_of_its_own),
    ),
    Rule(
        "adult-by-two",
        "person",
        FORBIDS,
        "Nobody alone finds that a child is an adult: two people agree to a best-interest decision on the "
        "age, and no assessment allows an age under 18.",
        f"{_IDDRS}; domain rule C1",
        _adult_by_two,
    ),
    Rule(
        "assessed-with-assent",
        "age_assessment",
        FORBIDS,
        "Nobody's age is assessed who does not agree to it. That they did not is recorded, and no more.",
        f"{_IDDRS}; domain rule C1",
        for_new(_with_assent),
    ),
    Rule(
        "ages-in-order",
        "age_assessment",
        FORBIDS,
        "The youngest age is not above the oldest.",
        "Data quality",
        for_new(_span),
    ),
)
