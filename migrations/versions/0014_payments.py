"""Reinsertion: packages as data, entitlements, instalments and what happened to them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
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
        "package",
        *_stamps(),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("modality", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("valid_from", _day(), nullable=True),
        sa.Column("valid_to", _day(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_package"),
    )
    op.create_table(
        "package_instalment",
        *_stamps(),
        sa.Column("package_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("after_days", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("kit", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["package_id"], ["package.id"], name="fk_package_instalment_package_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_package_instalment"),
    )
    op.create_index(
        "ix_package_instalment_package_id", "package_instalment", ["package_id"], unique=False
    )
    op.create_table(
        "entitlement",
        *_stamps(),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("package_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("counts_from", _day(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("prepared_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_entitlement_case_id"),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name="fk_entitlement_package_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entitlement"),
    )
    op.create_index("ix_entitlement_case_id", "entitlement", ["case_id"], unique=False)
    op.create_table(
        "instalment",
        *_stamps(),
        sa.Column("entitlement_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("due_date", _day(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("modality", sa.String(length=40), nullable=True),
        sa.Column("funded_by_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kit", sa.String(length=500), nullable=True),
        sa.Column("prepared_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["funded_by_id"], ["organisation.id"], name="fk_instalment_funded_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["entitlement_id"], ["entitlement.id"], name="fk_instalment_entitlement_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_instalment"),
    )
    op.create_index("ix_instalment_entitlement_id", "instalment", ["entitlement_id"], unique=False)
    op.create_table(
        "payment_event",
        *_stamps(),
        sa.Column("instalment_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=True),
        sa.Column("date", _day(), nullable=True),
        sa.Column("payee_check", sa.String(length=40), nullable=True),
        sa.Column("receipt", sa.String(length=80), nullable=True),
        sa.Column("witness", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.String(length=160), nullable=True),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalment.id"], name="fk_payment_event_instalment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_payment_event"),
    )
    op.create_index(
        "ix_payment_event_instalment_id", "payment_event", ["instalment_id"], unique=False
    )
