"""Numbered forms: none twice, none of nowhere, none that was missing, and one of a kind for one person."""

from datetime import date

from schema.numbered import counted, is_within, numbers_of, size, values_of
from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, MARKS, YES, Answer, Rule, answer

# Of these a person has one; receipts and tags are as many as what was handed in.
ONE_OF_EACH = ("registration", "card", "certificate", "release")


def _has_numbers(batch: Record, work: Working, on: date) -> Answer:
    return answer(size(batch.values) > 0)


def _in_one_batch(batch: Record, work: Working, on: date) -> Answer:
    """No number of a series is in two batches, at whichever site."""
    if not size(batch.values) or batch.get("withdrawn_at"):
        return YES
    others = work.alike("form_stock", "series", batch.get("series")) - {batch.id}
    found = (work.find("form_stock", one) for one in others)
    return answer(not any(one and _overlaps(batch, one) for one in found))


def _overlaps(batch: Record, other: Record) -> bool:
    if (
        other.get("withdrawn_at")
        or other.get("kind") != batch.get("kind")
        or not size(other.values)
    ):
        return False
    first, last = batch.get("first_number"), batch.get("last_number")
    return bool(other.get("first_number") <= last and first <= other.get("last_number"))


def _of_the_batch(event: Record, work: Working, on: date) -> Answer:
    batch = work.find("form_stock", str(event.get("form_stock_id")))
    if batch is None:
        return Answer(CANNOT_TELL, (str(event.get("form_stock_id")),))
    return answer(is_within(batch.values, event.values))


def _fits(event: Record, work: Working, on: date) -> Answer:
    """Whether each number was where this event found it, and all others are where theirs found them with it."""
    batch = work.find("form_stock", str(event.get("form_stock_id")))
    if batch is None:
        return Answer(CANNOT_TELL, (str(event.get("form_stock_id")),))
    if event.get("withdrawn_at") or not is_within(batch.values, event.values):
        return YES
    near = [one for one in work.below("form_event", batch.id) if _touches(one, event)]
    seen = {one.id: values_of(one) for one in [*near, event]}
    odd = counted(batch.values, seen.values()).odd
    without = (values for one, values in seen.items() if one != event.id)
    return answer(event.id not in odd and not odd - counted(batch.values, without).odd)


def _touches(one: Record, event: Record) -> bool:
    mine, theirs = numbers_of(event.values), numbers_of(one.values)
    if mine is None or theirs is None:
        return False
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


def _one_of_a_kind(event: Record, work: Working, on: date) -> Answer:
    """Liberia: one person came by several forms, and with them several times through the programme."""
    case_id, kind = event.get("case_id"), _kind(event, work)
    if not case_id or event.get("event") != "used" or kind not in ONE_OF_EACH:
        return YES
    others = work.alike("form_event", "case_id", case_id) - {event.id}
    found = (work.find("form_event", one) for one in others)
    return answer(not any(one and _used_so(one, kind, work) for one in found))


def _used_so(other: Record, kind: str, work: Working) -> bool:
    used = other.get("event") == "used" and not other.get("withdrawn_at")
    return used and _kind(other, work) == kind


def _kind(event: Record, work: Working) -> str:
    batch = work.find("form_stock", str(event.get("form_stock_id")))
    return str(batch.get("kind")) if batch else ""


_LESSON = "Domain 1.11, paper form register (Liberia)"
RULES = (
    Rule(
        "batch-has-numbers",
        "form_stock",
        MARKS,
        "A batch runs from a number to the same or a higher one, and has at most a million.",
        _LESSON,
        _has_numbers,
    ),
    Rule(
        "number-in-one-batch",
        "form_stock",
        MARKS,
        "Another batch of this kind and series has some of the same numbers.",
        _LESSON,
        _in_one_batch,
    ),
    Rule(
        "form-of-its-batch",
        "form_event",
        MARKS,
        "These numbers are not, or not all, of this batch.",
        _LESSON,
        _of_the_batch,
    ),
    Rule(
        "form-was-there",
        "form_event",
        MARKS,
        "A form is used twice, or after it was spoiled or reported missing, or was not where it is said to be.",
        _LESSON,
        _fits,
    ),
    Rule(
        "one-form-of-a-kind",
        "form_event",
        MARKS,
        "This person already has a form of this kind.",
        _LESSON,
        _one_of_a_kind,
    ),
)
