"""Reintegration plans: revisions, needs, acts."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
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
    """Create the tables."""
    op.create_table(
        "plan",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("revises_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("drafted_on", _day(), nullable=True),
        sa.Column("track", sa.String(length=40), nullable=True),
        sa.Column("goals", sa.String(length=2000), nullable=True),
        sa.Column("steps", sa.String(length=2000), nullable=True),
        sa.Column("until", _day(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["revises_id"], ["plan.id"], name="fk_plan_revises_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_plan_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
    )
    op.create_index("ix_plan_case_id", "plan", ["case_id"], unique=False)
    op.create_index("ix_plan_revises_id", "plan", ["revises_id"], unique=False)
    op.create_table(
        "need",
        *_stamps(),
        sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("priority", sa.String(length=40), nullable=True),
        sa.Column("said_by", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_need_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_need"),
    )
    op.create_index("ix_need_plan_id", "need", ["plan_id"], unique=False)
    op.create_table(
        "plan_event",
        *_stamps(),
        sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_plan_event_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_event"),
    )
    op.create_index("ix_plan_event_plan_id", "plan_event", ["plan_id"], unique=False)
