"""Numbers, history and the chain of commits: what makes a figure re-makeable and a change undeniable.

The counter is one row. Its lock is held from here to the commit, so the order of numbers is the order
of commits, without a gap, on both engines. Whoever takes numbers has judged, locked and encoded
before: only the set-based writes and the commit happen under it.
"""

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from schema.change import Source
from schema.ids import change_number, new_id
from schema.policy import PROGRAMME
from server import bulk, highwater, moments
from server.config import settings
from server.db import REACHED
from server.highwater import Mark, PutBack
from server.tables import commit_row, history, sync_state

HISTORY_COLUMNS = (
    "seq",
    "commit_no",
    "entity",
    "record_id",
    "scope",
    "compartment",
    "unit_id",
    "chain",
    "author",
    "by",
    "said_at",
    "payload",
    "salt",
    "digest",
)


class Line(NamedTuple):
    """One line of history that has no number yet. payload: the full accepted record as JSON text."""

    entity: str
    record_id: str
    scope: str
    compartment: str
    unit_id: str | None
    source: Source
    said_at: str | None
    payload: str
    salt: bytes
    digest: bytes


@dataclass(frozen=True)
class Taken:
    """Numbers taken: first to last, in this commit."""

    first: int
    last: int
    commit_no: int


def line(
    entity: str, record_id: str, payload: Mapping[str, Any], source: Source, **said: Any
) -> Line:
    """A line of history with its salt and digest. said: scope, compartment, unit_id, said_at."""
    text = orjson.dumps(payload).decode()
    salt = os.urandom(16)
    digest = hashlib.sha256(salt + text.encode()).digest()
    scope, compartment = said.get("scope", PROGRAMME), said.get("compartment", "admin")
    return Line(
        entity,
        record_id,
        scope,
        compartment,
        said.get("unit_id"),
        source,
        said.get("said_at"),
        text,
        salt,
        digest,
    )


def head(conn: sa.Connection) -> int:
    """The last number given."""
    here = standing(conn)
    return change_number(here.epoch, here.n)


def standing(conn: sa.Connection) -> Mark:
    """Where this registry stands: its epoch, and the last number given in it."""
    return Mark(*conn.execute(_STANDS).one())


_STANDING = (sync_state.c.epoch_no, sync_state.c.n, sync_state.c.epoch)
_STANDS = sa.select(*_STANDING)


def epoch(conn: sa.Connection) -> tuple[int, str]:
    """(number, id) of the epoch in force."""
    row = conn.execute(sa.select(sync_state.c.epoch_no, sync_state.c.epoch)).one()
    return row.epoch_no, row.epoch


def lock(conn: sa.Connection) -> None:
    """Wait for the counter as ``take`` does, taking nothing: what is read next is in commit order."""
    conn.execute(_LOCK).one()


_LOCK = sa.select(sync_state.c.n).with_for_update(key_share=True)


def said_of(conn: sa.Connection, seqs: Collection[int]) -> dict[int, tuple[str, str | None, str]]:
    """{number: (whose, when by their clock, of which account)} of the changes with these numbers."""
    columns = ("seq", "by", "said_at", "author")
    rows = bulk.select_rows(conn, history, columns, "seq", seqs)
    return {seq: (by, said_at, author) for seq, by, said_at, author in rows}


def take(conn: sa.Connection, count: int) -> Taken:
    """Take numbers. The counter stays locked until the transaction ends.

    Raises PutBack when they were given before: this database is not the newest of its registry.
    """
    *stands, commit_no = conn.execute(_TAKE, {"count": count}).one()
    here = Mark(*stands)
    if Mark(here.epoch, here.n - count, here.epoch_id).is_behind(highwater.read(settings().data)):
        raise PutBack
    # Only a savepoint gives numbers back; without one, what was taken need not be asked for again.
    conn.info[REACHED] = standing if conn.in_nested_transaction() else lambda _: here
    last = change_number(here.epoch, here.n)
    return Taken(last - count + 1, last, commit_no)


