"""Convoys and their receiving checks."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and in which convoy something was sent."""
    op.create_table(
        "load",
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
        sa.Column("to_store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("manifest", sa.String(length=40), nullable=True),
        sa.Column("carries", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("seals", sa.String(length=200), nullable=True),
        sa.Column("escort", sa.String(length=120), nullable=True),
        sa.Column("driver", sa.String(length=120), nullable=True),
        sa.Column("handed_over_by", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_load_store_id"),
        sa.ForeignKeyConstraint(["to_store_id"], ["store.id"], name="fk_load_to_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_load"),
    )
    op.create_index("ix_load_scope_date", "load", ["scope", "date"], unique=False)
    op.create_index("ix_load_to_store_id", "load", ["to_store_id"], unique=False)
    op.create_table(
        "load_check",
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
        sa.Column("load_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("manifest", sa.String(length=40), nullable=True),
        sa.Column("date", sa.Date().with_variant(sa.String(10), "sqlite"), nullable=True),
        sa.Column("seals_seen", sa.String(length=200), nullable=True),
        sa.Column("seals_whole", sa.Boolean(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=40), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["load_id"], ["load.id"], name="fk_load_check_load_id"),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name="fk_load_check_store_id"),
        sa.PrimaryKeyConstraint("id", name="pk_load_check"),
    )
    op.create_index("ix_load_check_load_id", "load_check", ["load_id"], unique=False)
    op.create_index("ix_load_check_scope_date", "load_check", ["scope", "date"], unique=False)
    with op.batch_alter_table("custody_event") as batch:
        batch.add_column(sa.Column("load_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.create_foreign_key("fk_custody_event_load_id", "load", ["load_id"], ["id"])
    with op.batch_alter_table("lot_event") as batch:
        batch.add_column(sa.Column("load_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.create_foreign_key("fk_lot_event_load_id", "load", ["load_id"], ["id"])
