"""Checked backups, the epochs that are over, and what laptops witness after a restore."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of backups and restores."""
    op.create_table(
        "past_epoch",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("last_n", sa.BigInteger(), nullable=False),
        sa.Column("known_n", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.String(length=30), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.PrimaryKeyConstraint("no", name="pk_past_epoch"),
    )
    op.create_table(
        "backup",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.Column("file", sa.String(length=500), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_backup"),
    )
    op.create_index("ix_backup_at", "backup", ["at"], unique=False)
    op.create_table(
        "witness",
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ver", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("compartment", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "ver", "hash", name="pk_witness"),
    )
    op.create_index("ix_witness_epoch", "witness", ["epoch"], unique=False)


def downgrade() -> None:
    """Nobody takes away what was witnessed."""
    raise NotImplementedError
