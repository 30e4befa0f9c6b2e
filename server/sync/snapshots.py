"""Snapshot files: a first pull of a large bucket as one file that is packed once and served often.

Its lines are the PAGEs of a whole pull that began at ``seq``; pages bring what is newer. It is served to
whoever may read its bucket now, and only while nothing that it holds has left that bucket: a child who was
recognised since, what moved, what was erased goes out with no file.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
import sqlalchemy as sa

from schema import points
from schema.digest import NONE
from schema.encodings import CLOSEST, Packer
from schema.frames import PAGE, PAGE_ROWS, bucket_parts
from schema.problems import NotFound
from server import digests, epochs, logs
from server.arrivals.receiving import DIRECT
from server.db import reading
from server.highwater import Mark
from server.sync import buckets, pages, shelf
from server.sync.push import Push

# Records in a bucket from which on a file is worth the packing.
LEAST_RECORDS = 500
# A file of which more than one record in so many has changed is made anew.
STALE = 5
# Seconds: for how long a file is kept, how long it stays beside a newer one so that downloads end, and
# how often this host looks for files that may not stay.
LIFE, GRACE, LOOK = 86_400, 3_600, 60
# What a laptop is told to wait, in seconds, while somebody else makes the file.
AGAIN = 10


@dataclass
class Offers:
    """What one answer offers in place of pages. lacking: a bucket whose file has to be made first."""

    conn: sa.Connection
    push: Push
    encoding: str
    here: Mark
    made: list[dict[str, Any]] = field(default_factory=list)
    lacking: tuple[int, str] | None = None

    def takes(self, name: str, number: int) -> bool:
        """Whether a file stands in for the pages of a bucket that is pulled from the beginning."""
        count = _count(self.conn, number) if self.able else 0
        if count < LEAST_RECORDS:
            return False
        file = _usable(self.conn, self.here, number, self.encoding, count)
        if file:
            self.made.append(_offer(name, file))
        else:
            self.lacking = self.lacking or (number, name)
        return True

    @cached_property
    def able(self) -> bool:
        """Whether this laptop can fetch a file, and wants one."""
        hello = self.push.hello
        asks = bool(hello.snapshots) and not hello.by_pages and self.push.sender.via == DIRECT
        return asks and self.encoding in CLOSEST

    @property
    def any(self) -> bool:
        """Whether some of the buckets have to be fetched otherwise."""
        return bool(self.made) or self.lacking is not None

    def said(self) -> dict[str, Any]:
        """What END says of them."""
        again = {"again": AGAIN} if self.lacking else {}
        return ({"snapshots": self.made} if self.made else {}) | again


def made(number: int, name: str, encoding: str) -> bool:
    """See that there is a file of a bucket; False while another process of this host writes one.

    Raises CannotWrite.
    """
    with shelf.held() as mine:
        if not mine:
            return False
        began = time.perf_counter()
        with reading() as conn:
            here = epochs.standing(conn)
            if _usable(conn, here, number, encoding, _count(conn, number)):
                return True  # somebody else was quicker
            head = epochs.head_of(here)
            parts = _packed(conn, number, name, head, encoding)
            shelf.put(here.epoch_id, number, head, encoding, parts)
        took = round((time.perf_counter() - began) * 1000)
        logs.event("snapshot", bucket=number, seq=head, encoding=encoding, ms=took)
    return True


def open_to(device: Any, name: str, seq: int, encoding: str) -> shelf.File:
    """The file that this laptop may have now. Raises NotFound, whatever stands in the way."""
    home = bucket_parts(name)
    with reading() as conn:
        if "read" not in buckets.opened(conn, device).get(home, ()):
            raise NotFound
        number = buckets.ids_of(conn, [home]).get(home, 0)
        here = epochs.standing(conn)
        for file in shelf.of(here.epoch_id, number, encoding):
            if file.seq == seq and _is_lawful(conn, file, here):
                return file
    raise NotFound


def look_through() -> None:
    """Now and then, take away the files that may not stay: nothing of what they hold is only there."""
    now = time.time()
    if not shelf.is_due(now, LOOK):
        return
    with reading() as conn:
        here = epochs.standing(conn)
        shelf.drop_others(here.epoch_id)
        newest: dict[tuple[int, str], float] = {}
        for file in shelf.found(here.epoch_id):
            replaced = newest.setdefault((file.number, file.encoding), file.made_at)
            old = now - file.made_at > LIFE
            passed = replaced != file.made_at and now - replaced > GRACE
            if old or passed or not _is_lawful(conn, file, here):
                file.drop()


def _count(conn: sa.Connection, number: int) -> int:
    return digests.told(conn, [number]).get(number, NONE)[0]


def _usable(
    conn: sa.Connection, here: Mark, number: int, encoding: str, count: int
) -> shelf.File | None:
    """The newest file of a bucket of so many records, if it may be offered."""
    for file in shelf.of(here.epoch_id, number, encoding)[:1]:
        if _is_lawful(conn, file, here) and not _is_stale(conn, file, count):
            return file
    return None


def _is_lawful(conn: sa.Connection, file: shelf.File, here: Mark) -> bool:
    """Whether all that a file holds is still in its bucket; one of which something has left is gone."""
    if file.seq > epochs.head_of(here):
        return False
    if pages.has_lost(conn, file.number, file.seq):
        file.drop()
        return False
    return True


def _is_stale(conn: sa.Connection, file: shelf.File, count: int) -> bool:
    most = count // STALE
    return pages.count_since(conn, file.number, file.seq, most + 1) > most


def _offer(name: str, file: shelf.File) -> dict[str, Any]:
    said = {"bucket": name, "seq": file.seq, "size": file.size}
    return said | {"hash": file.hash, "encoding": file.encoding}


def _packed(
    conn: sa.Connection, number: int, name: str, head: int, encoding: str
) -> Iterator[bytes]:
    """The lines of a whole pull that begins and ends at this head.

    The next page is read while the one before is packed, which takes as long: a laptop waits for the file.
    """
    engine, at, last = Packer(encoding, CLOSEST[encoding]), 0, False
    with ThreadPoolExecutor(1) as beside:
        packing = beside.submit(bytes)
        while not last:
            page = pages.page(conn, number, at, PAGE_ROWS, head)
            body = {"bucket": name, "to": head, "whole": head, "tables": page.tables}
            line = orjson.dumps([PAGE, body]) + b"\n"
            yield packing.result()
            packing = beside.submit(engine.add, line)
            points.reach("while writing a snapshot")
            at, last = page.to, page.last
        yield packing.result()
    yield engine.end()
