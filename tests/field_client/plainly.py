"""A promote as it is told: overlays off, each row laid whole in its turn, and what is open laid again.

What ``promoting`` leaves out because it would change nothing is done here, record by record.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from field_client.store import (
    deltas,
    digests,
    drafts,
    facts,
    known,
    outbox,
    overlay,
    promoting,
    pruning,
    rows,
    staging,
    tables,
)
from field_client.store.facts import Rights
from schema.entities import BY_NOUN, ORDER
from schema.frames import bucket_parts, from_columnar
from schema.names import tokens
from schema.record import Key

Row = dict[str, Any]


def promote(db: Database) -> set[Key]:
    """Lay the stage; the records whose content was not shown before."""
    said = facts.get(db, "stage_state")
    shown = everything_shown(db)
    made_here = list(_made_here(db, outbox.end_overlays(db, said["head"])))
    _lift_all(db)
    promoting._take_rights(db, said["buckets"])
    promoting._drop_unseen(db)
    new = {
        key
        for page in staging.pages(db)
        if "read" in said["buckets"].get(page["bucket"], ())
        for key, row in _lay(db, page)
        if _is_new(shown, key, row)
    }
    rights = Rights(db)
    for noun, row in made_here:
        if rights.shows((row["compartment"], row["scope"])):
            _put(db, noun, row)
    promoting._cursors(db, said["buckets"], said["head"])
    readable = [name for name, verbs in said["buckets"].items() if "read" in verbs]
    digests.compare(db, None, digests.added_up(db, readable))
    known.keep(db, said)
    if rows.one(db, "SELECT 1 FROM outbox WHERE open = 1"):
        overlay.lay_all(db)
    facts.put(db, base=said["head"])
    staging.clear(db)
    drafts.drop_left(db)
    pruning.prune(db, {})
    return new


def everything_shown(db: Database) -> dict[Key, Row]:
    """Every record as it is shown."""
    return {(n, row["id"]): row for n in BY_NOUN for row in rows.fetch_where(db, n, "1")}


def _made_here(db: Database, ended: list[str]) -> Iterator[tuple[str, Row]]:
    rights = Rights(db)
    for unit_id in ended:
        for key in rows.select(db, "SELECT * FROM touched WHERE unit_id = ?", (unit_id,)):
            row = rows.fetch(db, key["entity"], key["record_id"])
            if row and not rights.may("read", row["compartment"], row["scope"]):
                yield key["entity"], row


def _lift_all(db: Database) -> None:
    for (noun, record_id), row in overlay.under(db).items():
        _take_out(db, noun, record_id)
        if row:
            _put(db, noun, row)
    db.execute("DELETE FROM shadow")


def _lay(db: Database, page: Mapping[str, Any]) -> Iterator[tuple[Key, Row]]:
    where = bucket_parts(page["bucket"])
    for table in sorted(page["tables"], key=lambda table: ORDER[table["entity"]]):
        noun, told = table["entity"], from_columnar(table["columns"], table["rows"])
        if table.get("delta"):
            here = {row["id"]: found for row in told if (found := rows.fetch(db, noun, row["id"]))}
            told = deltas.whole(table, here)
        for row in told:
            _put(db, noun, row, digests.hash_of(noun, {"extra": None, **row}))
            yield (noun, row["id"]), row
        for record_id in table["removed"]:
            row = rows.fetch(db, noun, record_id)
            if row and (row["compartment"], row["scope"]) == where:
                _take_out(db, noun, record_id)


def _put(db: Database, noun: str, row: Row, hashed: int | None = None) -> None:
    _take_out(db, noun, row["id"])
    columns, opened = tables.columns_of(BY_NOUN[noun]), tables.json_names(BY_NOUN[noun])
    said = {name: value for name, value in row.items() if name in columns}
    extra = {n: v for n, v in row.items() if n not in columns and v is not None}
    said["extra"] = {**(row.get("extra") or {}), **extra} or None
    stored = {n: rows.as_json(v) if n in opened else v for n, v in said.items()}
    stored[tables.ROW_HASH] = hashed
    db.table(noun).insert(stored)
    if noun == "person":
        for word in tokens(row):
            db.table("token").insert({"token": word, "person_id": row["id"]})


def _take_out(db: Database, noun: str, record_id: str) -> None:
    db.execute(f'DELETE FROM "{noun}" WHERE id = ?', (record_id,))
    if noun == "person":
        db.execute("DELETE FROM token WHERE person_id = ?", (record_id,))


def _is_new(shown: Mapping[Key, Row], key: Key, row: Row) -> bool:
    before = shown.get(key)
    return before is None or any(row.get(n) != v for n, v in before.items() if n != "ver")
