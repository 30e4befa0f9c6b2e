"""What each laptop was told, whatever its incarnation, and when for the first time."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A chain is ``d:DEVICE/INCARNATION``; SQLite holds an id without its hyphens.
DEVICE = {
    "postgresql": "CAST(substr(chain, 3, 36) AS uuid)",
    "sqlite": "replace(substr(chain, 3, 36), '-', '')",
}
INSERT = (
    "INSERT INTO told_head (device_id, head, announced, day, at)"
    " SELECT DEVICE, head, announced, substr(at, 1, 10), min(at)"
    " FROM told GROUP BY DEVICE, head, announced, substr(at, 1, 10)"
)


def upgrade() -> None:
    """Keep what was told by laptop and no longer by chain."""
    op.create_table(
        "told_head",
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("announced", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "head", "announced", "day", name="pk_told_head"),
    )
    device = DEVICE[op.get_bind().dialect.name]
    op.execute(INSERT.replace("DEVICE", device))
    op.drop_table("told")
