"""Which report was taken, when, by whom, as of which change, and the hash of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schema.ids import new_id
from schema.problems import NotFound
from server import acts, moments
from server.actor import Actor
from server.db import metadata

export_log = sa.Table(
    "export_log",
    metadata,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    sa.Column("report", sa.String(40), nullable=False),
    moments.column("taken_at"),
    sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("os_user", sa.String(100), nullable=False),
    sa.Column("as_of", sa.BigInteger, nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("hidden", sa.BigInteger, nullable=False),
    sa.Index("ix_export_log_account_id_taken_at", "account_id", "taken_at"),
    sa.Index("ix_export_log_taken_at", "taken_at"),
)
MOST_SHOWN = 100


@dataclass(frozen=True)
class Taking:
    """What is kept of a taking. scopes: whose cases it may show, for reports that show cases."""

    report: str
    as_of: int
    day: str
    scopes: str
    sha256: str
    size: int
    rows: int
    hidden: int


def keep(conn: sa.Connection, actor: Actor, taking: Taking) -> dict[str, Any]:
    """Keep a taking, in the log and in the chained history; the row that was written."""
    row = {
        "id": new_id(moments.milliseconds()),
        "taken_at": moments.moment(),
        "account_id": actor.account_id,
        "by": actor.name,
        "os_user": actor.os_user,
        **vars(taking),
    }
    conn.execute(export_log.insert(), [row])
    said = {"act": "taken", "report": taking.report, "as_of": taking.as_of, "sha256": taking.sha256}
    acts.record(conn, actor, "export", row["id"], said)
    return row


def latest(conn: sa.Connection, actor: Actor) -> Sequence[sa.RowMapping]:
    """The last takings that somebody may know of: their own; with ``admin`` read, everybody's."""
    query = sa.select(export_log).order_by(export_log.c.taken_at.desc()).limit(MOST_SHOWN)
    return conn.execute(_known_to(query, actor)).mappings().all()


def one(conn: sa.Connection, actor: Actor, taking_id: str) -> dict[str, Any]:
    """One taking. Raises NotFound where they may not know of it."""
    query = sa.select(export_log).where(export_log.c.id == taking_id)
    row = conn.execute(_known_to(query, actor)).mappings().first()
    if row is None:
        raise NotFound
    return dict(row)


def _known_to(query: sa.Select[Any], actor: Actor) -> sa.Select[Any]:
    if actor.sight.anywhere("read", "admin"):
        return query
    return query.where(export_log.c.account_id == actor.account_id)
