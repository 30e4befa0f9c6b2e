"""The log of one incarnation of a laptop, as far as it is here: where it stands, and what fits next.

Pure: it is told what is stored and says what is to be stored. A line has a number without gaps and the
hash of the one before, so a copy of a laptop, or one put back to an older state, is noticed: the same
number comes with another hash.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Line(NamedTuple):
    """One line as it came. payload: as it is stored; body: its JSON, where it came as that."""

    incarnation: int
    n: int
    prev: str
    hash: str
    payload: str
    unit_id: str
    body: Any = None


class Link(NamedTuple):
    """What the chain needs of a stored line."""

    prev: str
    hash: str


@dataclass
class Log:
    """Where a chain stands. last_hash: None after a gap that was given up, and at the beginning.

    ahead: stored lines behind a gap, by number. loose: those that turned out to link to nothing.
    """

    chain: str
    incarnation: int
    last_n: int = 0
    last_hash: str | None = None
    ahead: dict[int, Link] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)
    given_up: list[tuple[int, int]] = field(default_factory=list)
    moved: bool = False

    def add(self, line: Line) -> None:
        """A line was stored: go on as far as there is no gap."""
        if line.n > self.last_n:
            self.ahead[line.n] = Link(line.prev, line.hash)
            self.advance()

    def give_up_below(self, lowest: int) -> None:
        """The laptop holds nothing below this number: a gap there will not be filled by it (R5)."""
        if lowest <= self.last_n + 1:
            return
        self.given_up.append((self.last_n + 1, lowest - 1))
        before = self.ahead.get(lowest - 1)
        self.last_n, self.last_hash = lowest - 1, before.hash if before else None
        self.ahead = {n: link for n, link in self.ahead.items() if n >= lowest}
        self.moved = True
        self.advance()

    def advance(self) -> None:
        """Take in what waits next, while it links; what does not link becomes loose (R7)."""
        while link := self.ahead.pop(self.last_n + 1, None):
            if self.last_hash is not None and link.prev != self.last_hash:
                self.loose.append(self.last_n + 1)
                return
            self.last_n, self.last_hash = self.last_n + 1, link.hash
            self.moved = True
