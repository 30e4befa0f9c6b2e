"""Puts a complete pull in place of what is shown: one transaction, parents first, cursors last."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    pruning,
    restored,
    rows,
    staging,
    tables,
)
from field_client.store.facts import Rights
from field_client.store.rows import Row, one, select
from schema import points
from schema.entities import BY_NOUN, ORDER
from schema.frames import bucket_parts
from schema.record import Bucket, Key

PART = 400


@dataclass
class Promoted:
    """What a promote brought. new: records whose content was not shown here before."""

    new: set[Key] = field(default_factory=set)
    removed: int = 0
    unequal: tuple[str, ...] = ()


def promote(db: Database, digests_said: Mapping[str, Any] | None = None) -> Promoted:
    """Lay the stage; called inside the transaction that read END. What it brought.

    digests_said: what the registry's buckets come to; None: what they came to when last told.
    """
    points.reach("between stage and promote")
    said = facts.get(db, "stage_state")
    still = not one(db, "SELECT 1 FROM stage") and known.is_kept(db, said)
    before = _shown(db)
    kept = _end_overlays(db, said["head"])
    restored.gather(db)
    _take_rights(db, said["buckets"])
    _drop_unseen(db)
    promoted = Promoted()
    for page in staging.pages(db):
        _lay_page(db, page, before, promoted)
    _keep_made_here(db, kept)
    points.reach("while promoting")
    _cursors(db, said["buckets"], said["head"])
    if not still or digests_said is not None:
        promoted.unequal = _compare(db, said, digests_said)
    known.keep(db, said)
    if one(db, "SELECT 1 FROM outbox WHERE open = 1"):
        overlay.lay_all(db)
    facts.put(db, base=said["head"])
    staging.clear(db)
    drafts.drop_left(db)
    pruning.prune(db, {int(name): n for name, n in said.get("safe", {}).items()})
    return promoted


def _compare(
    db: Database, said: Mapping[str, Any], digests_said: Mapping[str, Any] | None
) -> tuple[str, ...]:
    """The buckets that do not come to what the registry says."""
    readable = [name for name, verbs in said["buckets"].items() if "read" in verbs]
    return digests.compare(db, digests_said, digests.added_up(db, readable))


def _shown(db: Database) -> dict[Key, Row]:
    """What is shown now of the records that the stage brings, to know news from echo."""
    if not one(db, "SELECT 1 FROM cursor"):
        return {}
    wanted: dict[str, list[str]] = {}
    for page in staging.pages(db):
        for table in page["tables"]:
            if table["entity"] in BY_NOUN and "id" in table["columns"]:
                ids = table["rows"][table["columns"].index("id")]
                wanted.setdefault(table["entity"], []).extend(ids)
    return {
        (noun, row["id"]): row
        for noun, ids in wanted.items()
        for start in range(0, len(ids), PART)
        for row in rows.by_ids(db, noun, ids[start : start + PART])
    }


def _end_overlays(db: Database, head: int) -> list[tuple[str, Row]]:
    """Take all overlays off and close those that end; the rows recorded here that stay shown."""
    if not one(db, "SELECT 1 FROM outbox WHERE open = 1"):
        return []
    rights, kept = Rights(db), []
    for unit_id in outbox.end_overlays(db, head):
        for key in select(db, "SELECT * FROM touched WHERE unit_id = ?", (unit_id,)):
            row = rows.fetch(db, key["entity"], key["record_id"])
            if row and not rights.may("read", row["compartment"], row["scope"]):
                kept.append((key["entity"], row))
    overlay.lift_all(db)
    return kept


def _keep_made_here(db: Database, kept: Iterable[tuple[str, Row]]) -> None:
    """A weapon recorded here, in a store that may not be read, stays shown as it was recorded."""
    rights = Rights(db)
    for noun, row in kept:
        bucket = (row["compartment"], row["scope"])
        if rights.shows(bucket) and not rights.may("read", *bucket):
            rows.lay(db, noun, row)


def _take_rights(db: Database, buckets: Mapping[str, Sequence[str]]) -> None:
    db.execute("DELETE FROM bucket")
    found = [(*bucket_parts(name), json.dumps(sorted(verbs))) for name, verbs in buckets.items()]
    sql = "INSERT INTO bucket (compartment, scope, verbs) VALUES (?, ?, ?)"
    db.conn.executemany(sql, found)


def _drop_unseen(db: Database) -> None:
    """Take out what may not be kept any more, and what a whole pull brings anew."""
    rights = Rights(db)
    staged = select(db, "SELECT bucket FROM stage_cursor WHERE whole IS NOT NULL")
    anew = {bucket_parts(row["bucket"]) for row in staged}
    for noun, bucket in _present(db):
        if bucket in anew or not rights.shows(bucket):
            db.execute(f'DELETE FROM "{noun}" WHERE compartment = ? AND scope = ?', bucket)
    db.execute("DELETE FROM token WHERE person_id NOT IN (SELECT id FROM person)")


def _present(db: Database) -> list[tuple[str, Bucket]]:
    return [
        (noun, (row["compartment"], row["scope"]))
        for noun in (*BY_NOUN, "unread")
        for row in select(db, f'SELECT DISTINCT compartment, scope FROM "{noun}"')
    ]


def _lay_page(
    db: Database, page: Mapping[str, Any], before: Mapping[Key, Row], promoted: Promoted
) -> None:
    bucket = bucket_parts(page["bucket"])
    known = [table for table in page["tables"] if table["entity"] in BY_NOUN]
    for told in sorted(known, key=lambda table: ORDER[table["entity"]]):
        noun, table = told["entity"], deltas.whole(db, told)
        if table["columns"]:
            _lay_table(db, noun, table["columns"], table["rows"])
            _count_new(noun, table["columns"], table["rows"], before, promoted)
        for record_id in table.get("removed", ()):
            promoted.removed += _remove(db, noun, record_id, bucket)
    for table in page["tables"]:
        if table["entity"] not in BY_NOUN:
            _lay_unread(db, table, bucket)


def _lay_unread(db: Database, table: Mapping[str, Any], bucket: Bucket) -> None:
    """Of a noun that this version does not know, keep what each record comes to."""
    noun, said = table["entity"], dict(zip(table["columns"], table["rows"], strict=True))
    hashes = digests.hashes(noun, said) if said else []
    laid = [(i, noun, *bucket, h) for i, h in zip(said.get("id", ()), hashes, strict=True)]
    db.conn.executemany("INSERT OR REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", laid)
    gone = [(i, noun, *bucket) for i in table.get("removed", ())]
    sql = "DELETE FROM unread WHERE id = ? AND entity = ? AND compartment = ? AND scope = ?"
    db.conn.executemany(sql, gone)


def _lay_table(
    db: Database, noun: str, names: Sequence[str], columns: Sequence[Sequence[Any]]
) -> None:
    """Lay rows that came by column; what this version does not know goes to ``extra``."""
    known = tables.columns_of(BY_NOUN[noun])
    opened = tables.json_names(BY_NOUN[noun])
    said = dict(zip(names, columns, strict=True))
    hashes = digests.hashes(noun, said)
    unknown = {name: said.pop(name) for name in names if name not in known}
    if unknown:
        said["extra"] = _extras(said.get("extra"), unknown)
    for name in opened:
        if name in said:
            said[name] = [rows.as_json(value) for value in said[name]]
    said[tables.ROW_HASH] = hashes
    sql = rows.insert_sql(noun, said)
    db.conn.executemany(sql, zip(*said.values(), strict=True))
    if noun == "person":
        _lay_tokens(db, said)


def _extras(
    said: Sequence[Any] | None, unknown: Mapping[str, Sequence[Any]]
) -> list[dict[str, Any] | None]:
    count = len(next(iter(unknown.values())))
    carried = said or [None] * count
    merged = [
        {
            **(carried[place] or {}),
            **{n: v[place] for n, v in unknown.items() if v[place] is not None},
        }
        for place in range(count)
    ]
    return [extra or None for extra in merged]


def _lay_tokens(db: Database, said: Mapping[str, Sequence[Any]]) -> None:
    people = [dict(zip(said, values, strict=True)) for values in zip(*said.values(), strict=True)]
    if one(db, "SELECT 1 FROM token"):
        ids = [(person["id"],) for person in people]
        db.conn.executemany("DELETE FROM token WHERE person_id = ?", ids)
    rows.lay_tokens(db, people)


def _count_new(
    noun: str,
    names: Sequence[str],
    columns: Sequence[Sequence[Any]],
    before: Mapping[Key, Row],
    promoted: Promoted,
) -> None:
    """Count the rows that say something this laptop did not show: not those it had sent itself."""
    ids = columns[names.index("id")]
    if not before:
        promoted.new.update((noun, record_id) for record_id in ids)
        return
    for place, record_id in enumerate(ids):
        row = before.get((noun, record_id))
        said = {name: column[place] for name, column in zip(names, columns, strict=True)}
        if row is None or not _same(row, said):
            promoted.new.add((noun, record_id))


def _same(row: Row, said: Mapping[str, Any]) -> bool:
    return all(said.get(name) == value for name, value in row.items() if name != "ver")


def _remove(db: Database, noun: str, record_id: str, bucket: Bucket) -> int:
    """Remove a row, if it is still of the bucket that it left (R24)."""
    sql = f'DELETE FROM "{noun}" WHERE id = ? AND compartment = ? AND scope = ?'
    gone = int(db.execute(sql, (record_id, *bucket)).rowcount)
    if gone and noun == "person":
        db.execute("DELETE FROM token WHERE person_id = ?", (record_id,))
    return gone


def _cursors(db: Database, buckets: Mapping[str, Iterable[str]], head: int) -> None:
    """Every bucket that is read has been pulled to the head of this snapshot."""
    db.execute("DELETE FROM cursor")
    found = [(name, head) for name, verbs in buckets.items() if "read" in verbs]
    db.conn.executemany("INSERT INTO cursor (bucket, seq) VALUES (?, ?)", found)
