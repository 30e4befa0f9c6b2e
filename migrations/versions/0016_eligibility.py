"""Screening, decisions and appeals: each a record of its own, added and never rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
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
        "background_check",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_background_check_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_background_check"),
    )
    op.create_index("ix_background_check_case_id", "background_check", ["case_id"], unique=False)
    op.create_table(
        "criterion_check",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("criterion_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("evidence", sa.String(length=40), nullable=True),
        sa.Column("evidence_note", sa.String(length=500), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_criterion_check_case_id"),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name="fk_criterion_check_criterion_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_criterion_check"),
    )
    op.create_index("ix_criterion_check_case_id", "criterion_check", ["case_id"], unique=False)
    op.create_table(
        "eligibility_event",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("criteria_set_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("path", sa.String(length=40), nullable=True),
        sa.Column("about_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("said", sa.String(length=1000), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_eligibility_event_case_id"),
        sa.ForeignKeyConstraint(
            ["criteria_set_id"],
            ["criteria_set.id"],
            name="fk_eligibility_event_criteria_set_id",
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["eligibility_event.id"], name="fk_eligibility_event_about_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_eligibility_event"),
    )
    op.create_index("ix_eligibility_event_case_id", "eligibility_event", ["case_id"], unique=False)
    op.create_index(
        "ix_eligibility_event_criteria_set_id_act",
        "eligibility_event",
        ["criteria_set_id", "act"],
        unique=False,
    )
    op.create_index(
        "ix_eligibility_event_act_date", "eligibility_event", ["act", "date"], unique=False
    )
    op.create_table(
        "appeal",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("about_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("filed_on", _day(), nullable=True),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("statement", sa.String(length=2000), nullable=True),
        sa.Column("body", sa.String(length=200), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_appeal_case_id"),
        sa.ForeignKeyConstraint(["about_id"], ["eligibility_event.id"], name="fk_appeal_about_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
    )
    op.create_index("ix_appeal_case_id", "appeal", ["case_id"], unique=False)
    op.create_index("ix_appeal_about_id", "appeal", ["about_id"], unique=False)
    op.create_index("ix_appeal_filed_on", "appeal", ["filed_on"], unique=False)
    op.create_table(
        "appeal_event",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("appeal_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("said", sa.String(length=1000), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_appeal_event_case_id"),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name="fk_appeal_event_appeal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal_event"),
    )
    op.create_index("ix_appeal_event_case_id", "appeal_event", ["case_id"], unique=False)
    op.create_index("ix_appeal_event_appeal_id", "appeal_event", ["appeal_id"], unique=False)
