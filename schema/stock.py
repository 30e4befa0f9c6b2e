"""The ledger of stores: what came in and what became of it, per store and type, on any date.

``opening + received + recovered + returned (+ arrived, counted in, from lots) = stored + in transit +
taken out + transferred + returned to owner + handed to justice + deactivated + expended + destroyed +
missing (+ passed on, counted out, to lots)``. The words in brackets pass between two stores, types or lots;
over all of them they cancel out.

Two columns are running totals that a later event takes back: what was taken out and came back stands in
``taken out`` and in ``returned``, what was missing and turned up in ``missing`` and in ``recovered``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from schema.custody import (
    ARRIVED,
    COUNTED_IN,
    COUNTED_OUT,
    ENDS,
    FROM_LOT,
    IN_TRANSIT,
    MISSING,
    PASSED_ON,
    STORED,
    TAKEN_OUT,
    TO_LOT,
    Item,
    Odd,
    Trail,
)
from schema.trails import trail

IN = ("opening", "received", "recovered", "returned", ARRIVED, COUNTED_IN, FROM_LOT)
OUT = (STORED, IN_TRANSIT, TAKEN_OUT, *ENDS, MISSING, PASSED_ON, COUNTED_OUT, TO_LOT)
UNPAIRED = "lots-differ"
Key = tuple[str, str]


@dataclass
class Line:
    """One store's account of one type."""

    columns: Counter[str] = field(default_factory=Counter)

    @property
    def came(self) -> int:
        """All that came in."""
        return sum(self.columns[name] for name in IN)

    @property
    def went(self) -> int:
        """All that is there and all that went."""
        return sum(self.columns[name] for name in OUT)

    @property
    def balances(self) -> bool:
        """Whether both sides come to the same."""
        return self.came == self.went


@dataclass
class Ledger:
    """The accounts by (store, type), and every event that did not fit."""

    lines: dict[Key, Line] = field(default_factory=lambda: defaultdict(Line))
    odd: list[Odd] = field(default_factory=list)

    @property
    def unbalanced(self) -> list[Key]:
        """The accounts whose sides differ: a fault of the reckoning, never of an event."""
        return sorted(key for key, line in self.lines.items() if not line.balances)

    def total(self) -> dict[str, Line]:
        """All stores together, by type."""
        found: dict[str, Line] = defaultdict(Line)
        for (_, kind), line in self.lines.items():
            found[kind].columns.update(line.columns)
        return dict(found)


def ledger(items: Iterable[Item], on: str) -> Ledger:
    """The ledger of these weapons and lots at the end of this day."""
    found, pairs = Ledger(), []
    for item in items:
        one = trail(item, on)
        _count(found, one)
        found.odd += one.odd
        pairs += [(one, pair) for pair in one.pairs]
    found.odd += _unpaired(pairs)
    found.odd.sort(key=lambda odd: (odd.date, odd.item, odd.step))
    return found


def _count(found: Ledger, one: Trail) -> None:
    for (column, store, kind), much in one.flows.items():
        found.lines[store, kind].columns[column] += much
        if column == "returned":
            found.lines[store, kind].columns[TAKEN_OUT] += much
    for (state, store, kind), much in one.held.items():
        if state != MISSING:
            found.lines[store, kind].columns[state] += much


def _unpaired(pairs: list[tuple[Trail, tuple[str, str, str, int]]]) -> list[Odd]:
    """What left a lot and came into none, or the other way round."""
    sums: Counter[Key] = Counter()
    for _, (giver, taker, _, much) in pairs:
        sums[giver, taker] += much
    return [
        Odd(UNPAIRED, one.item.noun, one.item.id, step, _day(one.item, step))
        for one, (giver, taker, step, _) in pairs
        if sums[giver, taker]
    ]


def _day(item: Item, step: str) -> str:
    return next((one.date for one in item.steps if one.id == step), item.day)
