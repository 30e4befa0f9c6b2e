"""Who recorded that a gate was passed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the account and name of whoever recorded it; of what is there already nobody is said."""
    op.add_column("gate_event", sa.Column("recorded_by", sa.String(length=160), nullable=True))
