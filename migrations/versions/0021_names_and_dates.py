"""A grandfather's name; a date of birth as it was told in another calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three columns."""
    op.add_column("person", sa.Column("grandfather_name", sa.String(length=200), nullable=True))
    for noun in ("person", "household_member"):
        told = sa.Column("birth_date_told", sa.String(length=120), nullable=True)
        op.add_column(noun, told)
