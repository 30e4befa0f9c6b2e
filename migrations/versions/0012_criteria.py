"""Eligibility criteria as data: sets by agreement and version, and their criteria."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _stamps() -> list["sa.Column[object]"]:
    return [
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
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
    ]


def _day() -> "sa.types.TypeEngine[object]":
    return sa.Date().with_variant(sa.String(10), "sqlite")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "criteria_set",
        *_stamps(),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("valid_from", _day(), nullable=True),
        sa.Column("valid_to", _day(), nullable=True),
        sa.Column("appeal_days", sa.Integer(), nullable=True),
        sa.Column("answer_days", sa.Integer(), nullable=True),
        sa.Column("appeal_body", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_criteria_set"),
    )
    op.create_index("ix_criteria_set_state", "criteria_set", ["state"], unique=False)
    op.create_table(
        "criterion",
        *_stamps(),
        sa.Column("criteria_set_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("path", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("wording", sa.String(length=300), nullable=True),
        sa.Column("day", _day(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("per", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["criteria_set_id"], ["criteria_set.id"], name="fk_criterion_criteria_set_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_criterion"),
    )
    op.create_index("ix_criterion_criteria_set_id", "criterion", ["criteria_set_id"], unique=False)
