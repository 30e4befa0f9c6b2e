"""How often somebody may try a password or a code: a table, so that all workers count together.

Each try is counted before it is judged, so that a hundred at once are a hundred tries. The first
few are free; then each failure doubles the wait, up to a ceiling. That of an account is low: a
stranger who keeps failing on somebody's address must not keep its owner out. Keys are digests: the
table names nobody.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from schema.problems import TooOften
from server import moments
from server.db import aside, insert_new, metadata

login_throttle = sa.Table(
    "login_throttle",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    moments.column("blocked_until"),
    moments.column("last_at"),
)


@dataclass(frozen=True)
class Limit:
    """How many tries are free, the longest wait in seconds that further ones can earn, how long."""

    subject: str
    free: int
    ceiling: int
    remembered: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long to refuse after this many failures."""
        over = failures - self.free
        return timedelta(seconds=min(self.ceiling, 2 ** min(over, 20)) if over >= 0 else 0)


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
ACCOUNT = Limit("account", free=5, ceiling=60, remembered=_DAY)
ADDRESS = Limit("address", free=20, ceiling=900, remembered=_HOUR)
ENROLMENT = Limit("enrolment", free=10, ceiling=900, remembered=_HOUR)


def take(*tries: tuple[Limit, str]) -> None:
    """Count one try against each (limit, value). Raises TooOften while one of them is closed."""
    with aside() as conn:
        rows = {_key(limit, value): limit for limit, value in tries}
        _ensure(conn, sorted(rows))
        found = _locked(conn, sorted(rows))
        now = moments.moment()
        closed = max(row.blocked_until for row in found)
        if closed > now:
            left = moments.from_text(closed) - moments.from_text(now)
            raise TooOften(retry_after=int(left.total_seconds()) + 1)
        for row in found:
            _count(conn, row, rows[row.key], now)


def forgive(*tries: tuple[Limit, str]) -> None:
    """A try was right: forget the failures under these keys, and all that are long past."""
    keys = [_key(limit, value) for limit, value in tries]
    past = login_throttle.c.last_at < moments.moment(-_DAY)
    with aside() as conn:
        conn.execute(login_throttle.delete().where(sa.or_(login_throttle.c.key.in_(keys), past)))


def ease(limit: Limit, value: str) -> None:
    """A try was right: take it back, and half of the failures before it.

    A whole office shares one address: its typing errors must not add up against it, nor may one right
    password wipe out what somebody beside it is guessing at.
    """
    t = login_throttle.c
    eased = {"failures": (t.failures - 1) // 2, "blocked_until": moments.moment()}
    with aside() as conn:
        conn.execute(login_throttle.update().where(t.key == _key(limit, value)).values(eased))


def _key(limit: Limit, value: str) -> str:
    text = f"{limit.subject}\x1f{value}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _ensure(conn: sa.Connection, keys: Iterable[str]) -> None:
    begin = moments.moment()
    rows = [{"key": key, "failures": 0, "blocked_until": begin, "last_at": begin} for key in keys]
    insert_new(conn, login_throttle, rows)


def _locked(conn: sa.Connection, keys: list[str]) -> list[sa.Row[tuple[str, int, str, str]]]:
    query = sa.select(login_throttle).where(login_throttle.c.key.in_(keys))
    return list(conn.execute(query.order_by(login_throttle.c.key).with_for_update()).all())


def _count(
    conn: sa.Connection, row: sa.Row[tuple[str, int, str, str]], limit: Limit, now: str
) -> None:
    forgotten = row.last_at < moments.moment(-limit.remembered)
    failures = 1 if forgotten else row.failures + 1
    values = {
        "failures": failures,
        "blocked_until": moments.moment(limit.wait(failures)),
        "last_at": now,
    }
    conn.execute(login_throttle.update().where(login_throttle.c.key == row.key).values(values))
