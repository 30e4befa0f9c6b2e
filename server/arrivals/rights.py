"""By which rights a laptop's Unit is judged: those its author had when it was written.

A grant counts when it held at the Unit's base, and had not ended, nor run out, when the laptop last
heard from the registry before it wrote the Unit. A reply on a stick does not count as hearing: nobody
knows when it was read. What only today decides (leaving the child process, an age) asks today.

What a laptop says of itself is believed only as far as this registry has said it: no base above the last
head it was told, and what it announces and does not hand in is believed for ``TO_FINISH`` and no longer.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from schema.chains import ACCOUNT, LAPTOP, kind_of, owner_of
from schema.ids import is_id
from schema.policy import Sight
from schema.trial import May
from server import accounts, devices, moments
from server.accounts.people import seek
from server.arrivals.tables import Row, told_by_stick, told_head
from server.config import settings
from server.db import insert_new

NOBODY = Sight.of(())
# How long a laptop that was told something may take to hand in what it had announced before: a long
# log goes in many requests, and the link may break between two of them.
TO_FINISH = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Told:
    """What a laptop had heard: up to which number, on which day, and when by our clock."""

    head: int
    day: date
    at: str


class Heard:
    """When a laptop last heard from the registry before it wrote these rows of one chain.

    An incarnation that goes on with another's log goes on with its numbers too, and has heard what
    that one heard.
    """

    def __init__(self, conn: sa.Connection, rows: Sequence[Row]) -> None:
        wanted = sorted(row["n"] for row in rows)
        late = _latest_to_finish(min(row["received_at"] for row in rows))
        asked = {"device": rows[0]["device_id"], "low": wanted[0], "high": wanted[-1], "late": late}
        before = conn.execute(_BEFORE, asked).first()
        self.first = _told(before) if before else None
        self.announced: list[int] = []
        self.told: list[Told] = []
        for row in conn.execute(_WITHIN, asked):
            self.announced.append(row.announced)
            known = self.told[-1] if self.told else self.first
            self.told.append(max(_told(row), known or _told(row)))
        last = conn.execute(_LATEST, asked).first()
        self.last = max(last.head if last else 0, _by_stick(conn, rows[0]["device_id"]))

    def before(self, n: int) -> Told | None:
        """What was heard before Unit n was written."""
        place = bisect_left(self.announced, n)
        return self.told[place - 1] if place else self.first


_OF_DEVICE = sa.select(told_head).where(told_head.c.device_id == sa.bindparam("device"))
_LATEST = _OF_DEVICE.order_by(told_head.c.head.desc(), told_head.c.day.desc()).limit(1)
_BEFORE = _LATEST.where(
    sa.or_(told_head.c.announced < sa.bindparam("low"), told_head.c.at < sa.bindparam("late"))
)
_WITHIN = _OF_DEVICE.where(
    told_head.c.announced >= sa.bindparam("low"), told_head.c.announced < sa.bindparam("high")
).order_by(told_head.c.announced)


def _told(row: sa.Row[tuple[object, ...]]) -> Told:
    return Told(row.head, date.fromisoformat(row.day), row.at)


def _latest_to_finish(came: str) -> str:
    """What was told before this moment was heard by whoever hands in something at ``came``."""
    return moments.as_text(moments.from_text(came) - TO_FINISH)


class Rights:
    """The rights of authors at the numbers that a chunk asks for, each read once."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn
        self.sights: dict[tuple[str, int | None, date | None], Sight] = {}
        self.thens: dict[tuple[str, int, Told | None], May] = {}
        self.ends: dict[str, str | None] = {}
        self.names: dict[str, str] = {}

    def then(self, account_id: str, base: int, heard: Told | None) -> May:
        """What the account could do at ``base``, as far as it still could when it last heard."""
        key = (account_id, base, heard)
        if key not in self.thens:
            self.thens[key] = self._then(account_id, base, heard)
        return self.thens[key]

    def _then(self, account_id: str, base: int, heard: Told | None) -> May:
        day = heard.day if heard else None
        sight = self._at(account_id, base, day)
        if heard and self._was_disabled(account_id, heard):
            sight = NOBODY
        elif heard and heard.head > base:
            sight = Sight(sight.grants & self._at(account_id, heard.head, day).grants)
        return sight.may

    def now(self, account_id: str) -> May:
        """What the account may do today; nothing when it is disabled."""
        key = (account_id, None, None)
        if key not in self.sights:
            disabled = self._disabled_at(account_id) is not None
            sight = NOBODY if disabled else accounts.sight_of(self.conn, account_id)
            self.sights[key] = sight
        return self.sights[key].may

    def who(self, chain: str) -> str:
        """How the author of a chain is shown."""
        if chain not in self.names:
            self.names[chain] = self._name(chain)
        return self.names[chain]

    def are_fewer(self, account_id: str, heard: Told) -> bool:
        """Whether the account may do less today than when its laptop was told this."""
        if self._disabled_at(account_id) is not None:
            return not self._was_disabled(account_id, heard)
        now = accounts.sight_of(self.conn, account_id)
        return bool(self._at(account_id, heard.head, heard.day).grants - now.grants)

    def _was_disabled(self, account_id: str, heard: Told) -> bool:
        disabled_at = self._disabled_at(account_id)
        return disabled_at is not None and disabled_at <= heard.at

    def _disabled_at(self, account_id: str) -> str | None:
        if account_id not in self.ends:
            self.ends[account_id] = accounts.find(self.conn, account_id)["disabled_at"]
        return self.ends[account_id]

    def _at(self, account_id: str, at: int, on: date | None) -> Sight:
        key = (account_id, at, on)
        if key not in self.sights:
            self.sights[key] = accounts.sight_of(self.conn, account_id, at=at, on=on)
        return self.sights[key]

    def _name(self, chain: str) -> str:
        kind, whose = kind_of(chain), owner_of(chain)
        if kind == LAPTOP:
            return devices.holder(self.conn, whose) or chain
        found = seek(self.conn, id=whose) if kind == ACCOUNT and is_id(whose) else None
        return str(found["name"]) if found else chain


def record_told(conn: sa.Connection, device_id: str, announced: int, head: int) -> None:
    """Keep that a laptop with so many Units was told the registry's head."""
    day = moments.today(settings().timezone).isoformat()
    said = {"device_id": device_id, "head": head, "announced": announced, "day": day}
    insert_new(conn, told_head, [said | {"at": moments.moment()}])


def record_by_stick(conn: sa.Connection, device_id: str, head: int) -> None:
    """Keep that a stick carries this head to a laptop: what it saves may be based on it."""
    said = {"device_id": device_id, "head": head, "at": moments.moment()}
    insert_new(conn, told_by_stick, [said])
    lower = sa.and_(told_by_stick.c.device_id == device_id, told_by_stick.c.head < head)
    conn.execute(sa.update(told_by_stick).where(lower).values(said))


def _by_stick(conn: sa.Connection, device_id: str) -> int:
    query = sa.select(told_by_stick.c.head).where(told_by_stick.c.device_id == device_id)
    return conn.execute(query).scalar() or 0


def ends_unheard(conn: sa.Connection, device_id: str, account_id: str) -> bool:
    """Whether rights have ended since this laptop was last told of any: it does not know yet."""
    last = conn.execute(_LATEST, {"device": device_id}).first()
    return last is not None and Rights(conn).are_fewer(account_id, _told(last))
