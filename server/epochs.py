"""Epochs: from one restore to the next, numbers begin again at 1, above all that were ever given.

A registry that was put back to an older state opens a further epoch before it gives a number. What the
epochs before had numbered is known as far as it is here; beyond that, a base or a cursor of theirs names
something that this registry has lost, or has numbered twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from schema.ids import LAST_EPOCH, change_number, epoch_of, place_of
from schema.problems import Problem
from server import acts, highwater, ledger, moments
from server.actor import Actor
from server.config import settings
from server.db import metadata, reading
from server.highwater import Mark, PutBack

RESTORED, BY_HAND, LAPTOP = "restored", "by-hand", "laptop"
Known = Callable[[int], bool]

# An epoch that is over. last_n: of its numbers, those in the history. known_n: up to which of them each
# means one thing; 0 where nobody knows what else was given under the same numbers. lost: how many were
# given beyond, as far as the high-water file knew.
past_epoch = sa.Table(
    "past_epoch",
    metadata,
    sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("epoch", sa.Uuid(as_uuid=False), nullable=False),
    sa.Column("last_n", sa.BigInteger, nullable=False),
    sa.Column("known_n", sa.BigInteger, nullable=False),
    sa.Column("lost", sa.BigInteger),
    moments.column("closed_at"),
    sa.Column("why", sa.String(10), nullable=False),
    sa.Column("device_id", sa.Uuid(as_uuid=False)),
)


class NoMoreEpochs(Problem):
    """Every epoch that a change number can carry has been used."""

    code, status, sentence = "no-more-epochs", 500, "No further epoch can be opened. Ask for help."


@dataclass(frozen=True)
class Past:
    """An epoch that is over, as ``past_epoch`` keeps it."""

    no: int
    last_n: int
    known_n: int
    lost: int | None
    closed_at: str
    why: str
    device_id: str | None


def standing(conn: sa.Connection) -> Mark:
    """Where this registry stands."""
    return ledger.standing(conn)


def is_put_back() -> bool:
    """Whether the database is older than what this registry has given out."""
    mark = highwater.read(settings().data)
    with reading() as conn:
        return standing(conn).is_behind(mark)


def require_not_put_back() -> None:
    """Raises PutBack when the database is older than what this registry has given out."""
    if is_put_back():
        raise PutBack


def open_further(
    conn: sa.Connection,
    actor: Actor,
    why: str,
    *,
    reached: Mark | None,
    above: int = 0,
    device_id: str | None = None,
) -> Mark:
    """Open an epoch above all that were ever used; the last thing its transaction does (R8).

    reached: the mark that was kept; above: the highest epoch that somebody else knows of. What was
    numbered before stays known, unless a laptop had to say that numbers were given twice: then nobody
    knows from where on.
    """
    before, now = ledger.begin_epoch(conn, max(above, reached.epoch if reached else 0))
    if now.epoch > LAST_EPOCH:
        raise NoMoreEpochs
    row = {
        "no": before.epoch,
        "epoch": before.epoch_id,
        "last_n": before.n,
        "known_n": 0 if why == LAPTOP else before.n,
        "lost": lost_since(before, reached),
        "closed_at": moments.moment(),
        "why": why,
        "device_id": device_id,
    }
    conn.execute(sa.insert(past_epoch), [row])
    acts.record(conn, actor, "epoch", now.epoch_id, {"act": "opened", "why": why, "no": now.epoch})
    return now


def lost_since(before: Mark, reached: Mark | None) -> int | None:
    """How many numbers had been given beyond this place, as far as the mark knows."""
    same = reached is not None and (reached.epoch, reached.epoch_id) == (
        before.epoch,
        before.epoch_id,
    )
    return max(reached.n - before.n, 0) if reached and same else None


def past(conn: sa.Connection) -> list[Past]:
    """The epochs that are over, the oldest first."""
    return [Past(*row) for row in conn.execute(_PAST)]


_PAST = sa.select(*(past_epoch.c[name] for name in Past.__dataclass_fields__)).order_by(
    past_epoch.c.no
)


def kept(conn: sa.Connection) -> dict[int, int]:
    """Up to which number each epoch that is over is known here."""
    return {one.no: one.known_n for one in past(conn)}


def known(conn: sa.Connection) -> Known:
    """Whether a number is one that this registry has given, and given once."""
    return known_by(standing(conn), kept(conn))


def known_by(here: Mark, before: Mapping[int, int]) -> Known:
    """The same of a registry that stands here and knows so much of the epochs before."""
    upto = {**before, here.epoch: here.n}
    return lambda number: number == 0 or place_of(number) <= upto.get(epoch_of(number), 0)


def head_of(mark: Mark) -> int:
    """The change number of a mark."""
    return change_number(mark.epoch, mark.n)
