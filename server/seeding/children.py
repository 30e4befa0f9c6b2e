"""Synthetic ways of children: arrival, care, the search for the family, decisions by two others, return."""

from collections.abc import Iterator

from schema.change import CREATE, Change
from server.seeding import places
from server.seeding.dice import TODAY, Dice, day

OFFICER, SECOND, THIRD = (f"Child-protection officer {n}" for n in range(1, 4))
CARED_FOR, TRACED, FOUND, DECIDED, RETURNED, VISITED = 85, 80, 60, 75, 80, 60
KIN = (("mother", 40.0), ("parents", 25.0), ("grandparent", 15.0), ("aunt-uncle", 20.0))
Acts = Iterator[tuple[str, str, list[Change]]]


def acts_of(seed: int, place: int, case: Change) -> Acts:
    """(key, who, changes) of what was done for a child, an act of one author each."""
    dice = Dice(seed, "child", place, place=place * 60_000 + 45_000)
    here = min(_day_of(case) + dice.whole(0, 20), TODAY.toordinal())
    yield "arrived", OFFICER, [_act(dice, case, "arrived", here)]
    if not dice.chance(CARED_FOR):
        return
    carer = {"organisation_id": dice.one(places.organisations()), "received_by": "Invented carer"}
    receipt = {"receipt": f"C-{dice.whole(0, 99_999):05}", "with_baby": True}
    here = _later(here, dice.whole(0, 3))
    yield "placed", OFFICER, [_act(dice, case, "placed", here, **carer, **receipt)]
    if dice.chance(TRACED):
        yield from _traced(dice, case, here)


def _traced(dice: Dice, case: Change, since: int) -> Acts:
    sought = {"kin": dice.weighed(KIN), "method": "visit"}
    opened = _made(dice, "tracing_act", case, since, act="opened", **sought)
    since = _later(since, dice.whole(3, 40))
    found = dice.chance(FOUND)
    said = _made(dice, "tracing_act", case, since, act="found" if found else "not-found", **sought)
    yield "traced", OFFICER, [opened, said]
    if not found:
        return
    since = _later(since, dice.whole(1, 10))
    verified = {"act": "verified", "verified_by": "both-tell", "family_agrees": True, **sought}
    yield "verified", SECOND, [_made(dice, "tracing_act", case, since, **verified)]
    if dice.chance(DECIDED):
        yield from _decided(dice, case, since)


def _decided(dice: Dice, case: Change, since: int) -> Acts:
    wants = {
        "child_said": "To go home.",
        "proposal": "The family is safe and takes the child back.",
    }
    proposal = _made(dice, "best_interest", case, since, about="reunification", **wants)
    yield "proposed", OFFICER, [proposal]
    for who in (SECOND, THIRD):
        given = {"best_interest_id": proposal.record, "opinion": "agreed", "date": day(since)}
        yield f"agreed by {who}", who, [Change(CREATE, "best_interest_opinion", dice.id(), given)]
    if not dice.chance(RETURNED):
        return
    since = _later(since, dice.whole(1, 15))
    yield "back", OFFICER, [_act(dice, case, "reunified", since, with_baby=True)]
    if dice.chance(VISITED):
        seen = _act(dice, case, "visited", _later(since, dice.whole(10, 60)), wellbeing="well")
        yield "visited", OFFICER, [seen]


def _day_of(case: Change) -> int:
    return TODAY.fromisoformat(str(case.values["opened_on"])).toordinal()


def _later(since: int, days: int) -> int:
    return min(since + days, TODAY.toordinal())


def _act(dice: Dice, case: Change, act: str, on: int, **values: object) -> Change:
    return _made(dice, "child_event", case, on, act=act, **values)


def _made(dice: Dice, noun: str, case: Change, on: int, **values: object) -> Change:
    return Change(CREATE, noun, dice.id(), {"case_id": case.record, "date": day(on), **values})
