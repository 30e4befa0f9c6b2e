"""Custody that says where and why; ammunition and explosives by lot; the hand-in apart from stock."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a custody event says, and the tables of lots and hand-ins. What is there says nothing of it."""
    op.add_column("weapon", sa.Column("state", sa.String(length=40), nullable=True))
    with op.batch_alter_table("custody_event") as batch:
        batch.add_column(sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.add_column(sa.Column("to_store_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.add_column(sa.Column("was_type", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("type", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("rack", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("seal", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("disabling_part_removed", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("authorised_by", sa.String(length=120), nullable=True))
        batch.add_column(sa.Column("affiliation", sa.String(length=120), nullable=True))
        batch.add_column(sa.Column("reason", sa.String(length=200), nullable=True))
        batch.add_column(
            sa.Column("due_back", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True)
        )
        batch.add_column(sa.Column("lawful", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("certificate", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("recorded_by", sa.String(length=160), nullable=True))
        batch.create_foreign_key("fk_custody_event_store_id", "store", ["store_id"], ["id"])
        batch.create_foreign_key("fk_custody_event_to_store_id", "store", ["to_store_id"], ["id"])
    op.create_index("ix_custody_event_store_id", "custody_event", ["store_id"], unique=False)
    op.create_index("ix_custody_event_to_store_id", "custody_event", ["to_store_id"], unique=False)
    op.create_table(
        "lot",
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
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("nature", sa.String(length=40), nullable=True),
        sa.Column("calibre", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("marks", sa.String(length=120), nullable=True),
        sa.Column("packaging", sa.String(length=120), nullable=True),
        sa.Column("condition", sa.String(length=40), nullable=True),
        sa.Column("hazard", sa.String(length=40), nullable=True),
        sa.Column("compatibility", sa.String(length=1), nullable=True),
        sa.Column("net_explosive", sa.Integer(), nullable=True),
        sa.Column("transportable", sa.Boolean(), nullable=True),
        sa.Column("cleared_by", sa.String(length=120), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_lot_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lot"),
    )
    op.create_index("ix_lot_number", "lot", ["number"], unique=False)
    op.create_index("ix_lot_scope_id", "lot", ["scope", "id"], unique=False)
    op.create_table(
        "lot_event",
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
        sa.Column("lot_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("to_store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("other_lot_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("seal", sa.String(length=200), nullable=True),
        sa.Column("authorised_by", sa.String(length=120), nullable=True),
        sa.Column("affiliation", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("lawful", sa.Boolean(), nullable=True),
        sa.Column("certificate", sa.String(length=60), nullable=True),
        sa.Column("handed_over_by", sa.String(length=120), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_lot_event_lot_id"),
        sa.ForeignKeyConstraint(["other_lot_id"], ["lot.id"], name="fk_lot_event_other_lot_id"),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_lot_event_store_id"),
        sa.ForeignKeyConstraint(["to_store_id"], ["store.id"], name="fk_lot_event_to_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lot_event"),
    )
    op.create_index("ix_lot_event_lot_id", "lot_event", ["lot_id"], unique=False)
    op.create_index("ix_lot_event_store_id", "lot_event", ["store_id"], unique=False)
    op.create_index("ix_lot_event_to_store_id", "lot_event", ["to_store_id"], unique=False)
    op.create_table(
        "hand_in",
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
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("giver", sa.String(length=40), nullable=True),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("giver_name", sa.String(length=120), nullable=True),
        sa.Column("slip", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("cleared_by", sa.String(length=120), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_hand_in_area_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_hand_in_case_id"),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_hand_in_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_in"),
    )
    op.create_index("ix_hand_in_case_id", "hand_in", ["case_id"], unique=False)
    op.create_index("ix_hand_in_receipt", "hand_in", ["receipt"], unique=False)
    op.create_index("ix_hand_in_scope_date", "hand_in", ["scope", "date"], unique=False)
    op.create_table(
        "hand_in_line",
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
        sa.Column("hand_in_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("weapon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("lot_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("description", sa.String(length=200), nullable=True),
        sa.Column("criterion", sa.String(length=40), nullable=True),
        sa.Column("equivalent", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["hand_in_id"], ["hand_in.id"], name="fk_hand_in_line_hand_in_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_hand_in_line_lot_id"),
        sa.ForeignKeyConstraint(["weapon_id"], ["weapon.id"], name="fk_hand_in_line_weapon_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_in_line"),
    )
    op.create_index("ix_hand_in_line_hand_in_id", "hand_in_line", ["hand_in_id"], unique=False)
    op.create_index("ix_hand_in_line_lot_id", "hand_in_line", ["lot_id"], unique=False)
    op.create_index("ix_hand_in_line_weapon_id", "hand_in_line", ["weapon_id"], unique=False)
