"""Profiles, and the numbered stock of forms."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
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
        "profile",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("notice_read", sa.Boolean(), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("education", sa.String(length=40), nullable=True),
        sa.Column("school_years", sa.Integer(), nullable=True),
        sa.Column("certificates", sa.String(length=200), nullable=True),
        sa.Column("service_skills", sa.String(length=200), nullable=True),
        sa.Column("occupation_before", sa.String(length=40), nullable=True),
        sa.Column("occupation_now", sa.String(length=40), nullable=True),
        sa.Column("occupation_wanted", sa.String(length=40), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("housing", sa.String(length=40), nullable=True),
        sa.Column("land", sa.String(length=40), nullable=True),
        sa.Column("assets", sa.String(length=40), nullable=True),
        sa.Column("debts", sa.String(length=40), nullable=True),
        sa.Column("income", sa.String(length=40), nullable=True),
        sa.Column("intention", sa.String(length=40), nullable=True),
        sa.Column("study_wanted", sa.String(length=40), nullable=True),
        sa.Column("fears", sa.String(length=1000), nullable=True),
        sa.Column("obstacle_childcare", sa.Boolean(), nullable=True),
        sa.Column("obstacle_disability", sa.Boolean(), nullable=True),
        sa.Column("obstacle_stigma", sa.Boolean(), nullable=True),
        sa.Column("obstacle_retaliation", sa.Boolean(), nullable=True),
        sa.Column("obstacle_documents", sa.Boolean(), nullable=True),
        sa.Column("obstacle_land", sa.Boolean(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_profile_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_profile"),
    )
    op.create_index("ix_profile_case_id", "profile", ["case_id"], unique=False)
    op.create_table(
        "form_stock",
        *_stamps(),
        sa.Column("caseload_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("series", sa.String(length=20), nullable=True),
        sa.Column("first_number", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=True),
        sa.Column("received_on", _day(), nullable=True),
        sa.Column("received_from", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["caseload_id"], ["caseload.id"], name="fk_form_stock_caseload_id"),
        sa.PrimaryKeyConstraint("id", name="pk_form_stock"),
    )
    op.create_index(
        "ix_form_stock_scope_received_on", "form_stock", ["scope", "received_on"], unique=False
    )
    op.create_index("ix_form_stock_series", "form_stock", ["series"], unique=False)
    op.create_table(
        "form_event",
        *_stamps(),
        sa.Column("form_stock_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=True),
        sa.Column("first_number", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("holder", sa.String(length=120), nullable=True),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_form_event_case_id"),
        sa.ForeignKeyConstraint(
            ["form_stock_id"], ["form_stock.id"], name="fk_form_event_form_stock_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_form_event"),
    )
    op.create_index("ix_form_event_case_id", "form_event", ["case_id"], unique=False)
    op.create_index("ix_form_event_form_stock_id", "form_event", ["form_stock_id"], unique=False)
