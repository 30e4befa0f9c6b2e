"""What each record comes to, and each bucket: worked out for what is there."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOUNS = {
    1: "area",
    2: "caseload",
    3: "store",
    4: "organisation",
    5: "armed_group",
    6: "person",
    7: "case",
    8: "gate_event",
    9: "household_member",
    10: "background",
    11: "service",
    12: "follow_up",
    13: "weapon",
    14: "custody_event",
    15: "dispute",
    16: "flag",
}
# Besides ``id``: what stands before the values, and what is not sent and counts for nothing.
STAMPS = ("ver", "scope", "compartment")
UNSENT = ("id", "first", "moved", "origin", "origin_n", "fver", "extra")
BLOCK = 2_000
Row = dict[str, Any]


def upgrade() -> None:
    """Add the columns and fill them."""
    op.add_column("entry", sa.Column("hash", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("bucket", sa.Column("live", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "bucket", sa.Column("hash_sum", sa.BigInteger(), server_default="0", nullable=False)
    )
    for number, noun in NOUNS.items():
        _fill(op.get_bind(), number, noun)
    op.execute(
        "UPDATE bucket SET"
        " live = (SELECT count(*) FROM entry WHERE bucket_id = bucket.id AND NOT removed),"
        " hash_sum = coalesce("
        "(SELECT sum(hash) FROM entry WHERE bucket_id = bucket.id AND NOT removed), 0)"
    )


def _fill(conn: sa.Connection, number: int, noun: str) -> None:
    kinds = {column["name"]: column["type"] for column in sa.inspect(conn).get_columns(noun)}
    statement = sa.text(
        f"UPDATE entry SET hash = :hash WHERE entity = {number} AND record_id = :id AND NOT removed"  # noqa: S608 - a number of this file
    )
    for rows in _blocks(conn, noun):
        found = [
            {"id": row["id"], "hash": _hash(noun, {n: _plain(v, kinds[n]) for n, v in row.items()})}
            for row in rows
        ]
        conn.execute(statement, found)


def _blocks(conn: sa.Connection, noun: str) -> Iterator[list[Row]]:
    after = str(uuid.UUID(int=0)) if conn.dialect.name == "postgresql" else ""
    mark = "%s" if conn.dialect.name == "postgresql" else "?"
    sql = f'SELECT * FROM "{noun}" WHERE id > {mark} ORDER BY id LIMIT {BLOCK}'  # noqa: S608 - a name of this file
    while found := conn.exec_driver_sql(sql, (after,)).mappings().all():
        yield [dict(row) for row in found]
        after = found[-1]["id"]


def _hash(noun: str, row: Row) -> int:
    said = {name: value for name, value in row.items() if name not in (*UNSENT, *STAMPS)}
    said = {n: v for n, v in {**(row["extra"] or {}), **said}.items() if v is not None}
    content = [noun, row["id"], *(row[name] for name in STAMPS), said]
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")


def _plain(value: Any, kind: Any) -> Any:
    """A value as it is sent, whatever the engine keeps."""
    if value is None:
        return None
    if isinstance(value, uuid.UUID) or (isinstance(kind, sa.CHAR) and kind.length == 32):
        return str(uuid.UUID(str(value)))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(kind, sa.Boolean):
        return bool(value)
    return json.loads(value) if type(kind) is sa.TEXT else value


def downgrade() -> None:
    """The columns say nothing that cannot be worked out again."""
    raise NotImplementedError
