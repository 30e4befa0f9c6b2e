"""Cards: which is for whom, that there is one, and why one ends."""

from datetime import date

from schema.cards import CHILD, RELEASE
from schema.codes_cards import ENDS
from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, YES, Answer, Rule, answer

_BY_DECISION = ("replaced", "cancelled")


def _of_its_process(card: Record, work: Working, on: date) -> Answer:
    """A card that was made before a child was recognised stays recorded; it is void."""
    if card.version_of("kind")[0] < card.ver or card.get("withdrawn_at"):
        return YES
    case = work.find("case", str(card.get("case_id")))
    if case is None:
        return Answer(CANNOT_TELL, (str(card.get("case_id")),))
    return answer((case.compartment == CHILD) == (card.get("kind") == RELEASE))


def _only_one(card: Record, work: Working, on: date) -> Answer:
    """Another one that nothing has ended is in somebody's hands."""
    others = [
        one
        for one in work.below("card", str(card.get("case_id")))
        if one.id != card.id and one.get("kind") == card.get("kind") and not _ended(one, work)
    ]
    return answer(not others or _ended(card, work))


def _ended(card: Record, work: Working) -> bool:
    if card.get("withdrawn_at"):
        return True
    found = work.below("card_event", card.id)
    return any(one.get("event") in ENDS and not one.get("withdrawn_at") for one in found)


def _says_why(event: Record, work: Working, on: date) -> Answer:
    why = str(event.get("reason") or "").strip()
    return answer(event.get("event") not in _BY_DECISION or bool(why))


RULES = (
    Rule(
        "card-of-its-process",
        "card",
        FORBIDS,
        "A child is given a release paper, and nobody else is; an adult is given a card or a slip.",
        "IDDRS 5.20; domain 1.6",
        _of_its_process,
    ),
    Rule(
        "card-is-the-only-one",
        "card",
        MARKS,
        "The person has another card that was not reported lost, replaced or cancelled.",
        "IDDRS 4.20; domain 1.6",
        _only_one,
    ),
    Rule(
        "card-ends-for-a-reason",
        "card_event",
        FORBIDS,
        "A card is replaced or cancelled for a reason that the person can be told.",
        "Red line 5: a named person, a reason, an appeal",
        _says_why,
    ),
)
