"""Where the bytes of one attachment are, in words for a shell."""

import sqlalchemy as sa

from schema.record import Record
from server.blobs import keeping

AWAITED = "awaited"
NAMES = {"original": "sha256", "preview": "preview_sha256"}


def where(conn: sa.Connection, record: Record) -> dict[str, str]:
    """Of an attachment, where its original and its preview are: here, aside or awaited; else nothing."""
    if record.entity != "attachment":
        return {}
    states = keeping.states_of(conn, [str(record.get(name)) for name in NAMES.values()])
    return {what: states[str(record.get(name))] or AWAITED for what, name in NAMES.items()}
