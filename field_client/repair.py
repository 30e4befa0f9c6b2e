"""Repair: a bucket whose rows do not come to what the registry says is put right range by range.

It should not happen. After a restore, or on a laptop put back from an old image, it may; at any other time
it is the sign of a fault in cursors, membership or merge, so it is said loudly at both ends and counted.
"""

import logging
from collections.abc import Iterable
from itertools import chain
from typing import Any

import orjson
from sqlite_utils import Database

from field_client.answers import Answered
from field_client.cipher import transaction
from field_client.hello import LEAST_BUDGET, hello
from field_client.refusals import NOT_THE_REGISTRY
from field_client.store import digests, facts, overlay
from field_client.store.rows import one
from field_client.transport import Line
from schema import frames
from schema.digest import by_range, range_of
from schema.problems import Unreachable

log = logging.getLogger(__name__)
# Buckets in one question, and questions in one sync: what is left then is found by the next sync.
MOST_BUCKETS, MOST_TIMES = 100, 4
Entries = dict[tuple[str, str], int]
Want = dict[str, dict[str, list[str]]]


def noticed(buckets: Iterable[str]) -> None:
    """Say loudly which buckets differ. They name a compartment and a scope, and nobody."""
    for bucket in buckets:
        log.error("the rows of %s are not those of the registry; repairing", bucket)


def begin(db: Database, line: Line, answered: Answered, times: int) -> int:
    """Ask what differs and keep it to be fetched by the next request; 1 when there is anything to repair."""
    unequal = answered.promoted.unequal if answered.promoted else ()
    if not unequal:
        return 0
    noticed(unequal)
    if times < MOST_TIMES:
        answered.repairing = True
        facts.put(db, want=_wanted(db, line, unequal[:MOST_BUCKETS]))
    return 1


def _wanted(db: Database, line: Line, buckets: Iterable[str]) -> Want:
    """The records that are here otherwise than there, by bucket and noun."""
    with transaction(db):
        mine = entries(db, buckets)
        said = hello(db, LEAST_BUDGET)
    asked = [
        frames.frame(frames.RANGES, {"bucket": name, "sums": by_range(_hashes(held))})
        for name, held in mine.items()
    ]
    body = b"".join([frames.frame(frames.HELLO, said), *asked, frames.frame(frames.END, {})])
    want: Want = {}
    room = frames.MOST_WANTED
    for text in chain.from_iterable(line.exchange(body, "/sync/1/digest")):
        name, told = _frame(text)
        if name == frames.RANGES and told["bucket"] in mine:
            found = _differing(mine[told["bucket"]], told)[:room]
            room -= len(found)
            for noun, record_id in found:
                want.setdefault(told["bucket"], {}).setdefault(noun, []).append(record_id)
    return want


def entries(db: Database, buckets: Iterable[str]) -> dict[str, Entries]:
    """What is kept of these buckets, worked out anew from the registry's rows alone."""
    overlay.lift_all(db)
    found = {
        bucket: {
            (noun, record_id): hashed for noun, record_id, hashed in digests.entries(db, bucket)
        }
        for bucket in buckets
    }
    if one(db, "SELECT 1 FROM outbox WHERE open = 1"):
        overlay.lay_all(db)
    return found


def _hashes(held: Entries) -> list[tuple[str, int]]:
    return [(record_id, hashed) for (_, record_id), hashed in held.items()]


def _differing(mine: Entries, said: dict[str, Any]) -> list[tuple[str, str]]:
    """The records of the ranges that differ which are not the same at both ends."""
    parts = set(said["parts"])
    theirs = {(noun, record_id): hashed for noun, record_id, hashed in said["entries"]}
    here = {key: hashed for key, hashed in mine.items() if range_of(key[1]) in parts}
    return sorted(key for key in {**here, **theirs} if here.get(key) != theirs.get(key))


def _frame(text: bytes) -> tuple[str, Any]:
    try:
        name, said = orjson.loads(text)
    except (ValueError, TypeError):
        raise Unreachable(NOT_THE_REGISTRY) from None
    return str(name), said
