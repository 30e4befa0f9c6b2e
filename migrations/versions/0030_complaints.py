"""Complaints and what the complaints unit did about them."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
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
        "complaint",
        *_stamps(),
        sa.Column("caseload_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("received_on", _day(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("against", sa.String(length=160), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("said", sa.String(length=2000), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["caseload_id"], ["caseload.id"], name="fk_complaint_caseload_id"),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
    )
    op.create_index(
        "ix_complaint_scope_received_on", "complaint", ["scope", "received_on"], unique=False
    )
    op.create_table(
        "complaint_event",
        *_stamps(),
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("said", sa.String(length=2000), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name="fk_complaint_event_complaint_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_event"),
    )
    op.create_index(
        "ix_complaint_event_complaint_id", "complaint_event", ["complaint_id"], unique=False
    )
