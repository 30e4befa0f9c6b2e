"""Synthetic cards: given when somebody is registered, a few lost and replaced."""

from collections.abc import Iterator, Sequence

from schema.change import CREATE, Change
from server.seeding.dice import Dice

OFFICER = "Registration officer"
REPLACED = 6
Acts = Iterator[tuple[str, str, list[Change]]]


def acts_of(seed: int, place: int, changes: Sequence[Change]) -> Acts:
    """(key, who, changes) of what somebody was given to be known by."""
    gates = {
        str(c.values["gate"]): str(c.values["date"]) for c in changes if c.entity == "gate_event"
    }
    case = next(change for change in changes if change.entity == "case")
    if "registered" not in gates:
        return
    dice = Dice(seed, "cards", place, place=place * 60_000 + 52_000)
    child = case.values["process"] == "child"
    kind, day = "release" if child else "card", gates["registered"]
    first = _card(dice, case, kind, day)
    yield "card", OFFICER, [first, _became(dice, first, "issued", day)]
    if dice.chance(REPLACED):
        lost = _became(dice, first, "replaced", day, reason="Lost on the way")
        yield "card again", OFFICER, [lost, _card(dice, case, kind, day)]


def _card(dice: Dice, case: Change, kind: str, day: str) -> Change:
    numbers = {"number": dice.number(), "token": dice.number()}
    said = {"case_id": case.record, "kind": kind, "issued_on": day, **numbers}
    return Change(CREATE, "card", dice.id(), said)


def _became(dice: Dice, card: Change, event: str, day: str, **more: str) -> Change:
    said = {"card_id": card.record, "event": event, "date": day, **more}
    return Change(CREATE, "card_event", dice.id(), said)
