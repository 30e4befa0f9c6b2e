"""Takes the bytes of attachments from laptops, chunk by chunk; what came is gone on with at its byte.

An upload is one laptop's: how much of it is here tells nobody whether somebody else brought the same.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from schema import points
from schema.blobs import MOST_CHUNK, MOST_SEALING, is_sealed
from schema.entities.attachment import MOST_ORIGINAL
from schema.picture import hash_of
from schema.problems import BadValue, TooLarge, WrongHash, WrongOffset
from server import moments, sealing
from server.blobs import files, keeping
from server.blobs.tables import blob, upload
from server.db import insert_new, reading, writing

# How long an unfinished upload waits, and bytes that no record names.
RESUMABLE = timedelta(days=90)
MOST_UPLOAD = MOST_ORIGINAL + MOST_SEALING
# What one laptop may have under way at once.
MOST_COMING = 300_000_000


@dataclass(frozen=True)
class Chunk:
    """A piece of some bytes. total: how long all of them are; hashed: the hash of the piece."""

    sha256: str
    offset: int
    total: int
    body: bytes
    hashed: str


@dataclass(frozen=True)
class Standing:
    """How far one laptop's upload is. here: it is whole; safe: a checked backup holds it."""

    offset: int
    here: bool = False
    safe: bool = False


def standing(
    device_id: str, offered: Mapping[str, int], readable: frozenset[str]
) -> dict[str, Standing]:
    """How far these uploads of a laptop are. offered: hash -> bytes to send.

    readable: hashes of what the laptop may read now, of which it may know that somebody brought it.
    """
    for sha256 in _all_come(device_id, offered):
        with suppress(WrongHash):
            finish(device_id, sha256)
    with reading() as conn:
        mine = {row.sha256: row for row in conn.execute(_of(device_id, offered))}
        safe, states = _safe(conn, offered), keeping.states_of(conn, offered)
        found = {}
        for sha256, size in offered.items():
            row = mine.get(sha256)
            known = sha256 in readable or (row is not None and row.done_at is not None)
            if known and states[sha256]:
                found[sha256] = Standing(size, here=True, safe=sha256 in safe)
            else:
                found[sha256] = Standing(_have(device_id, row, size))
    return found


def take(device_id: str, chunk: Chunk) -> Standing:
    """Lay a chunk where what is here ends. Raises WrongOffset, WrongHash, TooLarge, CannotWrite."""
    if len(chunk.body) > MOST_CHUNK or chunk.total > MOST_UPLOAD:
        raise TooLarge("A chunk has at most 256 kB, and a picture 1.5 MB.")
    with files.part(device_id, chunk.sha256) as part:
        with reading() as conn:
            row = conn.execute(_of(device_id, [chunk.sha256])).first()
            if row is None and _coming(conn, device_id) + chunk.total > MOST_COMING:
                raise TooLarge("This laptop has too much under way. Finish that first.")
        have = _have(device_id, row, chunk.total)
        if chunk.offset != have or chunk.offset + len(chunk.body) > chunk.total:
            raise WrongOffset(offset=have)
        if hash_of(chunk.body) != chunk.hashed:
            raise WrongHash(offset=have)
        part.lay(have, chunk.body)
        points.reach("after a chunk is on the disk, before its row")
        have += len(chunk.body)
        _note(device_id, chunk, have)
    if have == chunk.total:
        finish(device_id, chunk.sha256)
        return Standing(have, here=True)
    return Standing(have)


def finish(device_id: str, sha256: str) -> None:
    """Keep what has come whole. Raises WrongHash, with nothing kept of it, when it is something else."""
    with files.part(device_id, sha256) as part:
        if _is_done(device_id, sha256):
            part.drop()
            return
        body = _opened(part.body())
        if hash_of(body) != sha256:
            with writing() as conn:
                conn.execute(sa.delete(upload).where(_is(device_id, sha256)))
            part.drop()
            raise WrongHash(offset=0)
        keeping.keep(sha256, body, device_id)
        with writing() as conn:
            done = sa.update(upload).where(_is(device_id, sha256))
            conn.execute(done.values(done_at=moments.moment()))
        part.drop()


def _is_done(device_id: str, sha256: str) -> bool:
    """Whether somebody has finished it while this waited for its file."""
    with reading() as conn:
        done = sa.select(upload.c.done_at).where(_is(device_id, sha256))
        return conn.execute(done).scalar() is not None


def forget_old() -> None:
    """Forget uploads that nobody went on with for RESUMABLE."""
    before = moments.moment(-RESUMABLE)
    old = sa.and_(upload.c.touched_at < before, upload.c.done_at.is_(None))
    with writing() as conn:
        rows = conn.execute(sa.select(upload.c.device_id, upload.c.sha256).where(old)).all()
        conn.execute(sa.delete(upload).where(old))
    for row in rows:
        files.drop_part(row.device_id, row.sha256)


def _opened(body: bytes) -> bytes:
    """What was sealed, unsealed. What was sealed to somebody else stays as it is: its hash is another."""
    try:
        return sealing.unseal_bytes(body) if is_sealed(body) else body
    except BadValue:
        return body


def _of(device_id: str, hashes: "Mapping[str, int] | list[str]") -> "sa.Select[tuple[object, ...]]":
    mine = sa.and_(upload.c.device_id == device_id, upload.c.sha256.in_(list(hashes)))
    return sa.select(upload).where(mine)


def _is(device_id: str, sha256: str) -> "sa.ColumnElement[bool]":
    return sa.and_(upload.c.device_id == device_id, upload.c.sha256 == sha256)


def _have(device_id: str, row: "sa.Row[tuple[object, ...]] | None", size: int) -> int:
    """How much is here of an upload of this length: what its row says, and its file has."""
    if row is None or row.size != size or row.done_at is not None:
        return 0
    return min(row.have, files.length_of_part(device_id, row.sha256))


def _all_come(device_id: str, offered: Mapping[str, int]) -> list[str]:
    """Uploads of which all has come and that were never finished: a process was killed between."""
    whole = sa.and_(upload.c.have == upload.c.size, upload.c.done_at.is_(None))
    with reading() as conn:
        rows = conn.execute(_of(device_id, offered).where(whole)).all()
    return [row.sha256 for row in rows if _have(device_id, row, row.size) == row.size]


def _coming(conn: sa.Connection, device_id: str) -> int:
    mine = sa.and_(upload.c.device_id == device_id, upload.c.done_at.is_(None))
    return conn.execute(sa.select(sa.func.sum(upload.c.size)).where(mine)).scalar() or 0


def _safe(conn: sa.Connection, hashes: Mapping[str, int]) -> set[str]:
    held = sa.and_(blob.c.sha256.in_(list(hashes)), blob.c.safe_at.is_not(None))
    return set(conn.execute(sa.select(blob.c.sha256).where(held)).scalars())


def _note(device_id: str, chunk: Chunk, have: int) -> None:
    said = {"size": chunk.total, "have": have, "touched_at": moments.moment(), "done_at": None}
    with writing() as conn:
        insert_new(conn, upload, [{"device_id": device_id, "sha256": chunk.sha256, **said}])
        conn.execute(sa.update(upload).where(_is(device_id, chunk.sha256)).values(said))
