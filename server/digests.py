"""What each bucket comes to: moved by difference with every chunk, told to laptops, checked by verify.

A bucket's row is written under the counter's lock, like all that a chunk writes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from schema.digest import NONE, Digest, entry_hash
from schema.entities import NOUN_OF
from schema.record import Bucket, Key, Record
from server.tables import bucket, entry

Moves = dict[Bucket, Digest]


def left(before: Iterable[Record | None]) -> Moves:
    """What a chunk's records came to as they were, by bucket. Worked out before the counter is held."""
    found: Moves = defaultdict(lambda: NONE)
    for record in before:
        if record is not None:
            _add(found, record.bucket, entry_hash(record))
    return found


def move(
    conn: sa.Connection,
    was: Moves,
    last: Mapping[Key, Record],
    hashes: Mapping[Key, int],
    buckets: Mapping[Bucket, int],
) -> None:
    """Put what a chunk's records come to now in the place of what they came to."""
    now: Moves = defaultdict(lambda: NONE)
    for key, record in last.items():
        _add(now, record.bucket, hashes[key])
    differences = [
        {"number": buckets[home], "count": here[0] - gone[0], "by": here[1] - gone[1]}
        for home in {**was, **now}
        for here, gone in [(now.get(home, NONE), was.get(home, NONE))]
    ]
    conn.execute(_MOVE, differences)


def _add(found: Moves, home: Bucket, hashed: int) -> None:
    count, total = found[home]
    found[home] = (count + 1, total + hashed)


_MOVE = (
    sa.update(bucket)
    .where(bucket.c.id == sa.bindparam("number"))
    .values(
        live=bucket.c.live + sa.bindparam("count"), hash_sum=bucket.c.hash_sum + sa.bindparam("by")
    )
)


def told(conn: sa.Connection, ids: Collection[int]) -> dict[int, Digest]:
    """What these buckets come to, those without a record left out."""
    found = conn.execute(_TOLD, {"ids": list(ids)})
    return {row.id: (row.live, row.hash_sum) for row in found}


def kept(conn: sa.Connection) -> dict[int, Digest]:
    """What each bucket comes to by its row."""
    return {row.id: (row.live, row.hash_sum) for row in conn.execute(_KEPT)}


_KEPT = sa.select(bucket.c.id, bucket.c.live, bucket.c.hash_sum)
_TOLD = _KEPT.where(bucket.c.id.in_(sa.bindparam("ids", expanding=True)), bucket.c.live != 0)


def entries(conn: sa.Connection, number: int) -> list[tuple[str, str, int]]:
    """(noun, id, hash) of every record of a bucket."""
    query = sa.select(entry.c.entity, entry.c.record_id, entry.c.hash)
    live = query.where(entry.c.bucket_id == number, sa.not_(entry.c.removed))
    return [(NOUN_OF[row[0]], row[1], row[2]) for row in conn.execute(live)]


def summed(conn: sa.Connection) -> dict[int, Digest]:
    """What each bucket comes to by its entries, added up."""
    total = sa.cast(sa.func.sum(entry.c.hash), sa.BigInteger)
    query = sa.select(entry.c.bucket_id, sa.func.count(), total).where(sa.not_(entry.c.removed))
    return {row[0]: (row[1], row[2]) for row in conn.execute(query.group_by(entry.c.bucket_id))}
