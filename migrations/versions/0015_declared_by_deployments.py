"""What a deployment declares for itself: further fields of the nouns, further codes of lists."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table for each of the two nouns."""
    op.create_table(
        "custom_field",
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
        sa.Column("entity", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("code_list", sa.String(length=40), nullable=True),
        sa.Column("label_en", sa.String(length=200), nullable=True),
        sa.Column("label_fr", sa.String(length=200), nullable=True),
        sa.Column("label_ar", sa.String(length=200), nullable=True),
        sa.Column("label_es", sa.String(length=200), nullable=True),
        sa.Column("labels_further", sa.String(length=2000), nullable=True),
        sa.Column("purpose", sa.String(length=500), nullable=True),
        sa.Column("sensitivity", sa.String(length=40), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=True),
        sa.Column("donor", sa.Boolean(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_custom_field")),
    )
    op.create_index("ix_custom_field_name", "custom_field", ["name"], unique=False)
    op.create_table(
        "code",
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
        sa.Column("code_list", sa.String(length=40), nullable=True),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("label_en", sa.String(length=200), nullable=True),
        sa.Column("label_fr", sa.String(length=200), nullable=True),
        sa.Column("label_ar", sa.String(length=200), nullable=True),
        sa.Column("label_es", sa.String(length=200), nullable=True),
        sa.Column("labels_further", sa.String(length=2000), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_code")),
    )
    op.create_index("ix_code_value", "code", ["value"], unique=False)
