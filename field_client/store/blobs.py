"""The bytes of attachments in the encrypted store: made here and to be sent, or fetched.

What was made here stays until its Unit has left the outbox and a backup of the registry holds the bytes too.
What no record shown here names is sealed to the registry, where it must still be sent, or else gone: so the
bytes of a record that leaves these tables (a child's) can be handed in and not be looked at (R1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyrage
from sqlite_utils import Database

from field_client import moments
from field_client.store import facts, states
from field_client.store.rows import Row, one, select
from schema.picture import Picture, hash_of

# Bytes as they are laid down: SQLite reads a row whole.
PIECE = 256 * 1024
MOST_TRIES = 3
_MUST_SEND = (
    "(b.made_here = 1 AND NOT (b.safe = 1 AND NOT EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.unit_id = b.unit_id)))"
)
_TO_ASK = (
    "b.made_here = 1 AND b.safe = 0 AND (b.arrived_at IS NULL OR NOT EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.unit_id = b.unit_id))"
)
_NAMED = (
    "EXISTS (SELECT 1 FROM attachment a WHERE a.withdrawn_at IS NULL"
    " AND (a.sha256 = b.sha256 OR a.preview_sha256 = b.sha256))"
)


def keep_made(db: Database, pictures: Iterable[Picture], unit_id: str) -> None:
    """Keep pictures that were taken here, in the transaction that saves their records."""
    for picture in pictures:
        for body, is_preview in ((picture.preview, 1), (picture.body, 0)):
            sha256 = hash_of(body)
            _drop(db, sha256)
            _lay(db, sha256, 0, body)
            row = {"sha256": sha256, "size": len(body), "whole": 1, "made_here": 1, "sealed": 0}
            db.table("blob").insert({**row, **_FRESH, "preview": is_preview, "unit_id": unit_id})


_FRESH: Row = {
    "length": 0,
    "arrived_at": None,
    "safe": 0,
    "kept": 0,
    "tries": 0,
    "sent": 0,
    "unit_id": None,
}


def settle(db: Database) -> None:
    """Bring what is kept in line with what is shown: seal, or let go."""
    key = facts.get(db, "seal_key", "")
    for row in select(db, f"SELECT b.* FROM blob b WHERE NOT {_NAMED}"):
        if not one(db, f"SELECT 1 FROM blob b WHERE b.sha256 = ? AND {_MUST_SEND}", _is(row)):
            _drop(db, row["sha256"])
        elif key and row["whole"] and not row["sealed"]:
            _seal(db, row, key)
    idle = f"b.preview = 0 AND b.kept = 0 AND NOT {_MUST_SEND}"
    for row in select(db, f"SELECT b.* FROM blob b WHERE {idle}"):
        _drop(db, row["sha256"])


def body_of(db: Database, sha256: str) -> bytes | None:
    """The bytes with this hash, None while they are not all here, are sealed, or are others."""
    row = _row(db, sha256)
    if row is None or not row["whole"] or row["sealed"]:
        return None
    body = _read(db, sha256)
    return body if hash_of(body) == sha256 else None


def is_here(db: Database, sha256: str) -> bool:
    """Whether the bytes with this hash are all here and may be shown."""
    sql = "SELECT 1 FROM blob WHERE sha256 = ? AND whole = 1 AND sealed = 0"
    return bool(one(db, sql, (sha256,)))


def is_kept(db: Database, sha256: str) -> bool:
    """Whether somebody asked for this original to be kept here."""
    return bool(one(db, "SELECT kept FROM blob WHERE sha256 = ?", (sha256,)))


def where(db: Database, found: Sequence[Row]) -> dict[str, str]:
    """Where these attachments are with their bytes: a key of ``schema.states.STATES`` for each.

    As long as the bytes of one are nowhere else, so is the attachment: no stick carries them.
    """
    told = states.states_of(db, [row["id"] for row in found])
    return {row["id"]: _where(db, row, told[row["id"]].state) for row in found}


def _where(db: Database, row: Row, state: str) -> str:
    sql = (
        "SELECT min(arrived_at IS NOT NULL) AS arrived, min(safe) AS safe FROM blob"
        " WHERE made_here = 1 AND sha256 IN (?, ?)"
    )
    found = select(db, sql, (row["sha256"], row["preview_sha256"]))[0]
    if found["arrived"] == 0 and state in ("registry", "backup", "stick"):
        return "here"
    return "registry" if found["safe"] == 0 and state == "backup" else state


@dataclass(frozen=True)
class Counted:
    """Pictures that were taken here, by where their bytes are. on_the_way: a part of them has arrived."""

    only_here: int = 0
    on_the_way: int = 0
    at_registry: int = 0
    in_backup: int = 0


_NONE = {"here": 0, "way": 0, "registry": 0, "backup": 0}


def counted(db: Database) -> Counted:
    """The pictures that were taken here and are still kept for it, in figures; previews are not counted."""
    sql = (
        "SELECT count(*) AS n, CASE WHEN safe = 1 THEN 'backup' WHEN arrived_at IS NOT NULL THEN 'registry'"
        " WHEN sent > 0 THEN 'way' ELSE 'here' END AS place"
        " FROM blob WHERE made_here = 1 AND preview = 0 GROUP BY place"
    )
    found = {**_NONE, **{row["place"]: row["n"] for row in select(db, sql)}}
    return Counted(found["here"], found["way"], found["registry"], found["backup"])


def to_send(db: Database) -> list[Row]:
    """What the registry has not said that it holds whole: previews first, the newest case first.

    What has arrived is asked about again when its Unit is in a backup, to know whether it is in one too. In a
    new epoch all is asked about: the registry may have lost it.
    """
    new = facts.get(db, "epoch") != facts.get(db, "blobs_epoch")
    which = "1" if new else _TO_ASK
    sql = (
        "SELECT b.*, (SELECT max(a.case_id) FROM attachment a"
        " WHERE a.sha256 = b.sha256 OR a.preview_sha256 = b.sha256) AS case_id"
        f" FROM blob b WHERE b.whole = 1 AND b.tries < ? AND {which}"
        " ORDER BY b.preview DESC, case_id DESC, b.sha256"
    )
    return select(db, sql, (MOST_TRIES,))


def wanted(db: Database) -> list[Row]:
    """What is named here and not here: all previews, and originals that somebody asked for.

    Each with ``size``, and ``have``: how much of it has come. sealed: it is here and cannot be looked at, for
    no record named it for a while; the registry has it.
    """
    sql = (
        "SELECT a.{hash} AS sha256, a.{size} AS size, max(a.case_id) AS case_id, {preview} AS preview,"
        " coalesce(b.sealed, 0) AS sealed, CASE WHEN b.sealed = 1 THEN 0 ELSE"
        " coalesce((SELECT sum(length(body)) FROM blob_part p WHERE p.sha256 = a.{hash}), 0) END AS have"
        " FROM attachment a LEFT JOIN blob b ON b.sha256 = a.{hash}"
        " WHERE a.withdrawn_at IS NULL AND a.{hash} IS NOT NULL AND coalesce(b.tries, 0) < ?"
        " AND (coalesce(b.whole, 0) = 0 OR (b.sealed = 1 AND b.arrived_at IS NOT NULL))"
        " AND {asked} GROUP BY a.{hash}, a.{size}"
    )
    names = {"hash": "preview_sha256", "size": "preview_size", "preview": 1, "asked": "1"}
    previews = select(db, sql.format(**names), (MOST_TRIES,))
    names = {"hash": "sha256", "size": "size", "preview": 0, "asked": "b.kept = 1"}
    originals = select(db, sql.format(**names), (MOST_TRIES,))
    return [*_newest_first(previews), *_newest_first(originals)]


def _newest_first(found: list[Row]) -> list[Row]:
    return sorted(found, key=lambda row: str(row["case_id"] or ""), reverse=True)


def piece(db: Database, sha256: str, start: int, size: int) -> bytes:
    """So many of the bytes to send, from this one on."""
    sql = "SELECT start, body FROM blob_part WHERE sha256 = ? AND start < ? AND start + length(body) > ?"
    found = select(db, f"{sql} ORDER BY start", (sha256, start + size, start))
    if not found:
        return b""
    joined = b"".join(row["body"] for row in found)
    at = start - int(found[0]["start"])
    return joined[at : at + size]


def length(row: Mapping[str, Any]) -> int:
    """How many bytes have to be sent of this: sealed, it is longer."""
    return int(row["length"] or row["size"])


def note_standing(db: Database, sha256: str, *, here: bool, safe: bool) -> None:
    """Keep what the registry says of bytes that were offered."""
    at = moments.now() if here else None
    sql = (
        "UPDATE blob SET arrived_at = CASE WHEN ? IS NULL THEN NULL"
        " ELSE coalesce(arrived_at, ?) END, safe = ? WHERE sha256 = ?"
    )
    db.execute(sql, (at, at, int(safe), sha256))


def note_sent(db: Database, sha256: str, sent: int) -> None:
    """Keep how much of these bytes the registry has."""
    db.execute("UPDATE blob SET sent = ? WHERE sha256 = ?", (sent, sha256))


def note_failed(db: Database, sha256: str) -> None:
    """Count that these bytes turned out to be others; after MOST_TRIES they are left alone."""
    db.execute("UPDATE blob SET tries = tries + 1 WHERE sha256 = ?", (sha256,))


def take_piece(db: Database, sha256: str, size: int, preview: int, body: bytes) -> None:
    """Lay down what has come of bytes that are fetched; shown only when they are whole and right."""
    have = one(db, "SELECT sum(length(body)) FROM blob_part WHERE sha256 = ?", (sha256,)) or 0
    if _row(db, sha256) is None:
        row = {"sha256": sha256, "size": size, "whole": 0, "made_here": 0, "sealed": 0}
        db.table("blob").insert({**row, **_FRESH, "preview": preview})
    _lay(db, sha256, have, body)


def complete(db: Database, sha256: str) -> bool:
    """Whether what was fetched is whole, and what its hash says; what is not is fetched anew."""
    row = _row(db, sha256)
    body = _read(db, sha256)
    if row is None or len(body) < row["size"]:
        return False
    if hash_of(body) != sha256:
        db.execute("DELETE FROM blob_part WHERE sha256 = ?", (sha256,))
        note_failed(db, sha256)
        return False
    said = (moments.now(), sha256)
    db.execute("UPDATE blob SET whole = 1, tries = 0, arrived_at = ? WHERE sha256 = ?", said)
    return True


def show_again(db: Database, sha256: str, body: bytes) -> bool:
    """Put these bytes in place of the same that lie here sealed; whether they are what their hash says."""
    if hash_of(body) != sha256:
        note_failed(db, sha256)
        return False
    db.execute("DELETE FROM blob_part WHERE sha256 = ?", (sha256,))
    _lay(db, sha256, 0, body)
    db.execute("UPDATE blob SET sealed = 0, length = 0, tries = 0 WHERE sha256 = ?", (sha256,))
    return True


def keep_original(db: Database, sha256: str, size: int, kept: int) -> None:
    """Have the original fetched with the next sync and kept here (1), or let go of it (0)."""
    if _row(db, sha256) is None:
        row = {"sha256": sha256, "size": size, "whole": 0, "made_here": 0, "sealed": 0}
        db.table("blob").insert({**row, **_FRESH, "preview": 0})
    db.execute("UPDATE blob SET kept = ?, tries = 0 WHERE sha256 = ?", (kept, sha256))
    settle(db)


def _seal(db: Database, row: Row, key: str) -> None:
    recipient = pyrage.x25519.Recipient.from_str(key)
    sealed = pyrage.encrypt(_read(db, row["sha256"]), [recipient])
    db.execute("DELETE FROM blob_part WHERE sha256 = ?", _is(row))
    _lay(db, row["sha256"], 0, sealed)
    said = (len(sealed), row["sha256"])
    db.execute("UPDATE blob SET sealed = 1, length = ? WHERE sha256 = ?", said)


def _lay(db: Database, sha256: str, start: int, body: bytes) -> None:
    for at in range(0, len(body), PIECE):
        part = {"sha256": sha256, "start": start + at, "body": body[at : at + PIECE]}
        db.table("blob_part").insert(part)


def _read(db: Database, sha256: str) -> bytes:
    sql = "SELECT body FROM blob_part WHERE sha256 = ? ORDER BY start"
    return b"".join(row["body"] for row in select(db, sql, (sha256,)))


def _row(db: Database, sha256: str) -> Row | None:
    found = select(db, "SELECT * FROM blob WHERE sha256 = ?", (sha256,))
    return found[0] if found else None


def _drop(db: Database, sha256: str) -> None:
    for table in ("blob_part", "blob"):
        db.execute(f"DELETE FROM {table} WHERE sha256 = ?", (sha256,))


def _is(row: Row) -> tuple[str]:
    return (row["sha256"],)
