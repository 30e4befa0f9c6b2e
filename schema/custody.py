"""What custody events come to: where a weapon or a lot is, in what state, and what a ledger counts of it.

Pure, and the same at both ends. Events come from several stores in any order, so they are read by their
date, and those of one day in whichever order makes sense of them: clocks of two laptops disagree by hours.
An arrival that is dated before its dispatch waits for it. What fits nowhere is not counted and not
forgotten: it is named.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

STORED, IN_TRANSIT, TAKEN_OUT, MISSING = "stored", "in-transit", "taken-out", "missing"
LIVE = (STORED, IN_TRANSIT, TAKEN_OUT)
# Events that end it: the column of the ledger has the event's name.
ENDS = (
    "transferred",
    "returned-to-owner",
    "handed-to-justice",
    "deactivated",
    "expended",
    "destroyed",
)
ENTRIES = ("received", "opening")
# Events that say nothing of where it was before.
COMES = ("moved-in", "recovered")
RECLASSIFIED, FROM_LOT, TO_LOT = "reclassified", "from-lot", "to-lot"
# What they count beside events: in and out of a store, a type or a lot.
ARRIVED, PASSED_ON = "arrived", "passed-on"
COUNTED_IN, COUNTED_OUT = "counted-in", "counted-out"

# Why an event was not counted as it stands.
TWICE, ELSEWHERE, NOT_HELD, OVER = "twice-received", "elsewhere", "not-held", "after-the-end"
UNSENT, EARLY, NO_TYPE = "arrived-unsent", "arrived-before-sent", "type-missing"

Place = tuple[str, str, str]


class Step(NamedTuple):
    """One custody event. date: ISO text. quantity: pieces or the lot's unit; 0 says all that is held.

    store: where it happened, "" where it was not said. kind, was: of a reclassification, the type it
    counts as from then on, and before. beside: the other lot of a split or merge.
    """

    id: str
    date: str
    event: str
    quantity: int = 0
    store: str = ""
    to_store: str = ""
    kind: str = ""
    was: str = ""
    beside: str = ""


class Item(NamedTuple):
    """A weapon or a lot with its events. store, kind: as it stands now; day: since when it is known.

    implied: how much counts as received where no event says so: a weapon that was written down is one.
    """

    noun: str
    id: str
    store: str
    kind: str
    day: str = ""
    steps: tuple[Step, ...] = ()
    implied: int = 0


class Odd(NamedTuple):
    """An event that does not fit, by name; step is its id."""

    why: str
    noun: str
    item: str
    step: str
    date: str


def in_order(step: Step) -> tuple[str, str]:
    """By day, and by when it was written down."""
    return (step.date, step.id)


def _first_kind(item: Item) -> str:
    changed = sorted(
        (s for s in item.steps if s.event == RECLASSIFIED), key=lambda s: (s.date, s.id)
    )
    return changed[0].was if changed and changed[0].was else item.kind


class Trail:
    """An item as its events leave it on a date.

    held: how much is where, by (state, store, type). flows: what went in and out, by (column, store,
    type). pairs: what passed between lots. state, store, kind: of the item as a whole; store is who
    answers for it: the receiver's as soon as it is on its way.
    """

    def __init__(self, item: Item) -> None:
        self.item = item
        self.held: Counter[Place] = Counter()
        self.flows: Counter[Place] = Counter()
        self.pairs: list[tuple[str, str, str, int]] = []
        self.odd: list[Odd] = []
        self.state = ""
        self.store = item.store
        self.kind = _first_kind(item)
        self._bound: dict[str, str] = {}

    @property
    def quantity(self) -> int:
        """How much is in a store, on its way or taken out."""
        return sum(much for (state, _, _), much in self.held.items() if state in LIVE)

    # -- moving quantities

    def enter(self, column: str, store: str, much: int) -> None:
        """Count in what comes from outside this store's account."""
        self.flows[column, store, self.kind] += much
        self._put(STORED, store, much)

    def _put(self, state: str, store: str, much: int) -> None:
        self.held[state, store, self.kind] += much
        self.state, self.store = state, store

    def found(self, states: Iterable[str], store: str, much: int) -> Place | None:
        """Where so much (0: anything) is held in one of these states, at this store where one is named."""
        wanted = set(states)
        for place in sorted(self.held):
            state, where, _ = place
            if state in wanted and store in ("", where) and self.held[place] >= max(much, 1):
                return place
        return None

    def take(self, place: Place, much: int) -> int:
        """Take so much (0: all) from there; how much it was."""
        taken = much or self.held[place]
        self.held[place] -= taken
        if not self.held[place]:
            del self.held[place]
        return taken

    def leave(self, place: Place, much: int, column: str) -> None:
        """Count out what is no longer held by anybody here."""
        taken = self.take(place, much)
        self.flows[column, place[1], place[2]] += taken
        if not self.quantity:
            self.state, self.store = column, place[1]

    def send(self, place: Place, much: int, to_store: str) -> None:
        """Put it on its way: it stays on the sender's account until the receiver takes it in."""
        self._put(IN_TRANSIT, place[1], self.take(place, much))
        self.store = self._bound[place[1]] = to_store or place[1]

    def arrive(self, place: Place, much: int, store: str) -> None:
        """Take in what was on its way."""
        store = store or self._bound.get(place[1], place[1])
        taken = self.take(place, much)
        self.flows[PASSED_ON, place[1], place[2]] += taken
        self.enter(ARRIVED, store, taken)

    def shift(self, place: Place, much: int, state: str) -> None:
        """The same store holds it in another state."""
        self._put(state, place[1], self.take(place, much))

    def become(self, kind: str) -> None:
        """Count all that is held as another type from now on."""
        self.kind = kind
        for place in [one for one in self.held if one[0] in LIVE and one[2] != kind]:
            state, store, was = place
            much = self.take(place, 0)
            self.flows[COUNTED_OUT, store, was] += much
            self.flows[COUNTED_IN, store, kind] += much
            self.held[state, store, kind] += much

    def name(self, why: str, step: Step) -> None:
        """Note that an event does not fit."""
        self.odd.append(Odd(why, self.item.noun, self.item.id, step.id, step.date))
