"""A child's release, care, tracing, decisions and age, in nouns of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
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
        "child_event",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("organisation_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("with_baby", sa.Boolean(), nullable=True),
        sa.Column("child_said", sa.String(length=1000), nullable=True),
        sa.Column("wellbeing", sa.String(length=40), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=True),
        sa.Column("adult_number", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_child_event_area_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_child_event_organisation_id"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_child_event_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_child_event"),
    )
    op.create_index("ix_child_event_case_id", "child_event", ["case_id"], unique=False)
    op.create_table(
        "tracing_act",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("kin", sa.String(length=40), nullable=True),
        sa.Column("kin_name", sa.String(length=120), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("verified_by", sa.String(length=40), nullable=True),
        sa.Column("family_agrees", sa.Boolean(), nullable=True),
        sa.Column("child_agrees", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_tracing_act_case_id"),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_tracing_act_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tracing_act"),
    )
    op.create_index("ix_tracing_act_case_id", "tracing_act", ["case_id"], unique=False)
    op.create_table(
        "best_interest",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("child_said", sa.String(length=1000), nullable=True),
        sa.Column("options", sa.String(length=1000), nullable=True),
        sa.Column("proposal", sa.String(length=2000), nullable=True),
        sa.Column("paper", sa.String(length=40), nullable=True),
        sa.Column("proposed_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_best_interest_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_best_interest"),
    )
    op.create_index("ix_best_interest_case_id", "best_interest", ["case_id"], unique=False)
    op.create_table(
        "best_interest_opinion",
        *_stamps(),
        sa.Column("best_interest_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("opinion", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("given_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["best_interest_id"],
            ["best_interest.id"],
            name="fk_best_interest_opinion_best_interest_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_best_interest_opinion"),
    )
    op.create_index(
        "ix_best_interest_opinion_best_interest_id",
        "best_interest_opinion",
        ["best_interest_id"],
        unique=False,
    )
    op.create_table(
        "age_assessment",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("tried", sa.String(length=1000), nullable=True),
        sa.Column("assent", sa.String(length=40), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=True),
        sa.Column("youngest", sa.Integer(), nullable=True),
        sa.Column("oldest", sa.Integer(), nullable=True),
        sa.Column("assessor", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_age_assessment_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_age_assessment"),
    )
    op.create_index("ix_age_assessment_case_id", "age_assessment", ["case_id"], unique=False)
