"""Relatives in their own right; a wallet that is somebody's own; who has a phone is looked up."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the noun, the wallet, and the two look-ups."""
    op.create_table(
        "relative",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("compartment", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("origin_n", sa.BigInteger(), nullable=False),
        sa.Column("fver", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("came_alone", sa.Boolean(), nullable=True),
        sa.Column("since", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("ended_on", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_relative_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=("fk_relative_person_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_relative")),
    )
    op.create_index("ix_relative_case_id", "relative", ["case_id"], unique=False)
    op.create_index("ix_person_phone", "person", ["phone"], unique=False)
    op.add_column("entitlement", sa.Column("wallet", sa.String(length=80), nullable=True))
    op.create_index("ix_entitlement_wallet", "entitlement", ["wallet"], unique=False)
