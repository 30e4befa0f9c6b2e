"""Which backups were made and checked, and up to where each laptop's log is in one."""

from dataclasses import dataclass

import sqlalchemy as sa

from server import moments
from server.db import metadata

backup = sa.Table(
    "backup",
    metadata,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    moments.column("at"),
    sa.Column("file", sa.String(500), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("head", sa.BigInteger, nullable=False),
    sa.Column("units", sa.BigInteger, nullable=False),
    sa.Index("ix_backup_at", "at"),
)


@dataclass(frozen=True)
class Made:
    """A backup that was made and checked. units: how many Units of laptops it holds."""

    at: str
    file: str
    size: int
    sha256: str
    head: int
    units: int


def record(conn: sa.Connection, backup_id: str, made: Made) -> None:
    """Keep that this backup was made and checked."""
    conn.execute(sa.insert(backup), [{"id": backup_id, **vars(made)}])


def last(conn: sa.Connection) -> Made | None:
    """The last backup that was made and checked."""
    columns = (backup.c[name] for name in Made.__dataclass_fields__)
    row = conn.execute(sa.select(*columns).order_by(backup.c.at.desc()).limit(1)).first()
    return Made(*row) if row else None
