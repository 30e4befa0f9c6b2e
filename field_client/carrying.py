"""Carries the bytes of attachments after the records: previews first, then originals, the newest case first.

Never more than BUDGET a sync, nor longer than PATIENCE, and not while an entry waits to be sent. Whatever
goes wrong here is said and not raised: the records are through, and the next sync goes on at its byte.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlite_utils import Database

from field_client import moments, signing
from field_client.cipher import transaction
from field_client.store import blobs, facts, outbox
from field_client.store.rows import Row
from field_client.transport import Line
from schema import points
from schema.blobs import (
    CHUNK_HASH,
    LEAST_CHUNK,
    LENGTH,
    MOST_ASKED,
    MOST_CHUNK,
    OFFSET,
    PATH,
    SIGNATURE,
    signed_text,
)
from schema.picture import hash_of
from schema.problems import NotFound, Problem, Revoked, Unreachable, WrongHash, WrongOffset

# Bytes of pictures in one sync, both ways together.
BUDGET = 4_000_000
# Seconds after which the next sync goes on; seconds that a chunk should take.
PATIENCE, A_CHUNK = 120.0, 2.0
_STRANGE = "The registry did not say how far the pictures are."


@dataclass
class Carried:
    """What was carried. waiting: pictures that a later sync carries. why: what stopped it, if anything did."""

    sent: int = 0
    fetched: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    waiting: int = 0
    why: str = ""

    @property
    def bytes(self) -> int:
        """How much of the budget is spent."""
        return self.bytes_up + self.bytes_down


def carry(db: Database, line: Line, tell: Callable[[], None]) -> Carried:
    """Carry what the budget allows. Raises Revoked, and nothing else that comes over the line."""
    run = _Run(db, line, tell)
    try:
        run.carry()
    except Revoked:
        raise
    except Problem as problem:
        run.done.why = problem.said
    return run.done


class _Over(Problem):
    """The budget, or the time, is used up."""

    sentence = ""


class _Run:
    """The carrying of one sync."""

    def __init__(self, db: Database, line: Line, tell: Callable[[], None]) -> None:
        self.db, self.line, self.tell = db, line, tell
        self.done = Carried()
        self.chunk = LEAST_CHUNK * 2
        self.began = moments.seconds()
        self.key = signing.key(db)

    def carry(self) -> None:
        """Previews both ways, then originals both ways."""
        offered, wanted = blobs.to_send(self.db), blobs.wanted(self.db)
        if not offered and not wanted:
            return
        offsets, here = self._ask(offered, wanted)
        sending = [row for row in offered if row["sha256"] in offsets]
        coming = [row for row in wanted if row["sha256"] in here]
        self.done.waiting = len(sending) + len(coming)
        for preview in (1, 0):
            for row in _of(sending, preview):
                self._send(row, offsets[row["sha256"]])
            for row in _of(coming, preview):
                (self._fetch_again if row["sealed"] else self._fetch)(row)

    def _ask(self, offered: list[Row], wanted: list[Row]) -> tuple[dict[str, int], set[str]]:
        """(where uploads go on, by hash; what can be fetched)."""
        offsets: dict[str, int] = {}
        here: set[str] = set()
        for start in range(0, max(len(offered), len(wanted)), MOST_ASKED):
            some, others = offered[start : start + MOST_ASKED], wanted[start : start + MOST_ASKED]
            question = {
                "offer": [[row["sha256"], blobs.length(row)] for row in some],
                "want": [row["sha256"] for row in others],
            }
            said = self._said("POST", PATH, orjson.dumps(question))
            with transaction(self.db):
                for row in some:
                    offset, is_here, safe = _standing(said, row["sha256"])
                    blobs.note_standing(self.db, row["sha256"], here=is_here, safe=safe)
                    if not is_here:
                        offsets[row["sha256"]] = offset
            here.update(_named(said))
        with transaction(self.db):
            facts.put(self.db, blobs_epoch=facts.get(self.db, "epoch"))
            blobs.settle(self.db)
        return offsets, here

    def _send(self, row: Row, offset: int) -> None:
        """Send what is missing of one picture."""
        sha256, strays, whole = row["sha256"], 0, False
        try:
            while not whole and strays < blobs.MOST_TRIES:
                self._go_on()
                at = offset
                offset, whole = self._send_chunk(row, at)
                strays = 0 if offset > at else strays + 1
        except WrongHash:
            with transaction(self.db):
                blobs.note_failed(self.db, sha256)
            return
        if whole:
            with transaction(self.db):
                blobs.note_standing(self.db, sha256, here=True, safe=False)
            self.done.sent += 1
            self.done.waiting -= 1

    def _send_chunk(self, row: Row, offset: int) -> tuple[int, bool]:
        """(where to go on, whether all is there) after sending a chunk from here on."""
        sha256 = row["sha256"]
        body = blobs.piece(self.db, sha256, offset, self.chunk)
        total, hashed, began = blobs.length(row), hash_of(body), moments.seconds()
        headers = {OFFSET: str(offset), LENGTH: str(total), CHUNK_HASH: hashed}
        try:
            said = self._said("PATCH", f"{PATH}/{sha256}", body, headers)
        except WrongOffset as problem:
            return _number(problem.details.get("offset")), False
        points.reach("after a chunk was sent, before its answer is kept")
        self._measured(len(body), moments.seconds() - began)
        self.done.bytes_up += len(body)
        there = _number(said.get("offset"))
        with transaction(self.db):
            blobs.note_sent(self.db, sha256, there)
        return there, said.get("here") is True

    def _fetch(self, row: Row) -> None:
        """Fetch what is missing of one picture; what came before a cut is kept."""
        sha256, have, size = row["sha256"], row["have"], row["size"]
        asked = {"Range": f"bytes={have}-"}
        try:
            for body in self._answer("GET", f"{PATH}/{sha256}", b"", asked) if have < size else ():
                self._go_on()
                with transaction(self.db):
                    blobs.take_piece(self.db, sha256, size, row["preview"], body)
                self.done.bytes_down += len(body)
        except NotFound:
            return
        points.reach("after a piece was fetched, before it is whole")
        with transaction(self.db):
            if blobs.complete(self.db, sha256):
                self.done.fetched += 1
                self.done.waiting -= 1

    def _fetch_again(self, row: Row) -> None:
        """Fetch what lies here sealed and is shown again.

        It takes its place whole or not at all: no backup may hold these bytes yet.
        """
        sha256, body = row["sha256"], b""
        try:
            for part in self._answer("GET", f"{PATH}/{sha256}", b"", {"Range": "bytes=0-"}):
                self._go_on()
                body += part
                self.done.bytes_down += len(part)
        except NotFound:
            return
        with transaction(self.db):
            if blobs.show_again(self.db, sha256, body):
                self.done.fetched += 1
                self.done.waiting -= 1

    def _go_on(self) -> None:
        """Raises _Over when the rest is for a later sync: records come before pictures."""
        self.tell()
        late = moments.seconds() - self.began > PATIENCE
        if late or self.done.bytes >= BUDGET or outbox.unsent(self.db):
            raise _Over

    def _measured(self, size: int, seconds: float) -> None:
        """Choose the next chunk so that it takes some A_CHUNK seconds."""
        rate = size / max(seconds, 0.001)
        self.chunk = int(min(max(rate * A_CHUNK, LEAST_CHUNK), MOST_CHUNK))

    def _said(
        self, method: str, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            said = orjson.loads(b"".join(self._answer(method, path, body, headers)))
        except orjson.JSONDecodeError:
            raise Unreachable(_STRANGE) from None
        if not isinstance(said, dict):
            raise Unreachable(_STRANGE)
        return said

    def _answer(
        self, method: str, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> Iterator[bytes]:
        said = list((headers or {}).values()) if headers else [hash_of(body)]
        signature = self.key.sign(signed_text(method, path, *said)).hex()
        return self.line.ask(method, path, body, {**(headers or {}), SIGNATURE: signature})


def _standing(said: dict[str, Any], sha256: str) -> tuple[int, bool, bool]:
    """(where to go on, whether it is whole there, whether a backup holds it). Raises Unreachable."""
    offered = said.get("offered")
    told = offered.get(sha256) if isinstance(offered, dict) else None
    if not isinstance(told, list) or len(told) != 3:
        raise Unreachable(_STRANGE)
    return _number(told[0]), told[1] is True, told[2] is True


def _named(said: dict[str, Any]) -> list[str]:
    """The hashes that can be fetched. Raises Unreachable."""
    here = said.get("here")
    if not isinstance(here, list):
        raise Unreachable(_STRANGE)
    return [str(one) for one in here]


def _of(rows: Iterable[Row], preview: int) -> list[Row]:
    return [row for row in rows if row["preview"] == preview]


def _number(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise Unreachable(_STRANGE)
    return said
