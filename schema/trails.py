"""The trail of a weapon or lot: its events done one after the other, in whichever order they fit."""

from collections.abc import Callable, Iterable

from schema.custody import (
    COMES,
    EARLY,
    ELSEWHERE,
    ENDS,
    ENTRIES,
    FROM_LOT,
    IN_TRANSIT,
    LIVE,
    MISSING,
    NO_TYPE,
    NOT_HELD,
    OVER,
    RECLASSIFIED,
    STORED,
    TAKEN_OUT,
    TO_LOT,
    TWICE,
    UNSENT,
    Item,
    Place,
    Step,
    Trail,
    in_order,
)


def trail(item: Item, on: str = "9999-12-31") -> Trail:
    """The item as its events up to and on this day leave it."""
    found = Trail(item)
    steps = sorted((s for s in _with_entry(item) if s.date <= on), key=in_order)
    late: list[Step] = []
    for day in dict.fromkeys(step.date for step in steps):
        todays = [step for step in steps if step.date == day]
        late = _through(found, todays, late)
    for step in late:
        found.name(UNSENT, step)
    return found


def _with_entry(item: Item) -> tuple[Step, ...]:
    """Its events; first, where none says that it was received, that it was written down."""
    if not item.implied or any(step.event in ENTRIES for step in item.steps):
        return item.steps
    there = sorted((s for s in item.steps if s.store and s.event not in COMES), key=in_order)
    first = min((step.date for step in item.steps), default=item.day)
    day = min(item.day or first, first)
    written = Step("", day, ENTRIES[0], item.implied, there[0].store if there else item.store)
    return (written, *item.steps)


def _through(found: Trail, todays: list[Step], late: list[Step]) -> list[Step]:
    """Do a day's events in whichever order they fit; the arrivals that still wait for their dispatch."""
    left = [*late, *todays]
    while done := next((step for step in left if not _done(found, step)), None):
        left.remove(done)
        if done in late:
            found.name(EARLY, done)
    for step in left:
        if step.event != "moved-in":
            found.name(_done(found, step), step)
    return [step for step in left if step.event == "moved-in"]


def _done(found: Trail, step: Step) -> str:
    """Do one event; "" when it fitted, else why it does not, with nothing done."""
    act = _ACTS.get(step.event)
    return act(found, step) if act else ""


def _enters(found: Trail, step: Step) -> str:
    if found.flows or found.held:
        return TWICE
    found.enter(step.event, step.store or found.store, step.quantity or found.item.implied or 1)
    return ""


def _from_lot(found: Trail, step: Step) -> str:
    found.enter(FROM_LOT, step.store or found.store, step.quantity)
    found.pairs.append((step.beside, found.item.id, step.id, step.quantity))
    return ""


def _to_lot(found: Trail, step: Step) -> str:
    place = found.found((STORED,), step.store, step.quantity)
    if place is None:
        return _why(found, step, (STORED,))
    much = step.quantity or found.held[place]
    found.leave(place, much, TO_LOT)
    found.pairs.append((found.item.id, step.beside, step.id, -much))
    return ""


def _recovered(found: Trail, step: Step) -> str:
    place = found.found((MISSING,), "", step.quantity)
    if place is None:
        return NOT_HELD
    found.enter("recovered", step.store or place[1], found.take(place, step.quantity))
    return ""


def _lost(found: Trail, step: Step) -> str:
    place = found.found(LIVE, step.store, step.quantity)
    if place is None:
        return _why(found, step, LIVE)
    much = step.quantity or found.held[place]
    found.flows[MISSING, place[1], place[2]] += much
    found.shift(place, much, MISSING)
    return ""


def _returned(found: Trail, step: Step) -> str:
    place = found.found((TAKEN_OUT,), step.store, step.quantity)
    if place is None:
        return _why(found, step, (TAKEN_OUT,))
    much = step.quantity or found.held[place]
    found.flows["returned", place[1], place[2]] += much
    found.shift(place, much, STORED)
    return ""


def _reclassified(found: Trail, step: Step) -> str:
    if not step.kind:
        return NO_TYPE
    if not found.quantity:
        return _why(found, step, LIVE)
    found.become(step.kind)
    return ""


def _from(
    *states: str,
) -> Callable[[Callable[[Trail, Place, Step], None]], Callable[[Trail, Step], str]]:
    """What is done where so much is held in one of these states, and nothing where it is not."""

    def acting(act: Callable[[Trail, Place, Step], None]) -> Callable[[Trail, Step], str]:
        def done(found: Trail, step: Step) -> str:
            place = found.found(states, "" if IN_TRANSIT in states else step.store, step.quantity)
            if place is None:
                return _why(found, step, states)
            act(found, place, step)
            return ""

        return done

    return acting


def _why(found: Trail, step: Step, states: Iterable[str]) -> str:
    """Why an event finds nothing to act on in these states."""
    if not found.quantity and found.state in (*ENDS, TO_LOT):
        return OVER
    return ELSEWHERE if step.store and found.found(states, "", step.quantity) else NOT_HELD


_ACTS: dict[str, Callable[[Trail, Step], str]] = {
    **dict.fromkeys(ENTRIES, _enters),
    FROM_LOT: _from_lot,
    TO_LOT: _to_lot,
    "recovered": _recovered,
    "lost": _lost,
    "returned": _returned,
    RECLASSIFIED: _reclassified,
    "moved-out": _from(STORED)(
        lambda found, at, step: found.send(at, step.quantity, step.to_store)
    ),
    "moved-in": _from(IN_TRANSIT)(
        lambda found, at, step: found.arrive(at, step.quantity, step.store)
    ),
    "taken-out": _from(STORED)(lambda found, at, step: found.shift(at, step.quantity, TAKEN_OUT)),
    **{
        end: _from(STORED, TAKEN_OUT)(
            lambda found, at, step: found.leave(at, step.quantity, step.event)
        )
        for end in ENDS
    },
}