_TAKE = (
    sa.update(sync_state)
    .values(n=sync_state.c.n + sa.bindparam("count"), commit_no=sync_state.c.commit_no + 1)
    .returning(*_STANDING, sync_state.c.commit_no)
)


def begin_epoch(conn: sa.Connection, above: int) -> tuple[Mark, Mark]:
    """(where the epoch in force ended, the new one): its number is above both. Nothing is numbered yet."""
    lock(conn)
    before = standing(conn)
    now = Mark(max(before.epoch, above) + 1, 0, new_id(moments.milliseconds()))
    values = {"epoch_no": now.epoch, "epoch": now.epoch_id, "n": 0, "opened_at": moments.moment()}
    conn.execute(sa.update(sync_state).values(values))
    conn.info[REACHED] = standing
    return before, now


def opened_at(conn: sa.Connection) -> str:
    """When the epoch in force was opened."""
    return str(conn.execute(sa.select(sync_state.c.opened_at)).scalar_one())


def link_at(conn: sa.Connection, seq: int) -> str:
    """What the chain of commits comes to at the commit of this number; empty when it has none."""
    found = conn.execute(_LINK_AT, {"seq": seq}).scalar()
    return bytes(found).hex()[:LINK_DIGITS] if found else ""


_LINK_AT = (
    sa.select(commit_row.c.link)
    .join(history, history.c.commit_no == commit_row.c.no)
    .where(history.c.seq == sa.bindparam("seq"))
)


LINK_DIGITS = 16


def write(conn: sa.Connection, taken: Taken, lines: Sequence[Line], actor: str) -> None:
    """Write the history of a commit and link the commit to the one before."""
    rows = [
        (
            taken.first + place,
            taken.commit_no,
            one.entity,
            bulk.encoded_id(conn, one.record_id),
            one.scope,
            one.compartment,
            bulk.encoded_id(conn, one.unit_id) if one.unit_id else None,
            one.source.chain,
            one.source.author,
            one.source.by,
            one.said_at,
            one.payload,
            one.salt,
            one.digest,
        )
        for place, one in enumerate(lines)
    ]
    bulk.insert_rows(conn, history, HISTORY_COLUMNS, rows)
    digest = commit_digest(taken.first, [one.digest for one in lines])
    before = conn.execute(_LINK_OF, {"no": taken.commit_no - 1}).scalar()
    at = moments.moment()
    values = {
        "no": taken.commit_no,
        "first_seq": taken.first,
        "last_seq": taken.last,
        "actor": actor,
        "at": at,
        "digest": digest,
        "link": link(before or b"", taken.commit_no, digest, actor, at),
    }
    conn.execute(_LINK, values)


_LINK_OF = sa.select(commit_row.c.link).where(commit_row.c.no == sa.bindparam("no"))
_LINK = sa.insert(commit_row)


def commit_digest(first: int, digests: Sequence[bytes]) -> bytes:
    """The digest of a commit over the digests of its history."""
    return hashlib.sha256(str(first).encode() + b"".join(digests)).digest()


def link(before: bytes, commit_no: int, digest: bytes, actor: str, at: str) -> bytes:
    """The link of a commit to the one before."""
    return hashlib.sha256(before + f"{commit_no}\x1f{actor}\x1f{at}\x1f".encode() + digest).digest()


def record(
    conn: sa.Connection, actor: str, said: Sequence[tuple[str, str, Mapping[str, Any]]]
) -> list[int]:
    """Number and chain acts that are no registry record (a grant's start and end). Call it last.

    said: (kind, id, payload) of each act. Returns their change numbers.
    """
    source = Source("system", "", by=actor)
    lines = [line(kind, record_id, payload, source) for kind, record_id, payload in said]
    taken = take(conn, len(lines))
    write(conn, taken, lines, actor)
    return list(range(taken.first, taken.last + 1))
