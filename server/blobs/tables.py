"""What is known of the bytes of attachments, and of those that are still coming."""

import sqlalchemy as sa

from schema.ids import HASH_LENGTH
from server import moments
from server.db import metadata

HERE, ASIDE = "here", "aside"
_ID = sa.Uuid(as_uuid=False)

# Whole bytes that came. ``aside``: they are no clean picture and are shown to nobody; ``fault`` says why.
# device_id: which laptop brought them first; empty for a page. safe_at: since when a checked backup has them.
blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", sa.String(HASH_LENGTH), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("fault", sa.String(40), nullable=False),
    sa.Column("device_id", _ID),
    moments.column("at"),
    moments.column("safe_at", nullable=True),
)
# What a laptop has sent of some bytes. ``have``: how much of them is on the disk; done_at: since when they
# are whole, which tells this laptop alone that it need not send them.
upload = sa.Table(
    "upload",
    metadata,
    sa.Column("device_id", _ID, primary_key=True),
    sa.Column("sha256", sa.String(HASH_LENGTH), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("have", sa.BigInteger, nullable=False),
    moments.column("touched_at"),
    moments.column("done_at", nullable=True),
)
