"""The registry's tables: one for each declared noun, and the ledger that numbers their changes.

Only id, version, scope and compartment are NOT NULL and only the primary key is UNIQUE: a laptop that
was offline must never meet a constraint it could not have known. Whoever reads or writes these tables
is registry, apply, loading, ledger, verify, sync or a migration; nobody else imports this module.
"""

from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa

from schema.entities import BY_NOUN, ENTITIES
from schema.entity import Entity
from schema.fields import Choice, Day, Described, Flag, Open, Ref, Text, Whole
from schema.record import PARENT_FIELD
from server.db import metadata

SCOPE_LENGTH = 36
CHAIN_LENGTH = 120


class IsoDay(sa.types.TypeDecorator[str]):
    """A date that is ISO text in Python: DATE on PostgreSQL, ten characters on SQLite."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """DATE where the engine has one."""
        return dialect.type_descriptor(sa.Date() if dialect.name == "postgresql" else sa.String(10))

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """As it is: both drivers read ISO text."""
        return value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """ISO text."""
        return value if value is None or isinstance(value, str) else value.isoformat()


class Json(sa.types.TypeDecorator[Any]):
    """JSON kept as text: it is read whole or not at all."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """The text of a value; nothing stays nothing."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """The value of a text."""
        return None if value is None else orjson.loads(value)


def uuid_type() -> sa.Uuid[str]:
    """An id: UUID on PostgreSQL, text in Python."""
    return sa.Uuid(as_uuid=False)


def _type_of(field: Described) -> Any:
    if isinstance(field, Text):
        return sa.String(field.longest)
    return next(make() for kind, make in _TYPES if isinstance(field, kind))


_TYPES: tuple[tuple[type[Described], Any], ...] = (
    (Ref, uuid_type),
    (Day, IsoDay),
    (Flag, sa.Boolean),
    (Whole, sa.Integer),
    (Open, Json),
    (Choice, lambda: sa.String(40)),
)


def _column(entity: type[Entity], name: str, field: Described) -> "sa.Column[Any]":
    targets: list[Any] = []
    if isinstance(field, Ref) and field.to:
        targets.append(sa.ForeignKey(f"{field.to}.id"))
    return sa.Column(name, _type_of(field), *targets, nullable=True)


# Indexes beyond the primary key and the parent, by noun: every list has its sort, alone and under scope.
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "person": (("number",), ("phone",), ("birth_date", "id")),
    "case": (
        ("compartment", "id"),
        ("compartment", "scope", "id"),
        ("compartment", "gate", "id"),
        ("compartment", "scope", "gate", "id"),
        ("area_id",),
    ),
    "gate_event": (("gate", "date"),),
    "follow_up": (("scope", "due_date"),),
    "attachment": (("sha256",), ("preview_sha256",)),
    "card": (("number",), ("token",)),
    "weapon": (("scope", "id"), ("case_id",), ("serial",), ("tag",)),
    "custody_event": (("store_id",), ("to_store_id",)),
    "lot": (("scope", "id"), ("number",)),
    "lot_event": (("store_id",), ("to_store_id",)),
    "hand_in": (("scope", "date"), ("case_id",), ("receipt",)),
    "hand_in_line": (("weapon_id",), ("lot_id",)),
    "load": (("scope", "date"), ("to_store_id",)),
    "load_check": (("scope", "date"), ("load_id",)),
    "stock_check": (("scope", "date"),),
    "stock_count": (("weapon_id",),),
    "discrepancy": (("scope", "date"),),
    "destruction_batch": (("scope", "date"),),
    "countersign": (("custody_event_id",), ("lot_event_id",), ("destruction_batch_id",)),
    "dispute": (("state", "first"), ("scope", "state", "first")),
    "flag": (("state", "id"), ("scope", "state", "id")),
    "area": (("pcode",), ("parent_id",)),
    "caseload": (("code",), ("area_id",)),
    "store": (("code",), ("area_id",)),
    "organisation": (("code",),),
    "armed_group": (("code",),),
    "custom_field": (("name",),),
    "code": (("value",),),
    "entitlement": (("wallet",),),
    "form_stock": (("scope", "received_on"), ("series",)),
    "form_event": (("case_id",),),
    "criteria_set": (("state",),),
    "roster": (("code",),),
    "roster_match": (("person_id",),),
    "eligibility_event": (("criteria_set_id", "act"), ("act", "date")),
    "appeal": (("about_id",), ("filed_on",)),
    "appeal_event": (("appeal_id",),),
    "plan": (("revises_id",),),
    "complaint": (("scope", "received_on"),),
    "referral": (("urgency", "date"),),
    "referral_event": (("act", "date"),),
}
STAMPS = (
    "id",
    "ver",
    "first",
    "moved",
    "scope",
    "compartment",
    "origin",
    "origin_n",
    "fver",
    "extra",
)


def _indexes(entity: type[Entity]) -> tuple[tuple[str, ...], ...]:
    """Those that are named, and always the one that leads from a record to what hangs on it."""
    parent, named = PARENT_FIELD.get(entity.noun), INDEXES.get(entity.noun, ())
    return named if parent is None or (parent,) in named else (*named, (parent,))


def _make(entity: type[Entity]) -> sa.Table:
    gate = [sa.Column("gate", sa.String(40))] if entity.noun == "case" else []
    fields = [_column(entity, name, field) for name, field in entity.describe().items()]
    table = sa.Table(
        entity.noun,
        metadata,
        sa.Column("id", uuid_type(), primary_key=True),
        sa.Column("ver", sa.BigInteger, nullable=False),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("moved", sa.BigInteger, nullable=False),
        sa.Column("scope", sa.String(SCOPE_LENGTH), nullable=False),
        sa.Column("compartment", sa.String(16), nullable=False),
        sa.Column("origin", sa.String(CHAIN_LENGTH), nullable=False),
        sa.Column("origin_n", sa.BigInteger, nullable=False),
        sa.Column("fver", Json()),
        sa.Column("extra", Json()),
        *gate,
        *fields,
    )
    for names in _indexes(entity):
        sa.Index(f"ix_{entity.noun}_{'_'.join(names)}", *(table.c[name] for name in names))
    return table


_TABLES: dict[str, sa.Table] = {entity.noun: _make(entity) for entity in ENTITIES}


def table_of(noun: str) -> sa.Table:
    """The table of a declared noun."""
    return _TABLES[noun]


history = sa.Table(
    "history",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("commit_no", sa.BigInteger, nullable=False),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("record_id", uuid_type(), nullable=False),
    sa.Column("scope", sa.String(SCOPE_LENGTH), nullable=False),
    sa.Column("compartment", sa.String(16), nullable=False),
    sa.Column("unit_id", uuid_type()),
    sa.Column("chain", sa.String(CHAIN_LENGTH), nullable=False),
    sa.Column("author", sa.String(36), nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("said_at", sa.String(40)),
    # An erasure drops payload and salt; the digest stays and the chain still verifies.
    sa.Column("payload", sa.Text),
    sa.Column("salt", sa.LargeBinary(16)),
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
    sa.Index("ix_history_record_id_seq", "record_id", "seq"),
    sa.Index("ix_history_entity_seq", "entity", "seq"),
)
commit_row = sa.Table(
    "commit_row",
    metadata,
    sa.Column("no", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("first_seq", sa.BigInteger, nullable=False),
    sa.Column("last_seq", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.String(200), nullable=False),
    sa.Column("at", sa.String(30), nullable=False),
    sa.Column("digest", sa.LargeBinary(32), nullable=False),
    sa.Column("link", sa.LargeBinary(32), nullable=False),
    sa.Index("ix_commit_row_at", "at"),
)
sync_state = sa.Table(
    "sync_state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("epoch_no", sa.Integer, nullable=False),
    sa.Column("epoch", uuid_type(), nullable=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("commit_no", sa.BigInteger, nullable=False),
    sa.Column("opened_at", sa.String(30), nullable=False),
)
bucket = sa.Table(
    "bucket",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("compartment", sa.String(16), nullable=False),
    sa.Column("scope", sa.String(SCOPE_LENGTH), nullable=False),
    # How many records live in it, and the sum of their hashes (``schema.digest``).
    sa.Column("live", sa.Integer, nullable=False, server_default="0"),
    sa.Column("hash_sum", sa.BigInteger, nullable=False, server_default="0"),
    sa.UniqueConstraint("compartment", "scope"),
)
entry = sa.Table(
    "entry",
    metadata,
    sa.Column(
        "bucket_id", sa.Integer, sa.ForeignKey("bucket.id"), primary_key=True, autoincrement=False
    ),
    sa.Column("entity", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("record_id", uuid_type(), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("removed", sa.Boolean, nullable=False),
    # Of what the record says at this number; nothing of one that has left.
    sa.Column("hash", sa.BigInteger, nullable=False, server_default="0"),
    sa.UniqueConstraint("bucket_id", "seq"),
)
name_token = sa.Table(
    "name_token",
    metadata,
    sa.Column("person_id", uuid_type(), primary_key=True),
    # Prefixes are ranges of bytes, whatever the database's language sorts by.
    sa.Column(
        "token",
        sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"),
        primary_key=True,
    ),
    sa.Column("scope", sa.String(SCOPE_LENGTH), nullable=False),
    sa.Column("compartment", sa.String(16), nullable=False),
    sa.Index("ix_name_token_scoped", "compartment", "scope", "token", "person_id"),
    sa.Index("ix_name_token_all", "compartment", "token", "person_id"),
)


@cache
def fields_of(noun: str) -> tuple[str, ...]:
    """Names of the declared fields of a noun, in the order of its columns."""
    return tuple(BY_NOUN[noun].describe())
