"""Stock checks, discrepancies, destructions and second signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and which destruction a custody event belongs to."""
    op.create_table(
        "destruction_batch",
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
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("certificate", sa.String(length=60), nullable=True),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("area_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("authority", sa.String(length=120), nullable=True),
        sa.Column("adviser", sa.String(length=120), nullable=True),
        sa.Column("observer", sa.String(length=120), nullable=True),
        sa.Column("observer_organisation_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("scrap", sa.String(length=200), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_destruction_batch_area_id"),
        sa.ForeignKeyConstraint(
            ["observer_organisation_id"],
            ["organisation.id"],
            name="fk_destruction_batch_observer_organisation_id",
        ),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_destruction_batch_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_destruction_batch"),
    )
    op.create_index(
        "ix_destruction_batch_scope_date", "destruction_batch", ["scope", "date"], unique=False
    )
    with op.batch_alter_table("custody_event") as batch:
        batch.add_column(sa.Column("destruction_batch_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.create_foreign_key(
            "fk_custody_event_destruction_batch_id",
            "destruction_batch",
            ["destruction_batch_id"],
            ["id"],
        )
    with op.batch_alter_table("lot_event") as batch:
        batch.add_column(sa.Column("destruction_batch_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.create_foreign_key(
            "fk_lot_event_destruction_batch_id",
            "destruction_batch",
            ["destruction_batch_id"],
            ["id"],
        )
    op.create_table(
        "stock_check",
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
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("second", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_stock_check_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_check"),
    )
    op.create_index("ix_stock_check_scope_date", "stock_check", ["scope", "date"], unique=False)
    op.create_table(
        "stock_count",
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
        sa.Column("stock_check_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("counted_type", sa.String(length=120), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("weapon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("serial_seen", sa.String(length=80), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["stock_check_id"], ["stock_check.id"], name="fk_stock_count_stock_check_id"
        ),
        sa.ForeignKeyConstraint(["weapon_id"], ["weapon.id"], name="fk_stock_count_weapon_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count"),
    )
    op.create_index(
        "ix_stock_count_stock_check_id", "stock_count", ["stock_check_id"], unique=False
    )
    op.create_index("ix_stock_count_weapon_id", "stock_count", ["weapon_id"], unique=False)
    op.create_table(
        "discrepancy",
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
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("counted_type", sa.String(length=120), nullable=True),
        sa.Column("variance", sa.Integer(), nullable=True),
        sa.Column("weapon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("lot_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("stock_check_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_discrepancy_lot_id"),
        sa.ForeignKeyConstraint(
            ["stock_check_id"], ["stock_check.id"], name="fk_discrepancy_stock_check_id"
        ),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_discrepancy_store_id"),
        sa.ForeignKeyConstraint(["weapon_id"], ["weapon.id"], name="fk_discrepancy_weapon_id"),
        sa.PrimaryKeyConstraint("id", name="pk_discrepancy"),
    )
    op.create_index("ix_discrepancy_scope_date", "discrepancy", ["scope", "date"], unique=False)
    op.create_table(
        "discrepancy_step",
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
        sa.Column("discrepancy_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.Column("said", sa.String(length=2000), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["discrepancy_id"], ["discrepancy.id"], name="fk_discrepancy_step_discrepancy_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_discrepancy_step"),
    )
    op.create_index(
        "ix_discrepancy_step_discrepancy_id", "discrepancy_step", ["discrepancy_id"], unique=False
    )
    op.create_table(
        "countersign",
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
        sa.Column("custody_event_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("lot_event_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("hand_in_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("destruction_batch_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("signs_as", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["custody_event_id"], ["custody_event.id"], name="fk_countersign_custody_event_id"
        ),
        sa.ForeignKeyConstraint(
            ["destruction_batch_id"],
            ["destruction_batch.id"],
            name="fk_countersign_destruction_batch_id",
        ),
        sa.ForeignKeyConstraint(["hand_in_id"], ["hand_in.id"], name="fk_countersign_hand_in_id"),
        sa.ForeignKeyConstraint(
            ["lot_event_id"], ["lot_event.id"], name="fk_countersign_lot_event_id"
        ),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_countersign_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_countersign"),
    )
    op.create_index(
        "ix_countersign_custody_event_id", "countersign", ["custody_event_id"], unique=False
    )
    op.create_index(
        "ix_countersign_destruction_batch_id", "countersign", ["destruction_batch_id"], unique=False
    )
    op.create_index("ix_countersign_lot_event_id", "countersign", ["lot_event_id"], unique=False)
