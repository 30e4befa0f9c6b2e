"""What each laptop was told last, and whether its rows agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; it fills as laptops sync."""
    op.create_table(
        "told_last",
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("word", sa.String(length=16), nullable=False),
        sa.Column("hello", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("digests", sa.String(length=16), nullable=False),
        sa.Column("buckets", sa.Integer(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("agreed_at", sa.String(length=30), nullable=True),
        sa.Column("differed", sa.Integer(), nullable=False),
        sa.Column("differed_at", sa.String(length=30), nullable=True),
        sa.PrimaryKeyConstraint("device_id", name="pk_told_last"),
    )
