"""Referrals: what goes out to whom with which consent, and their acts."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
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
        "referral",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("to_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("path", sa.String(length=40), nullable=True),
        sa.Column("need", sa.String(length=40), nullable=True),
        sa.Column("urgency", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("gives_number", sa.Boolean(), nullable=True),
        sa.Column("gives_name", sa.Boolean(), nullable=True),
        sa.Column("gives_sex", sa.Boolean(), nullable=True),
        sa.Column("gives_birth", sa.Boolean(), nullable=True),
        sa.Column("gives_phone", sa.Boolean(), nullable=True),
        sa.Column("gives_reason", sa.Boolean(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_referral_case_id"),
        sa.ForeignKeyConstraint(["to_id"], ["organisation.id"], name="fk_referral_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
    )
    op.create_index("ix_referral_case_id", "referral", ["case_id"], unique=False)
    op.create_index("ix_referral_urgency_date", "referral", ["urgency", "date"], unique=False)
    op.create_table(
        "referral_event",
        *_stamps(),
        sa.Column("referral_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("said", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name="fk_referral_event_referral_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_referral_event"),
    )
    op.create_index("ix_referral_event_act_date", "referral_event", ["act", "date"], unique=False)
    op.create_index(
        "ix_referral_event_referral_id", "referral_event", ["referral_id"], unique=False
    )
