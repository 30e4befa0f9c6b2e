"""What this laptop knows of a record's past: its own acts. The registry keeps the whole."""

from typing import Any

from sqlite_utils import Database

from field_client.store.rows import select
from schema.change import Unit
from schema.frames import is_sealed


def of(db: Database, noun: str, record_id: str) -> list[dict[str, Any]]:
    """The acts of this laptop on a record, the oldest first, each with what became of it."""
    sql = (
        "SELECT coalesce(o.shown, o.payload) AS text, o.* FROM outbox o"
        " JOIN touched t USING (unit_id) WHERE t.record_id = ? AND t.entity = ?"
        " ORDER BY o.incarnation, o.n"
    )
    found = []
    for row in select(db, sql, (record_id, noun)):
        if row["text"] and not is_sealed(row["text"]):
            unit = Unit.from_text(row["text"])
            told = {name: row[name] for name in ("outcome", "seq", "reason", "sentence")}
            found += [
                {
                    "at": unit.said_at,
                    "unit": unit.id,
                    "verb": c.verb,
                    "values": dict(c.values),
                    "old": dict(c.old),
                    **told,
                }
                for c in unit.changes
                if c.record == record_id
            ]
    return found
