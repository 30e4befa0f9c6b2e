"""By which rights a laptop's Unit is judged: those its author had when it was written.

A grant counts when it held at the Unit's base, and had not ended, nor run out, when the laptop last
heard from the registry before it wrote the Unit. A reply on a stick does not count as hearing: nobody
knows when it was read. What only today decides (leaving the child process, an age) asks today.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schema.ids import is_id
from schema.policy import Sight
from schema.trial import May
from server import accounts, devices, moments
from server.accounts.people import seek
from server.arrivals.tables import told
from server.config import settings
from server.db import insert_new

NOBODY = Sight.of(())


@dataclass(frozen=True)
class Told:
    """What a laptop had heard: up to which number, and on which day by our clock."""

    head: int
    day: date


class Heard:
    """When the laptop of a chain last heard from the registry before a Unit of it."""

    def __init__(self, conn: sa.Connection, chain: str, numbers: Iterable[int]) -> None:
        wanted = sorted(numbers)
        query = sa.select(told).where(told.c.chain == chain)
        within = sa.and_(told.c.announced >= wanted[0], told.c.announced < wanted[-1])
        before = query.where(told.c.announced < wanted[0]).order_by(told.c.head.desc()).limit(1)
        rows = [
            *conn.execute(before),
            *conn.execute(query.where(within).order_by(told.c.announced)),
        ]
        self.announced = [row.announced for row in rows]
        self.told: list[Told] = []
        for row in rows:
            new = Told(row.head, moments.from_text(row.at).astimezone(settings().timezone).date())
            last = self.told[-1] if self.told else new
            self.told.append(max(new, last, key=lambda one: one.head))

    def before(self, n: int) -> Told | None:
        """What was heard before Unit n was written."""
        place = bisect_left(self.announced, n)
        return self.told[place - 1] if place else None


class Rights:
    """The rights of authors at the numbers that a chunk asks for, each read once."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn
        self.sights: dict[tuple[str, int | None, date | None], Sight] = {}
        self.names: dict[str, str] = {}

    def then(self, account_id: str, base: int, heard: Told | None) -> May:
        """What the account could do at ``base``, as far as it still could when it last heard."""
        day = heard.day if heard else None
        sight = self._at(account_id, base, day)
        if heard and heard.head > base:
            sight = Sight(sight.grants & self._at(account_id, heard.head, day).grants)
        return sight.may

    def now(self, account_id: str) -> May:
        """What the account may do today; nothing when it is disabled."""
        key = (account_id, None, None)
        if key not in self.sights:
            disabled = accounts.find(self.conn, account_id)["disabled_at"] is not None
            sight = NOBODY if disabled else accounts.sight_of(self.conn, account_id)
            self.sights[key] = sight
        return self.sights[key].may

    def who(self, chain: str) -> str:
        """How the author of a chain is shown."""
        if chain not in self.names:
            self.names[chain] = self._name(chain)
        return self.names[chain]

    def _at(self, account_id: str, at: int, on: date | None) -> Sight:
        key = (account_id, at, on)
        if key not in self.sights:
            self.sights[key] = accounts.sight_of(self.conn, account_id, at=at, on=on)
        return self.sights[key]

    def _name(self, chain: str) -> str:
        kind, _, rest = chain.partition(":")
        if kind == "d":
            return devices.holder(self.conn, rest.partition("/")[0]) or chain
        found = seek(self.conn, id=rest) if kind == "a" and is_id(rest) else None
        return str(found["name"]) if found else chain


def record_told(conn: sa.Connection, chain: str, announced: int, head: int) -> None:
    """Keep that a laptop with so many Units was told the registry's head."""
    said = {"head": head, "at": moments.moment()}
    insert_new(conn, told, [{"chain": chain, "announced": announced, **said}])
    there = sa.and_(told.c.chain == chain, told.c.announced == announced, told.c.head < head)
    conn.execute(sa.update(told).where(there).values(said))
