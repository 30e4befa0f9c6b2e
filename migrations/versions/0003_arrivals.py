"""Arrivals: every Unit as it came, the chain of each laptop's log, and what each laptop was told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of arrivals."""
    op.create_table(
        "arrival",
        sa.Column("chain", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=30), nullable=False),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("compartment", sa.String(length=16), nullable=True),
        sa.Column("scope", sa.String(length=36), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.String(length=30), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("chain", "key", name=("pk_arrival")),
    )
    op.create_index(
        "uq_arrival_unit_id",
        "arrival",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("acting"),
        postgresql_where=sa.text("acting"),
    )
    op.create_index(
        "ix_arrival_device_id_position", "arrival", ["device_id", "position"], unique=False
    )
    op.create_index(
        "ix_arrival_open",
        "arrival",
        ["device_id", "chain", "n"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL OR outcome = 'held'"),
        postgresql_where=sa.text("outcome IS NULL OR outcome = 'held'"),
    )
    op.create_table(
        "arrival_wait",
        sa.Column("missing", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("missing", "unit_id", name=("pk_arrival_wait")),
    )
    op.create_index("ix_arrival_wait_unit_id", "arrival_wait", ["unit_id"], unique=False)
    op.create_table(
        "chain",
        sa.Column("chain", sa.String(length=120), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("incarnation", sa.Integer(), nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=True),
        sa.Column("safe_n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=("pk_chain")),
    )
    op.create_index("ix_chain_device_id", "chain", ["device_id"], unique=False)
    op.create_table(
        "given_up",
        sa.Column("chain", sa.String(length=120), nullable=False),
        sa.Column("first_n", sa.BigInteger(), nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("chain", "first_n", name=("pk_given_up")),
    )
    op.create_table(
        "told",
        sa.Column("chain", sa.String(length=120), nullable=False),
        sa.Column("announced", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("chain", "announced", name=("pk_told")),
    )


def downgrade() -> None:
    """Nobody takes away what was received."""
    raise NotImplementedError
