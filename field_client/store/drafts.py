"""Drafts: what an officer has begun and not finished. They never leave this laptop."""

import json
from typing import Any

from sqlite_utils import Database

from field_client import moments
from field_client.store.rows import Row, select
from schema.picture import Picture


def keep(db: Database, kind: str, body: Any, draft_id: str = "") -> str:
    """Keep a draft, new or again; its id."""
    row = {
        "id": draft_id or moments.new_id(),
        "kind": kind,
        "body": json.dumps(body, ensure_ascii=False),
        "updated_at": moments.now(),
    }
    db.table("draft").insert(row, replace=True)
    return str(row["id"])


def find(db: Database, draft_id: str) -> Row | None:
    """A draft with its body, None when there is none."""
    found = select(db, "SELECT * FROM draft WHERE id = ?", (draft_id,))
    return {**found[0], "body": json.loads(found[0]["body"])} if found else None


def listed(db: Database) -> list[Row]:
    """All drafts, the newest first."""
    found = select(db, "SELECT * FROM draft ORDER BY updated_at DESC, id DESC")
    return [{**row, "body": json.loads(row["body"])} for row in found]


def drop_left(db: Database) -> None:
    """Throw away what was begun about people who are not here any more: it could not be saved."""
    about = "json_extract(body, '$.person_id')"
    gone = f"coalesce({about}, '') <> '' AND {about} NOT IN (SELECT id FROM person)"
    db.execute(f"DELETE FROM draft WHERE {gone}")
    db.execute("DELETE FROM draft_picture WHERE draft_id NOT IN (SELECT id FROM draft)")


def drop(db: Database, draft_id: str) -> None:
    """Throw a draft away, and the picture that was taken for it."""
    db.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
    drop_picture(db, draft_id)


def keep_picture(db: Database, draft_id: str, picture: Picture) -> None:
    """Keep the one picture that was taken for a draft, in place of an earlier one."""
    row = {"draft_id": draft_id, "body": picture.body, "preview": picture.preview}
    db.table("draft_picture").insert(row, replace=True)


def picture_of(db: Database, draft_id: str) -> Picture | None:
    """The picture that was taken for a draft, None where there is none."""
    found = select(db, "SELECT body, preview FROM draft_picture WHERE draft_id = ?", (draft_id,))
    return Picture(found[0]["body"], found[0]["preview"]) if found else None


def drop_picture(db: Database, draft_id: str) -> None:
    """Throw away the picture that was taken for a draft."""
    db.execute("DELETE FROM draft_picture WHERE draft_id = ?", (draft_id,))
