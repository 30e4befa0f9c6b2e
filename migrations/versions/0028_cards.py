"""Cards, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
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
        "card",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("number", sa.String(length=200), nullable=True),
        sa.Column("token", sa.String(length=200), nullable=True),
        sa.Column("issued_on", _day(), nullable=True),
        sa.Column("expires_on", _day(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_card_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
    )
    op.create_index("ix_card_case_id", "card", ["case_id"], unique=False)
    op.create_index("ix_card_number", "card", ["number"], unique=False)
    op.create_index("ix_card_token", "card", ["token"], unique=False)
    op.create_table(
        "card_event",
        *_stamps(),
        sa.Column("card_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_card_event_card_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card_event"),
    )
    op.create_index("ix_card_event_card_id", "card_event", ["card_id"], unique=False)
