"""Snapshot files on their way here: kept part by part, in the store, until all of one is here."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import orjson
from sqlite_utils import Database

from field_client.store.rows import one, select
from schema.encodings import NotPacked, unpacked
from schema.frames import PAGE


@dataclass(frozen=True)
class Offer:
    """A file that the registry offers of a bucket. seq: the head it holds; hash: SHA-256 of its bytes."""

    bucket: str
    seq: int
    size: int
    hash: str
    encoding: str

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Offer":
        """As END says it."""
        return cls(said["bucket"], said["seq"], said["size"], said["hash"], said["encoding"])

    @property
    def path(self) -> str:
        """Where the registry has it."""
        return f"/sync/1/snapshot/{quote(self.bucket)}/{self.seq}"


def begun(db: Database, bucket: str) -> Offer | None:
    """The file of a bucket of which some has come."""
    found = select(db, "SELECT * FROM fetched WHERE bucket = ?", (bucket,))
    return Offer.of(found[0]) if found else None


def begin(db: Database, offer: Offer) -> None:
    """Expect this file, and forget any other of its bucket."""
    if begun(db, offer.bucket) != offer:
        drop(db, offer.bucket)
        db.execute(
            "INSERT INTO fetched (bucket, seq, size, hash, encoding) VALUES (?, ?, ?, ?, ?)",
            astuple(offer),
        )


def size(db: Database, bucket: str) -> int:
    """How many bytes of it are here."""
    sql = "SELECT coalesce(sum(length(body)), 0) FROM fetched_part WHERE bucket = ?"
    return int(one(db, sql, (bucket,)))


def add(db: Database, bucket: str, part: bytes) -> None:
    """Keep what has come next."""
    db.execute("INSERT INTO fetched_part (bucket, body) VALUES (?, ?)", (bucket, part))


def lines(db: Database, offer: Offer) -> list[tuple[bytes, dict[str, Any]]]:
    """Its lines, each with the page that it says; none when it is not, to the last byte, what was offered."""
    digest = sha256()
    for part in _parts(db, offer.bucket):
        digest.update(part)
    if digest.hexdigest() != offer.hash:
        return []
    try:
        text = b"".join(unpacked(_parts(db, offer.bucket), offer.encoding))
        return [(line, _page(offer, line)) for line in text.splitlines()]
    except (NotPacked, LookupError, ValueError):
        return []


def _page(offer: Offer, line: bytes) -> dict[str, Any]:
    name, said = orjson.loads(line)
    if name != PAGE or (said["bucket"], said["to"], said["whole"]) != (
        offer.bucket,
        offer.seq,
        offer.seq,
    ):
        raise ValueError(name)
    return dict(said)


def drop(db: Database, bucket: str) -> None:
    """Forget the file of a bucket."""
    db.execute("DELETE FROM fetched WHERE bucket = ?", (bucket,))
    db.execute("DELETE FROM fetched_part WHERE bucket = ?", (bucket,))


def clear(db: Database) -> None:
    """Forget all of them."""
    db.execute("DELETE FROM fetched")
    db.execute("DELETE FROM fetched_part")


def _parts(db: Database, bucket: str) -> Iterator[bytes]:
    sql = "SELECT place FROM fetched_part WHERE bucket = ? ORDER BY place"
    for (place,) in db.execute(sql, (bucket,)).fetchall():
        yield one(db, "SELECT body FROM fetched_part WHERE place = ?", (place,))
