"""Where numbered forms are, from their events: received = unused + handed out + used + spoiled + missing. Pure.

Each number of a batch has the state that its last event left it in; events of one day count in the order in
which they were recorded. What cannot have happened so is odd, and is counted all the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schema.record import Record
from schema.said import Said

UNUSED, ISSUED, USED, SPOILED, MISSING = range(5)
RECEIVED, ODD = Said("Received"), Said("Does not fit")
LABELS = (
    Said("Not used yet"),
    Said("With officers"),
    Said("Used"),
    Said("Spoiled"),
    Said("Missing"),
)
LEADS_TO = {
    "issued": ISSUED,
    "used": USED,
    "spoiled": SPOILED,
    "missing": MISSING,
    "returned": UNUSED,
}
# From which states an event is one that could have happened. What was missing and is found is brought back.
FITS = {
    "issued": {UNUSED},
    "used": {UNUSED, ISSUED},
    "spoiled": {UNUSED, ISSUED, USED},
    "missing": {UNUSED, ISSUED},
    "returned": {ISSUED, MISSING},
}
# A batch of more is no batch, but a number that was typed twice.
MOST_FORMS = 1_000_000
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Counted:
    """Of one batch: how many are in each state, and the ids of the events that do not fit."""

    states: tuple[int, ...]
    odd: frozenset[str] = field(default=frozenset())

    @property
    def received(self) -> int:
        """How many came."""
        return sum(self.states)

    def in_words(self) -> list[tuple[Said, int]]:
        """The balance as (label, figure); what does not fit only where there is something."""
        said = [(RECEIVED, self.received), *zip(LABELS, self.states, strict=True)]
        return [*said, (ODD, len(self.odd))] if self.odd else said


def size(batch: Values) -> int:
    """How many numbers a batch has; none where it says none, or too many."""
    first, last = batch.get("first_number"), batch.get("last_number")
    if first is None or last is None or not first <= last < first + MOST_FORMS:
        return 0
    return int(last) - int(first) + 1


def numbers_of(event: Values) -> tuple[int, int] | None:
    """The first and the last number that an event is about."""
    first = event.get("first_number")
    last = event.get("last_number")
    last = first if last is None else last
    return None if first is None or last is None or last < first else (int(first), int(last))


def counted(batch: Values, events: Iterable[Values]) -> Counted:
    """The balance of a batch. events: as they are stored, withdrawn ones too, which count for nothing."""
    states = bytearray(size(batch))
    odd = set()
    for event in sorted((one for one in events if not one.get("withdrawn_at")), key=_order):
        if not _fits(batch, states, event):
            odd.add(str(event.get("id")))
        _apply(batch, states, event)
    return Counted(tuple(states.count(state) for state in range(len(LABELS))), frozenset(odd))


def values_of(event: Record) -> dict[str, Any]:
    """An event's values with its id and when it came, as ``counted`` wants them."""
    return {**event.values, "id": event.id, "first": event.first}


def is_within(batch: Values, event: Values) -> bool:
    """Whether all the numbers of an event are numbers of the batch."""
    numbers = numbers_of(event)
    if numbers is None or not size(batch):
        return False
    return bool(batch["first_number"] <= numbers[0] and numbers[1] <= batch["last_number"])


def _order(event: Values) -> tuple[str, int, str]:
    # The order of numbers given is that of arrival; what has none yet comes last.
    return str(event.get("date") or ""), int(event.get("first") or 1 << 62), str(event.get("id"))


def _fits(batch: Values, states: bytearray, event: Values) -> bool:
    known = event.get("event") in FITS
    if not known or not is_within(batch, event):
        return False
    return set(_of(batch, states, event)) <= FITS[str(event.get("event"))]


def _apply(batch: Values, states: bytearray, event: Values) -> None:
    part = _part(batch, states, event)
    if event.get("event") in LEADS_TO and part.start < part.stop:
        length = part.stop - part.start
        states[part] = bytes([LEADS_TO[str(event.get("event"))]]) * length


def _of(batch: Values, states: bytearray, event: Values) -> bytes:
    return bytes(states[_part(batch, states, event)])


def _part(batch: Values, states: bytearray, event: Values) -> slice:
    """The places of the event's numbers that are numbers of the batch."""
    numbers = numbers_of(event)
    if numbers is None or not states:
        return slice(0, 0)
    first = int(batch["first_number"])
    return slice(max(numbers[0] - first, 0), min(numbers[1] - first + 1, len(states)))
