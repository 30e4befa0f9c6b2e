"""Why somebody's age was decided so."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the reason beside the decision."""
    op.add_column("person", sa.Column("age_decision_reason", sa.String(length=500), nullable=True))
