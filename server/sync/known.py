"""What each laptop was told last, so that neither end says it again: a word in HELLO stands for it.

The laptop makes the same word from the cursors, from what STATE said beyond its moment and from what the
buckets come to by its own rows (``schema.frames.known_word``). So a word that is known here says also
that its rows and these agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from schema.digest import WORD_DIGITS, Digest, word
from schema.frames import BUDGET, known_word, standing
from server import epochs, moments
from server.db import insert_new, metadata, reading
from server.sync.hello import Hello

told_last = sa.Table(
    "told_last",
    metadata,
    sa.Column("device_id", sa.Uuid(as_uuid=False), primary_key=True),
    sa.Column("word", sa.String(WORD_DIGITS), nullable=False),
    # What HELLO leaves out when it says the word.
    sa.Column("hello", sa.Text, nullable=False),
    sa.Column("state", sa.String(WORD_DIGITS), nullable=False),
    sa.Column("digests", sa.String(WORD_DIGITS), nullable=False),
    sa.Column("buckets", sa.Integer, nullable=False),
    sa.Column("records", sa.BigInteger, nullable=False),
    moments.column("agreed_at", nullable=True),
    # How often its rows were found to differ, and when last.
    sa.Column("differed", sa.Integer, nullable=False),
    moments.column("differed_at", nullable=True),
)


@dataclass(frozen=True)
class Told:
    """What an answer left behind at the laptop. hello: what HELLO leaves out when it says the word."""

    word: str
    hello: Mapping[str, Any]
    state: str
    digests: str
    buckets: int
    records: int

    @classmethod
    def of(
        cls, hello: Hello, state: Mapping[str, Any], seen: int, digests: Mapping[str, Digest]
    ) -> "Told":
        """Of an answer to this HELLO with this STATE that was told to its end. seen: the RESULTS cursor."""
        head, opened = state["head"], state["buckets"].items()
        cursors = {name: head for name, verbs in opened if "read" in verbs}
        words = word(standing(state)), word(digests)
        said = {"cursors": cursors, "base": head, "results_seen": seen, "app": hello.app}
        said |= {"snapshots": hello.snapshots, "budget": hello.budget or BUDGET}
        said |= {name: state[name] for name in ("epoch", "epoch_id", "link")}
        records = sum(count for count, _ in digests.values())
        return cls(known_word(cursors, *words), said, *words, len(digests), records)


def last(conn: sa.Connection, device_id: str) -> Told | None:
    """What this laptop was told last."""
    row = conn.execute(_LAST, {"device": device_id}).first()
    return Told(row[0], orjson.loads(row[1]), *row[2:]) if row else None


_MINE = told_last.c.device_id == sa.bindparam("device")
_LAST = sa.select(
    *(told_last.c[name] for name in ("word", "hello", "state", "digests", "buckets", "records"))
).where(_MINE)


def in_full(hello: Hello) -> tuple[Hello, Told | None]:
    """A HELLO with what it says in a word, and what was told then; None when the word is not known."""
    if not hello.known:
        return hello, None
    with reading() as conn:
        told, here = last(conn, hello.device), epochs.standing(conn)
    if told is not None and told.word == hello.known:
        budget = {"budget": hello.budget} if hello.budget else {}
        return hello.but(**{**told.hello, **budget}), told
    return hello.but(epoch=here.epoch), None


def agreement(conn: sa.Connection) -> dict[str, Any]:
    """How many laptops were told what the registry's buckets come to, and whether theirs did."""
    one = told_last.c
    query = sa.select(
        sa.func.count(),
        sa.func.count(one.agreed_at),
        sa.func.coalesce(sa.func.sum(one.differed), 0),
        sa.func.max(one.agreed_at),
        sa.func.max(one.differed_at),
    )
    names = ("laptops", "agreed", "differed", "last_agreed_at", "last_differed_at")
    return dict(zip(names, conn.execute(query).one(), strict=True))


def keep(conn: sa.Connection, device_id: str, told: Told) -> None:
    """Keep what this laptop is about to hear."""
    said = {**vars(told), "hello": orjson.dumps(told.hello).decode()}
    insert_new(conn, told_last, [{"device_id": device_id, "differed": 0, **said}])
    conn.execute(sa.update(told_last).where(told_last.c.device_id == device_id).values(said))


def agreed(conn: sa.Connection, device_id: str) -> None:
    """The word came back: the laptop's rows are those of the registry."""
    conn.execute(_AGREED, {"device": device_id, "moment": moments.moment()})


_AGREED = sa.update(told_last).where(_MINE).values(agreed_at=sa.bindparam("moment"))


def differed(conn: sa.Connection, device_id: str) -> None:
    """Its rows were found to differ."""
    mine = sa.update(told_last).where(told_last.c.device_id == device_id)
    values = {"differed": told_last.c.differed + 1, "differed_at": moments.moment()}
    conn.execute(mine.values(values))
