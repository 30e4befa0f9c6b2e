"""Which report was taken, when and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the log of takings."""
    op.create_table(
        "export_log",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.String(length=30), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("os_user", sa.String(length=100), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("hidden", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_export_log")),
    )
    op.create_index(
        "ix_export_log_account_id_taken_at", "export_log", ["account_id", "taken_at"], unique=False
    )
    op.create_index("ix_export_log_taken_at", "export_log", ["taken_at"], unique=False)
