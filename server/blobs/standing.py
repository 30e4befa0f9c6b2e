"""What is here of all that records name, in figures; and what nobody names is swept."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.chains import LAPTOP, kind_of, owner_of
from schema.frames import is_sealed
from server import moments
from server.arrivals import kept
from server.blobs import files
from server.blobs.files import APART, WHOLE
from server.blobs.tables import ASIDE, blob
from server.blobs.uploads import RESUMABLE, forget_old
from server.db import reading, writing
from server.registry import attachments


@dataclass(frozen=True)
class Figures:
    """Blobs that records name. damaged: whose file is gone or is not itself.

    awaited: how many have not come, by the laptop that made their record; "" for what a page brought.
    """

    referenced: int = 0
    here: int = 0
    aside: int = 0
    damaged: tuple[str, ...] = ()
    awaited: dict[str, int] = field(default_factory=dict)

    def in_words(self) -> str:
        """For whoever runs the registry."""
        coming = ", ".join(f"{n} from {laptop or 'nobody'}" for laptop, n in self.awaited.items())
        told = f"Photos and papers: {self.referenced} pictures are named, {self.here} are here"
        more = f", awaited: {coming}" if coming else ""
        return f"{told}{more}, kept aside: {self.aside}, damaged: {len(self.damaged)}."


def figures(conn: sa.Connection) -> Figures:
    """Every picture that a record names, its file read and compared."""
    rows = conn.execute(sa.select(blob.c.sha256, blob.c.state))
    known = {row.sha256: row.state for row in rows}
    named, counted = attachments.named(conn), {"here": 0, "aside": 0}
    damaged, awaited = [], dict[str, int]()
    for sha256, origin in named.items():
        state = known.get(sha256)
        if state is None:
            laptop = owner_of(origin) if kind_of(origin) == LAPTOP else ""
            awaited[laptop] = awaited.get(laptop, 0) + 1
        elif files.read(sha256, APART if state == ASIDE else WHOLE) is None:
            damaged.append(sha256)
        else:
            counted["aside" if state == ASIDE else "here"] += 1
    return Figures(len(named), **counted, damaged=tuple(damaged), awaited=awaited)


def _unnamed(conn: sa.Connection, hashes: set[str]) -> list[str]:
    """Those that no record names and no Unit that is held: of a sealed one, nobody knows which it does."""
    left = hashes - set(attachments.named(conn))
    texts = kept.undecided(conn) if left else []
    if any(map(is_sealed, texts)):
        return []
    return sorted(sha256 for sha256 in left if not any(sha256 in text for text in texts))


def sweep() -> None:
    """Forget uploads that nobody goes on with, and bytes that no record has named for as long."""
    forget_old()
    with reading() as conn:
        before = blob.c.at < moments.moment(-RESUMABLE)
        old = set(conn.execute(sa.select(blob.c.sha256).where(before)).scalars())
        unnamed = _unnamed(conn, old) if old else []
    if unnamed:
        with writing() as conn:
            gone = sa.delete(blob).where(blob.c.sha256 == sa.bindparam("_sha256"))
            conn.execute(gone, [{"_sha256": sha256} for sha256 in unnamed])
        for sha256 in unnamed:
            files.remove(sha256)
