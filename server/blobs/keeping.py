"""Puts whole bytes in their place: looked into first, on the disk before their row says that they are here."""

from collections.abc import Collection

import sqlalchemy as sa

from schema import points
from schema.picture import fault_of
from server import moments
from server.blobs import files
from server.blobs.files import APART, WHOLE
from server.blobs.tables import ASIDE, HERE, blob
from server.db import insert_new, writing


def keep(sha256: str, body: bytes, device_id: str | None) -> str:
    """Keep these bytes, whose hash this is; "" or what is wrong with them. Raises CannotWrite.

    What is no clean picture is kept aside: shown to nobody, and named to whoever reads its record.
    """
    fault = fault_of(body)
    among = APART if fault else WHOLE
    if files.read(sha256, among) is None:
        files.put(sha256, body, among)
    points.reach("after a blob has its name, before its row")
    row = {
        "sha256": sha256,
        "size": len(body),
        "state": ASIDE if fault else HERE,
        "fault": fault,
        "device_id": device_id,
        "at": moments.moment(),
    }
    with writing() as conn:
        insert_new(conn, blob, [row])
    return fault


def state_of(conn: sa.Connection, sha256: str) -> str:
    """Where these bytes are: HERE, ASIDE, or empty where they have not come or their file is gone."""
    return states_of(conn, [sha256])[sha256]


def states_of(conn: sa.Connection, hashes: Collection[str]) -> dict[str, str]:
    """Where these bytes are, by their hash."""
    if not hashes:
        return {}
    query = sa.select(blob.c.sha256, blob.c.state).where(blob.c.sha256.in_(list(hashes)))
    found = {row.sha256: row.state for row in conn.execute(query) if _lies(row.sha256, row.state)}
    return {**dict.fromkeys(hashes, ""), **found}


def _lies(sha256: str, state: str) -> bool:
    return files.is_there(sha256, APART if state == ASIDE else WHOLE)


def body_of(conn: sa.Connection, sha256: str) -> bytes | None:
    """The bytes that may be shown under this hash; None while they are not here or not clean."""
    return files.read(sha256) if state_of(conn, sha256) == HERE else None
