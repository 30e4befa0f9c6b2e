"""What an answer on a stick told each laptop."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; it fills as sticks are answered."""
    op.create_table(
        "told_by_stick",
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("device_id", name="pk_told_by_stick"),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("told_by_stick")
