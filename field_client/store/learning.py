"""What an older version carried and could not read, when this version can: into its columns, or fetched."""

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from field_client.store import facts, rows, tables
from schema.entities import BY_NOUN
from schema.frames import MOST_WANTED, bucket_name


def learn(db: Database, added: Iterable[str]) -> None:
    """Take in what the columns and tables that were just added were missing (``tables.complete``)."""
    for name in added:
        noun, _, field = name.partition(".")
        if field and field in BY_NOUN[noun].describe():
            _into_column(db, noun, field)
        elif noun in BY_NOUN:
            _fetch(db, noun)


def _into_column(db: Database, noun: str, field: str) -> None:
    """What the registry had sent in this field, and what lies under an open Unit."""
    for row in rows.fetch_where(db, noun, "extra IS NOT NULL"):
        if _understood(noun, field, row):
            sql = f'UPDATE "{noun}" SET "{field}" = ?, extra = ? WHERE id = ?'
            values = tables.json_names(BY_NOUN[noun])
            value = rows.as_json(row[field]) if field in values else row[field]
            db.execute(sql, (value, rows.as_json(row["extra"]), row["id"]))
    sql = "SELECT record_id, row FROM shadow WHERE entity = ? AND row IS NOT NULL"
    for covered in rows.select(db, sql, (noun,)):
        row = json.loads(covered["row"])
        if _understood(noun, field, row):
            text = json.dumps(row, ensure_ascii=False)
            sql = "UPDATE shadow SET row = ? WHERE entity = ? AND record_id = ?"
            db.execute(sql, (text, noun, covered["record_id"]))


def _understood(noun: str, field: str, row: dict[str, Any]) -> bool:
    """Whether a row carried this field; then it stands in its place."""
    carried = dict(row.get("extra") or {})
    value = carried.pop(field, None)
    if value is None or not _fits(noun, field, value):
        return False
    row[field], row["extra"] = value, carried or None
    return True


def _fits(noun: str, field: str, value: Any) -> bool:
    """Whether the column can hold it: a newer version still may mean something else by the name."""
    return field in tables.json_names(BY_NOUN[noun]) or not isinstance(value, dict | list)


def _fetch(db: Database, noun: str) -> None:
    """Ask for the records of which only their hash was kept; what is beyond one request is repaired."""
    sql = "SELECT id, compartment, scope FROM unread WHERE entity = ? LIMIT ?"
    want: dict[str, dict[str, list[str]]] = {}
    for row in rows.select(db, sql, (noun, MOST_WANTED)):
        nouns = want.setdefault(bucket_name(row["compartment"], row["scope"]), {})
        nouns.setdefault(noun, []).append(row["id"])
    if want:
        facts.put(db, want=want, known=None)
    db.execute("DELETE FROM unread WHERE entity = ?", (noun,))
