"""Lists of armed groups, the names on them, and who those are."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
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
        "roster",
        *_stamps(),
        sa.Column("caseload_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("armed_group_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("handed_in_by", sa.String(length=120), nullable=True),
        sa.Column("received_on", _day(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("declared", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["caseload_id"], ["caseload.id"], name="fk_roster_caseload_id"),
        sa.ForeignKeyConstraint(
            ["armed_group_id"], ["armed_group.id"], name="fk_roster_armed_group_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster"),
    )
    op.create_index("ix_roster_code", "roster", ["code"], unique=False)
    op.create_table(
        "roster_entry",
        *_stamps(),
        sa.Column("roster_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("alias", sa.String(length=200), nullable=True),
        sa.Column("claimed_age", sa.Integer(), nullable=True),
        sa.Column("claimed_sex", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=120), nullable=True),
        sa.Column("rank", sa.String(length=80), nullable=True),
        sa.Column("claimed_weapon", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name="fk_roster_entry_roster_id"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_entry"),
    )
    op.create_index("ix_roster_entry_roster_id", "roster_entry", ["roster_id"], unique=False)
    op.create_table(
        "roster_match",
        *_stamps(),
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("evidence", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["roster_entry.id"], name="fk_roster_match_entry_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_roster_match_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_match"),
    )
    op.create_index("ix_roster_match_person_id", "roster_match", ["person_id"], unique=False)
    op.create_index("ix_roster_match_entry_id", "roster_match", ["entry_id"], unique=False)
