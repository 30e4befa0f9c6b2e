"""Medical screening, clinical findings, functioning."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
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
        "medical_screening",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("facility", sa.String(length=120), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("arrange", sa.String(length=300), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_medical_screening_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_medical_screening"),
    )
    op.create_index("ix_medical_screening_case_id", "medical_screening", ["case_id"], unique=False)
    op.create_table(
        "clinical",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("icd11", sa.String(length=40), nullable=True),
        sa.Column("war_injury", sa.Boolean(), nullable=True),
        sa.Column("pregnancy", sa.String(length=40), nullable=True),
        sa.Column("substance_use", sa.String(length=40), nullable=True),
        sa.Column("mental_tool", sa.String(length=40), nullable=True),
        sa.Column("mental_band", sa.String(length=40), nullable=True),
        sa.Column("self_harm_protocol", sa.Boolean(), nullable=True),
        sa.Column("service_offered", sa.Boolean(), nullable=True),
        sa.Column("service_accepted", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_clinical_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clinical"),
    )
    op.create_index("ix_clinical_case_id", "clinical", ["case_id"], unique=False)
    op.create_table(
        "functioning",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("seeing", sa.String(length=40), nullable=True),
        sa.Column("hearing", sa.String(length=40), nullable=True),
        sa.Column("walking", sa.String(length=40), nullable=True),
        sa.Column("remembering", sa.String(length=40), nullable=True),
        sa.Column("self_care", sa.String(length=40), nullable=True),
        sa.Column("communicating", sa.String(length=40), nullable=True),
        sa.Column("assistive_device", sa.String(length=40), nullable=True),
        sa.Column("accommodation_asked", sa.Boolean(), nullable=True),
        sa.Column("accommodation", sa.String(length=300), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_functioning_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_functioning"),
    )
    op.create_index("ix_functioning_case_id", "functioning", ["case_id"], unique=False)
