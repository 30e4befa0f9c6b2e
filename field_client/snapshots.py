"""Fetching snapshot files: a large bucket that is new here comes as one file, resumed at the byte."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from field_client import moments
from field_client.answers import Answered
from field_client.cipher import transaction
from field_client.store import fetched, known, staging
from field_client.store.fetched import Offer
from field_client.transport import CUT, Line
from schema import points
from schema.problems import NotFound, Unreachable

log = logging.getLogger(__name__)
# Bytes that are kept together: a power cut loses no more, a broken link nothing.
KEPT = 65_536
# How often a file that somebody else has made is waited for, and for how many seconds at most.
MOST_WAITS, LONGEST_WAIT = 12, 30
Tell = Callable[[], None]


@dataclass
class Files:
    """The files of one sync. by_pages: no further one is wanted; tell: called as bytes come."""

    db: Database
    line: Line
    tell: Tell
    by_pages: bool = False
    waits: int = 0

    def place(self, db: Database) -> dict[str, Any]:
        """How HELLO says where this store is."""
        said = known.spoken(db)
        return {**said, "by_pages": 1} if self.by_pages else said

    def take(self, answered: Answered) -> bool:
        """Fetch and stage what END offers, or wait for what is being made; whether that leads on.

        Raises Unreachable with all that had come kept.
        """
        offers = [Offer.of(said) for said in answered.snapshots]
        if not all(_fetched(self.db, self.line, offer, self.tell) for offer in offers):
            self.by_pages = True
        elif answered.again and not offers:
            self._wait(answered.again)
        return bool(offers or answered.again)

    def _wait(self, seconds: int) -> None:
        self.waits += 1
        self.by_pages = self.waits > MOST_WAITS
        if not self.by_pages:
            self.line.let_go()
            moments.wait(min(seconds, LONGEST_WAIT))


def _fetched(db: Database, line: Line, offer: Offer, tell: Tell) -> bool:
    """Go on with the file that was begun; when it is gone, take the one that is offered now."""
    before = fetched.begun(db, offer.bucket)
    if before and before != offer and _is_had(db, line, before, tell):
        return True
    return _is_had(db, line, offer, tell)


def _is_had(db: Database, line: Line, offer: Offer, tell: Tell) -> bool:
    with transaction(db):
        fetched.begin(db, offer)
    staged = None
    try:
        while staged is None:
            staged = _more(db, line, offer, tell)
    except NotFound:
        with transaction(db):
            fetched.drop(db, offer.bucket)
        return False
    if not staged:
        log.error("a snapshot file of %s came otherwise than it was offered", offer.bucket)
    return staged


def _more(db: Database, line: Line, offer: Offer, tell: Tell) -> bool | None:
    """Fetch some of it; once it is all here, whether it is staged."""
    start = fetched.size(db, offer.bucket)
    for part in _grouped(line.fetch(offer.path, start, offer.hash, offer.encoding)):
        staged = _kept(db, offer, part)
        if staged is not None:
            return staged
        tell()
        points.reach("while fetching a snapshot")
    if fetched.size(db, offer.bucket) == start:
        raise Unreachable(CUT)
    return None


def _kept(db: Database, offer: Offer, part: bytes) -> bool | None:
    with transaction(db):
        fetched.add(db, offer.bucket, part)
        if fetched.size(db, offer.bucket) < offer.size:
            return None
        return staging.file(db, offer)


def _grouped(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same, in larger parts; what had come when the link broke comes first."""
    held = bytearray()
    try:
        for part in parts:
            held += part
            if len(held) >= KEPT:
                yield bytes(held)
                held.clear()
    except Unreachable:
        if held:
            yield bytes(held)
        raise
    if held:
        yield bytes(held)
