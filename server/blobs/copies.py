"""Blobs in a backup: one folder beside the files of backups, by hash, so that each is written once.

A backup holds a blob when its copy was read back and is what its name says. A backup mends what the
registry has lost or damaged, a restore brings it back; of what is nowhere the row goes, and laptops that
still have it are asked again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from server import moments
from server.blobs import files
from server.blobs.files import APART, WHOLE
from server.blobs.tables import ASIDE, blob

# Beside the file of a backup, and never the folder in which the registry's own lie.
FOLDER = "backup-blobs"


@dataclass(frozen=True)
class Copied:
    """What became of blobs: those that are there, and those that are nowhere or are not themselves."""

    held: frozenset[str]
    lost: frozenset[str]


def listed(conn: sa.Connection) -> dict[str, str]:
    """The blobs of this database: in which folder each lies, by hash."""
    rows = conn.execute(sa.select(blob.c.sha256, blob.c.state))
    return {row.sha256: APART if row.state == ASIDE else WHOLE for row in rows}


def bring_together(wanted: Mapping[str, str], file: Path) -> Copied:
    """Have each blob that is here or beside a backup's file in both places. Raises CannotWrite."""
    beside = file.parent / FOLDER
    held = {sha256 for sha256, among in wanted.items() if _in_both(sha256, among, beside)}
    return Copied(frozenset(held), frozenset(wanted) - held)


def mark_safe(conn: sa.Connection, held: Collection[str]) -> None:
    """A checked backup holds these: laptops may forget them."""
    _each(conn, held, sa.update(blob).values(safe_at=moments.moment()))


def forget(conn: sa.Connection, lost: Collection[str]) -> None:
    """These are not here any more: whoever offers them is asked for them."""
    _each(conn, lost, sa.delete(blob))


def _each(conn: sa.Connection, hashes: Collection[str], act: "sa.Update | sa.Delete") -> None:
    if hashes:
        one = act.where(blob.c.sha256 == sa.bindparam("_sha256"))
        conn.execute(one, [{"_sha256": sha256} for sha256 in sorted(hashes)])


def _in_both(sha256: str, among: str, beside: Path) -> bool:
    """Whether a blob is here and there now, read back and compared in both places."""
    here, there = files.read(sha256, among), files.read(sha256, among, beside)
    if here is not None and there is not None:
        return True
    if here is not None:
        files.put(sha256, here, among, beside)
        return files.read(sha256, among, beside) is not None
    if there is not None:
        files.put(sha256, there, among)
        return files.read(sha256, among) is not None
    return False
