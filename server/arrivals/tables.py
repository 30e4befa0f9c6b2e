"""What arrivals keep: every Unit as it came, the chain of each log, and what each laptop was told."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from server import moments
from server.db import metadata

Row = Mapping[str, Any]
CHAIN_LENGTH = 120
_ID = sa.Uuid(as_uuid=False)

# A Unit as it came, for ever. ``outcome`` is empty while it waits: behind a gap, or to be judged.
# ``acting`` marks the copy that counts: the same Unit under a second incarnation is a duplicate.
# ``position`` counts a laptop's outcomes in the order in which they changed: its RESULTS cursor.
arrival = sa.Table(
    "arrival",
    metadata,
    sa.Column("chain", sa.String(CHAIN_LENGTH), primary_key=True),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("n", sa.BigInteger),
    sa.Column("unit_id", _ID, nullable=False),
    sa.Column("acting", sa.Boolean, nullable=False),
    sa.Column("prev", sa.String(64)),
    sa.Column("hash", sa.String(64)),
    sa.Column("payload", sa.Text, nullable=False),
    moments.column("received_at"),
    sa.Column("via", sa.String(10), nullable=False),
    sa.Column("account_id", _ID),
    sa.Column("device_id", _ID),
    sa.Column("attempts", sa.SmallInteger, nullable=False),
    sa.Column("outcome", sa.String(10)),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.String(80), nullable=False),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("missing", sa.Text, nullable=False),
    sa.Column("compartment", sa.String(16)),
    sa.Column("scope", sa.String(36)),
    sa.Column("position", sa.BigInteger),
    moments.column("closed_at", nullable=True),
    sa.Column("closed_by", sa.String(200)),
)
sa.Index(
    "uq_arrival_unit_id",
    arrival.c.unit_id,
    unique=True,
    sqlite_where=arrival.c.acting,
    postgresql_where=arrival.c.acting,
)
sa.Index("ix_arrival_device_id_position", arrival.c.device_id, arrival.c.position)
# The few that a person or the next sync has to look at, among the many that are done.
_open = sa.or_(arrival.c.outcome.is_(None), arrival.c.outcome == sa.literal_column("'held'"))
sa.Index(
    "ix_arrival_open",
    arrival.c.device_id,
    arrival.c.chain,
    arrival.c.n,
    sqlite_where=_open,
    postgresql_where=_open,
)

# What a held Unit waits for: when it comes, the Unit is judged again.
arrival_wait = sa.Table(
    "arrival_wait",
    metadata,
    sa.Column("missing", _ID, primary_key=True),
    sa.Column("unit_id", _ID, primary_key=True),
    sa.Index("ix_arrival_wait_unit_id", "unit_id"),
)

# The log of one incarnation of one laptop: how far it is here without a gap. ``last_hash`` is empty
# after a gap that was given up: what follows is taken on trust.
chain = sa.Table(
    "chain",
    metadata,
    sa.Column("chain", sa.String(CHAIN_LENGTH), primary_key=True),
    sa.Column("device_id", _ID, nullable=False, index=True),
    sa.Column("incarnation", sa.Integer, nullable=False),
    sa.Column("last_n", sa.BigInteger, nullable=False),
    sa.Column("last_hash", sa.String(64)),
    sa.Column("safe_n", sa.BigInteger, nullable=False),
)
given_up = sa.Table(
    "given_up",
    metadata,
    sa.Column("chain", sa.String(CHAIN_LENGTH), primary_key=True),
    sa.Column("first_n", sa.BigInteger, primary_key=True),
    sa.Column("last_n", sa.BigInteger, nullable=False),
    moments.column("at"),
)
# The head of every STATE that was sent to a laptop, whatever its incarnation, with how many Units it had
# announced then; once a day, the first time: what was said first is not put off by saying it again.
told_head = sa.Table(
    "told_head",
    metadata,
    sa.Column("device_id", _ID, primary_key=True),
    sa.Column("head", sa.BigInteger, primary_key=True),
    sa.Column("announced", sa.BigInteger, primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),
    moments.column("at"),
)
# The highest head that an answer on a stick said: it may be a Unit's base. Whether it was read, and when,
# nobody knows, so it counts for nothing else (R15).
told_by_stick = sa.Table(
    "told_by_stick",
    metadata,
    sa.Column("device_id", _ID, primary_key=True),
    sa.Column("head", sa.BigInteger, nullable=False),
    moments.column("at"),
)


# A record as a laptop still showed it when a restored registry had lost it. ``ver`` is its number there,
# ``epoch`` the one in which it was offered. Never applied: somebody looks at it.
witness = sa.Table(
    "witness",
    metadata,
    sa.Column("record_id", _ID, primary_key=True),
    sa.Column("ver", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("compartment", sa.String(16), nullable=False),
    sa.Column("scope", sa.String(36), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("device_id", _ID, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    moments.column("received_at"),
    sa.Index("ix_witness_epoch", "epoch"),
)


def rows(conn: sa.Connection, query: sa.Select[Any]) -> list[Row]:
    """What a query finds, by column name."""
    return [dict(row) for row in conn.execute(query).mappings()]
