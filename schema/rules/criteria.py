"""Criteria of an agreement: adopted whole, with an appeal in them, and never rewritten after that."""

from datetime import date

from schema.entities import BY_NOUN
from schema.record import Record, Working
from schema.rules.rule import FORBIDS, MARKS, YES, Answer, Rule, answer

ADOPTED = "adopted"
# What an agreement may still do with criteria in force: end them, and let another version follow.
_ENDED = ("valid_to",)
# The figures without which a criterion of a kind says nothing.
NEEDS: dict[str, tuple[str, ...]] = {
    "born-by": ("day",),
    "served-by": ("day",),
    "category": ("category",),
    "weapon": ("quantity",),
    "ammunition": ("quantity",),
    "ratio": ("quantity", "per"),
    "ceiling": ("quantity",),
}


def in_force(criteria_set: Record, on: str) -> bool:
    """Whether a set of criteria was in force on this day (ISO text)."""
    begins, ends = criteria_set.get("valid_from"), criteria_set.get("valid_to")
    adopted = criteria_set.get("state") == ADOPTED and not criteria_set.get("withdrawn_at")
    return adopted and bool(begins) and begins <= on and (not ends or on <= ends)


def criteria_of(set_id: str, work: Working) -> list[Record]:
    """The criteria of a set, in the order in which they were written."""
    found = (one for one in work.below("criterion", set_id) if not one.get("withdrawn_at"))
    return sorted(found, key=lambda one: (str(one.get("path")), one.id))


def lacking(criterion: Record) -> tuple[str, ...]:
    """The figures that a criterion of this kind needs and does not have."""
    needed = NEEDS.get(str(criterion.get("kind")), ())
    return tuple(name for name in needed if criterion.get(name) in (None, ""))


def _was_adopted(set_id: str, work: Working) -> bool:
    before = work.rows.find("criteria_set", set_id)
    return before is not None and before.get("state") == ADOPTED


def _set_stands(criteria_set: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*criteria_set.key)
    if before is None or before.get("state") != ADOPTED:
        return YES
    names = (n for n in BY_NOUN["criteria_set"].describe() if n not in _ENDED)
    return answer(all(before.get(name) == criteria_set.get(name) for name in names))


def _criterion_stands(criterion: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*criterion.key)
    homes = {one.get("criteria_set_id") for one in (before, criterion) if one}
    if before is not None and dict(before.values) == dict(criterion.values):
        return YES
    return answer(not any(home and _was_adopted(home, work) for home in homes))


def _adopted_whole(criteria_set: Record, work: Working, on: date) -> Answer:
    if criteria_set.get("state") != ADOPTED:
        return YES
    said = all(criteria_set.get(name) for name in ("valid_from", "appeal_days", "appeal_body"))
    criteria = criteria_of(criteria_set.id, work)
    return answer(said and bool(criteria) and not any(lacking(one) for one in criteria))


def _says_its_figures(criterion: Record, work: Working, on: date) -> Answer:
    return answer(not lacking(criterion))


RULES = (
    Rule(
        "adopted-criteria-stand",
        "criteria_set",
        FORBIDS,
        "Adopted criteria are not rewritten: make a new version.",
        "IDDRS 4.20, eligibility; domain 1.4",
        _set_stands,
    ),
    Rule(
        "adopted-criterion-stands",
        "criterion",
        FORBIDS,
        "Criteria that were adopted are not rewritten: make a new version.",
        "IDDRS 4.20, eligibility; domain 1.4",
        _criterion_stands,
    ),
    Rule(
        "criteria-adopted-whole",
        "criteria_set",
        FORBIDS,
        "Criteria are adopted with a first day, with their figures, and with an appeal: who hears it, "
        "and how many days there are.",
        "IDDRS 4.20, eligibility; red line 5",
        _adopted_whole,
    ),
    Rule(
        "criterion-says-its-figures",
        "criterion",
        MARKS,
        "This kind of criterion needs a date, a number or a category that is missing.",
        "Domain 1.4",
        _says_its_figures,
    ),
)
