"""The registry: a table for each declared noun, and the ledger that numbers their changes."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first release, and the one row that gives numbers."""
    op.create_table(
        "area",
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
        sa.Column("pcode", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_area")),
    )
    op.create_index("ix_area_parent_id", "area", ["parent_id"], unique=False)
    op.create_index("ix_area_pcode", "area", ["pcode"], unique=False)
    op.create_table(
        "armed_group",
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
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_armed_group")),
    )
    op.create_index("ix_armed_group_code", "armed_group", ["code"], unique=False)
    op.create_table(
        "bucket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("compartment", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_bucket")),
        sa.UniqueConstraint("compartment", "scope", name=("uq_bucket_compartment_scope")),
    )
    op.create_table(
        "commit_row",
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=30), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("no", name=("pk_commit_row")),
    )
    op.create_index("ix_commit_row_at", "commit_row", ["at"], unique=False)
    op.create_table(
        "dispute",
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
        sa.Column("entity", sa.String(length=40), nullable=True),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("inforce", sa.Text(), nullable=True),
        sa.Column("inforce_by", sa.String(length=120), nullable=True),
        sa.Column("inforce_at", sa.String(length=40), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("side_by", sa.String(length=120), nullable=True),
        sa.Column("side_at", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.Column("settled_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_dispute")),
    )
    op.create_index("ix_dispute_record_id", "dispute", ["record_id"], unique=False)
    op.create_index(
        "ix_dispute_scope_state_first", "dispute", ["scope", "state", "first"], unique=False
    )
    op.create_index("ix_dispute_state_first", "dispute", ["state", "first"], unique=False)
    op.create_table(
        "flag",
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
        sa.Column("entity", sa.String(length=40), nullable=True),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("rule", sa.String(length=60), nullable=True),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_flag")),
    )
    op.create_index("ix_flag_record_id", "flag", ["record_id"], unique=False)
    op.create_index("ix_flag_scope_state_id", "flag", ["scope", "state", "id"], unique=False)
    op.create_index("ix_flag_state_id", "flag", ["state", "id"], unique=False)
    op.create_table(
        "history",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commit_no", sa.BigInteger(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("compartment", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("chain", sa.String(length=120), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.String(length=40), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=("pk_history")),
    )
    op.create_index("ix_history_entity_seq", "history", ["entity", "seq"], unique=False)
    op.create_index("ix_history_record_id_seq", "history", ["record_id", "seq"], unique=False)
    op.create_table(
        "name_token",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column(
            "token",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("compartment", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "token", name=("pk_name_token")),
    )
    op.create_index(
        "ix_name_token_all", "name_token", ["compartment", "token", "person_id"], unique=False
    )
    op.create_index(
        "ix_name_token_scoped",
        "name_token",
        ["compartment", "scope", "token", "person_id"],
        unique=False,
    )
    op.create_table(
        "organisation",
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
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_organisation")),
    )
    op.create_index("ix_organisation_code", "organisation", ["code"], unique=False)
    op.create_table(
        "sync_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch_no", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("commit_no", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_sync_state")),
    )
    op.create_table(
        "caseload",
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
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=("fk_caseload_area_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_caseload")),
    )
    op.create_index("ix_caseload_area_id", "caseload", ["area_id"], unique=False)
    op.create_index("ix_caseload_code", "caseload", ["code"], unique=False)
    op.create_table(
        "entry",
        sa.Column("bucket_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bucket_id"], ["bucket.id"], name=("fk_entry_bucket_id")),
        sa.PrimaryKeyConstraint("bucket_id", "entity", "record_id", name=("pk_entry")),
        sa.UniqueConstraint("bucket_id", "seq", name=("uq_entry_bucket_id_seq")),
    )
    op.create_table(
        "store",
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
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=("fk_store_area_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_store")),
    )
    op.create_index("ix_store_area_id", "store", ["area_id"], unique=False)
    op.create_index("ix_store_code", "store", ["code"], unique=False)
    op.create_table(
        "person",
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
        sa.Column("number", sa.String(length=200), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("given_name", sa.String(length=200), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("father_name", sa.String(length=200), nullable=True),
        sa.Column("mother_name", sa.String(length=200), nullable=True),
        sa.Column("name_script", sa.String(length=200), nullable=True),
        sa.Column("alias", sa.String(length=200), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("birth_date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("birth_date_precision", sa.String(length=40), nullable=True),
        sa.Column("age_source", sa.String(length=40), nullable=True),
        sa.Column("may_be_under_18", sa.Boolean(), nullable=True),
        sa.Column("age_decision", sa.String(length=40), nullable=True),
        sa.Column("nationality", sa.String(length=3), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("marital_status", sa.String(length=40), nullable=True),
        sa.Column("origin_area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("intended_area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("safe_contact", sa.String(length=200), nullable=True),
        sa.Column("caseload_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["caseload_id"], ["caseload.id"], name=("fk_person_caseload_id")),
        sa.ForeignKeyConstraint(
            ["intended_area_id"], ["area.id"], name=("fk_person_intended_area_id")
        ),
        sa.ForeignKeyConstraint(["origin_area_id"], ["area.id"], name=("fk_person_origin_area_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_person")),
    )
    op.create_index("ix_person_birth_date_id", "person", ["birth_date", "id"], unique=False)
    op.create_index("ix_person_number", "person", ["number"], unique=False)
    op.create_table(
        "case",
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
        sa.Column("gate", sa.String(length=40), nullable=True),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("caseload_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("process", sa.String(length=40), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("opened_on", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=("fk_case_area_id")),
        sa.ForeignKeyConstraint(["caseload_id"], ["caseload.id"], name=("fk_case_caseload_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=("fk_case_person_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_case")),
    )
    op.create_index("ix_case_area_id", "case", ["area_id"], unique=False)
    op.create_index(
        "ix_case_compartment_gate_id", "case", ["compartment", "gate", "id"], unique=False
    )
    op.create_index("ix_case_compartment_id", "case", ["compartment", "id"], unique=False)
    op.create_index(
        "ix_case_compartment_scope_gate_id",
        "case",
        ["compartment", "scope", "gate", "id"],
        unique=False,
    )
    op.create_index(
        "ix_case_compartment_scope_id", "case", ["compartment", "scope", "id"], unique=False
    )
    op.create_index("ix_case_person_id", "case", ["person_id"], unique=False)
    op.create_table(
        "background",
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
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("armed_group_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("joined_on", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("left_on", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["armed_group_id"], ["armed_group.id"], name=("fk_background_armed_group_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_background_case_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_background")),
    )
    op.create_index("ix_background_case_id", "background", ["case_id"], unique=False)
    op.create_table(
        "follow_up",
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
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("due_date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("done_date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("found", sa.Boolean(), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=True),
        sa.Column("livelihood", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=4000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_follow_up_case_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_follow_up")),
    )
    op.create_index("ix_follow_up_case_id", "follow_up", ["case_id"], unique=False)
    op.create_index("ix_follow_up_scope_due_date", "follow_up", ["scope", "due_date"], unique=False)
    op.create_table(
        "gate_event",
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
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("gate", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_gate_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_gate_event")),
    )
    op.create_index("ix_gate_event_case_id", "gate_event", ["case_id"], unique=False)
    op.create_index("ix_gate_event_gate_date", "gate_event", ["gate", "date"], unique=False)
    op.create_table(
        "household_member",
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
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("relation", sa.String(length=40), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("birth_date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("birth_date_precision", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_household_member_case_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_household_member")),
    )
    op.create_index("ix_household_member_case_id", "household_member", ["case_id"], unique=False)
    op.create_table(
        "service",
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
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=True),
        sa.Column("provider_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("start_date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("end_date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_service_case_id")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["organisation.id"], name=("fk_service_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_service")),
    )
    op.create_index("ix_service_case_id", "service", ["case_id"], unique=False)
    op.create_table(
        "weapon",
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
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("tag", sa.String(length=40), nullable=True),
        sa.Column("class", sa.String(length=40), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=True),
        sa.Column("make", sa.String(length=80), nullable=True),
        sa.Column("model", sa.String(length=80), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("calibre", sa.String(length=40), nullable=True),
        sa.Column("serial", sa.String(length=80), nullable=True),
        sa.Column("serial_state", sa.String(length=40), nullable=True),
        sa.Column("mark_location", sa.String(length=200), nullable=True),
        sa.Column("condition", sa.String(length=40), nullable=True),
        sa.Column("handed_in_on", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=("fk_weapon_case_id")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=("fk_weapon_store_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_weapon")),
    )
    op.create_index("ix_weapon_case_id", "weapon", ["case_id"], unique=False)
    op.create_index("ix_weapon_scope_id", "weapon", ["scope", "id"], unique=False)
    op.create_index("ix_weapon_serial", "weapon", ["serial"], unique=False)
    op.create_index("ix_weapon_tag", "weapon", ["tag"], unique=False)
    op.create_table(
        "custody_event",
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
        sa.Column("weapon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("handed_over_by", sa.String(length=120), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["weapon_id"], ["weapon.id"], name=("fk_custody_event_weapon_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_custody_event")),
    )
    op.create_index("ix_custody_event_weapon_id", "custody_event", ["weapon_id"], unique=False)
    op.execute(
        sa.text(
            "INSERT INTO sync_state (id, epoch_no, epoch, n, commit_no, opened_at) "
            "VALUES (1, 1, :epoch, 0, 0, :opened_at)"
        ).bindparams(
            sa.bindparam("epoch", str(uuid.uuid4()), sa.Uuid(as_uuid=False)),
            opened_at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        )
    )


def downgrade() -> None:
    """A first release has nothing to go back to."""
    raise NotImplementedError
