"""The log as a file that only the registry can read: for a stick, and for what a wiped laptop leaves."""

import gzip
from collections.abc import Sequence
from hashlib import sha256

import pyrage
from sqlite_utils import Database

from field_client import signing
from field_client.hello import hello
from field_client.store import facts, outbox
from field_client.store.rows import Row
from schema import bundle, frames
from schema import lines as op_lines

# A stick is one round trip, however long it takes: its answer carries all there is.
BUDGET = 200_000_000


def sealed(db: Database, lines: Sequence[Row]) -> bytes:
    """A whole bundle of these lines of the outbox, signed by this laptop."""
    own = facts.device(db)
    said = [frames.frame(frames.HELLO, hello(db, BUDGET)), *ops(db, lines)]
    body = gzip.compress(b"".join([*said, frames.frame(frames.END, {})]), 9, mtime=0)
    rest = pyrage.encrypt(body, [pyrage.x25519.Recipient.from_str(own.seal_key)])
    header = bundle.Header(
        bundle.UP, own.seal_key, own.id, _spans(lines), len(rest), sha256(rest).hexdigest()
    )
    return header.signed(signing.key(db).sign(header.signed_text())).line() + rest


def last_word(db: Database) -> bytes:
    """What a laptop leaves that is wiped: all of its log that is kept here (R25).

    Empty when the registry has acknowledged all of it.
    """
    if not outbox.unsent(db):
        return b""
    if outbox.is_rewritten(outbox.held(db)):
        outbox.move_log(db, 0)
    return sealed(db, outbox.held(db))


def ops(db: Database, rows: Sequence[Row]) -> list[bytes]:
    """These Units of the outbox as the lines of one body, as short as the registry can read them."""
    names = ("incarnation", "n", "prev", "hash", "payload")
    said = [op_lines.Said(*(row[name] for name in names)) for row in rows]
    if facts.lines(db) < op_lines.SHORT:
        return [op_lines.in_full(one) for one in said]
    return op_lines.shortened(said)


def _spans(lines: Sequence[Row]) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    for line in lines:
        name, n = str(line["incarnation"]), line["n"]
        low, high = spans.get(name, (n, n))
        spans[name] = (min(low, n), max(high, n))
    return spans
