"""Puts a complete pull in place of what is shown: one transaction, parents first, cursors last."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from field_client.store import (
    blobs,
    deltas,
    digests,
    drafts,
    facts,
    known,
    outbox,
    overlay,
    pruning,
    restored,
    rewriting,
    rows,
    staging,
    tables,
)
from field_client.store.facts import Rights
from field_client.store.rows import Row, one, select
from schema import frames, points
from schema.entities import BY_NOUN, ORDER
from schema.frames import bucket_name, bucket_parts
from schema.names import NAME_FIELDS
from schema.policy import STORE_COMPARTMENTS
from schema.record import Bucket, Key


@dataclass
class Promoted:
    """What a promote brought. new: records whose content was not shown here before."""

    new: set[Key] = field(default_factory=set)
    removed: int = 0
    unequal: tuple[str, ...] = ()


@dataclass
class _Laying:
    """A promote under way.

    under: the registry's rows that still lie under an overlay. before: what was shown of the records that
    come, where it has been altered since; None while that stands in the tables. is_first: nothing was.
    """

    db: Database
    under: dict[Key, Row | None]
    before: Mapping[Key, Row] | None
    is_first: bool
    promoted: Promoted = field(default_factory=Promoted)


def promote(db: Database, digests_said: Mapping[str, Any] | None = None) -> Promoted:
    """Lay the stage; called inside the transaction that read END. What it brought.

    digests_said: what the registry's buckets come to; None: what they came to when last told.
    """
    points.reach("between stage and promote")
    said = facts.get(db, "stage_state")
    still = not one(db, "SELECT 1 FROM stage") and known.is_kept(db, said)
    kept = _made_here(db, outbox.end_overlays(db, said["head"]))
    laying = _begin(db, said["buckets"])
    for page in staging.pages(db):
        # What came of a bucket that has closed meanwhile is not for this laptop.
        if "read" in said["buckets"].get(page["bucket"], ()):
            _lay_page(laying, page)
    overlay.lift(db, laying.under)
    db.execute("DELETE FROM shadow")
    _keep_made_here(db, kept)
    points.reach("while promoting")
    _cursors(db, said["buckets"], said["head"])
    promoted = laying.promoted
    if not still or digests_said is not None:
        promoted.unequal = _compare(db, said, digests_said)
    known.keep(db, said)
    if one(db, "SELECT 1 FROM outbox WHERE open = 1"):
        overlay.lay_all(db)
    facts.put(db, base=said["head"])
    staging.clear(db)
    drafts.drop_left(db)
    pruning.prune(db, {int(name): n for name, n in said.get("safe", {}).items()})
    blobs.settle(db)
    return promoted


def _begin(db: Database, buckets: Mapping[str, Sequence[str]]) -> _Laying:
    """Make ready to lay the stage.

    Overlays stay until what lies under them is needed, and leave all at once where rows are taken out by
    the bucket they are in, or compared with what a restored registry has.
    """
    under, is_first = overlay.under(db), not one(db, "SELECT 1 FROM cursor")
    if not (_alters(db, buckets) or facts.get(db, "kept") is not None):
        return _Laying(db, under, None, is_first)
    before = {} if is_first else _shown(db)
    overlay.lift_all(db)
    restored.gather(db)
    _take_rights(db, buckets)
    _drop_unseen(db)
    return _Laying(db, {}, before, is_first)


def _alters(db: Database, buckets: Mapping[str, Sequence[str]]) -> bool:
    """Whether rows may have to leave with their bucket: rights are others, or one comes anew."""
    if one(db, "SELECT 1 FROM stage_cursor WHERE whole IS NOT NULL"):
        return True
    had = {
        bucket_name(row["compartment"], row["scope"]): json.loads(row["verbs"])
        for row in select(db, "SELECT compartment, scope, verbs FROM bucket")
    }
    return had != {name: sorted(verbs) for name, verbs in buckets.items()}


def _compare(
    db: Database, said: Mapping[str, Any], digests_said: Mapping[str, Any] | None
) -> tuple[str, ...]:
    """The buckets that do not come to what the registry says."""
    readable = [name for name, verbs in said["buckets"].items() if "read" in verbs]
    return digests.compare(db, digests_said, digests.added_up(db, readable))


def _shown(db: Database) -> dict[Key, Row]:
    """What is shown now of the records that the stage brings, to know news from echo."""
    wanted: dict[str, list[str]] = {}
    for page in staging.pages(db):
        for table in page["tables"]:
            if table["entity"] in BY_NOUN and "id" in table["columns"]:
                wanted.setdefault(table["entity"], []).extend(_ids(table))
    return {
        (noun, record_id): row
        for noun, ids in wanted.items()
        for record_id, row in rows.standing(db, noun, ids).items()
    }


def _ids(table: Mapping[str, Any]) -> list[str]:
    return list(table["rows"][table["columns"].index("id")])


def _made_here(db: Database, ended: Sequence[str]) -> list[tuple[str, Row]]:
    """The rows recorded here, in a store that may not be read, of Units that have ended."""
    rights, touched = Rights(db), dict[str, set[str]]()
    for part in rows.parts(ended):
        sql = f"SELECT entity, record_id FROM touched WHERE unit_id IN ({rows.marks(part)})"
        for row in select(db, sql, part):
            touched.setdefault(row["entity"], set()).add(row["record_id"])
    homes = f"compartment IN ({rows.marks(STORE_COMPARTMENTS)})"
    return [
        (noun, row)
        for noun in touched.keys() & BY_NOUN.keys()
        for part in rows.parts(sorted(touched[noun]))
        for row in rows.fetch_where(
            db, noun, f"id IN ({rows.marks(part)}) AND {homes}", (*part, *STORE_COMPARTMENTS)
        )
        if not rights.may("read", row["compartment"], row["scope"])
    ]


def _keep_made_here(db: Database, kept: Iterable[tuple[str, Row]]) -> None:
    """A weapon recorded here, in a store that may not be read, stays shown as it was recorded."""
    rights = Rights(db)
    for noun, row in kept:
        bucket = (row["compartment"], row["scope"])
        if rights.shows(bucket) and not rights.may("read", *bucket):
            rewriting.lay(db, noun, row)


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


def _lay_page(laying: _Laying, page: Mapping[str, Any]) -> None:
    bucket = bucket_parts(page["bucket"])
    known = [table for table in page["tables"] if table["entity"] in BY_NOUN]
    for table in sorted(known, key=lambda table: ORDER[table["entity"]]):
        if table["columns"]:
            (_lay_delta if table.get("delta") else _lay_whole)(laying, table)
        _remove_all(laying, table, bucket)
    for table in page["tables"]:
        if table["entity"] not in BY_NOUN:
            _lay_unread(laying.db, table, bucket)


def _lay_delta(laying: _Laying, table: Mapping[str, Any]) -> None:
    """Lay what was written since on rows that are here; an overlay on one of them ends with it."""
    db, noun, ids = laying.db, table["entity"], _ids(table)
    standing = rows.standing(db, noun, ids)
    bare = {**standing, **_uncovered(laying, noun, ids)}
    laid = deltas.whole(table, {i: row for i, row in bare.items() if row})
    _count_new(laying, noun, laid, standing)
    rewriting.put(db, noun, laid, standing, {r["id"]: digests.hash_of(noun, r) for r in laid})


def _uncovered(laying: _Laying, noun: str, ids: Iterable[str]) -> dict[str, Row | None]:
    """The registry's rows of these records as far as they are covered; they are about to be laid.

    Where it has none, None; such a one stays covered.
    """
    found = {i: laying.under[noun, i] for i in ids if (noun, i) in laying.under}
    for record_id, row in found.items():
        if row:
            del laying.under[noun, record_id]
    return found


def _lay_whole(laying: _Laying, table: Mapping[str, Any]) -> None:
    db, noun, ids = laying.db, table["entity"], _ids(table)
    if laying.is_first:
        laying.promoted.new.update((noun, record_id) for record_id in ids)
    else:
        said = frames.from_columnar(table["columns"], table["rows"])
        _count_new(laying, noun, said, rows.standing(db, noun, ids))
    for record_id in ids:
        laying.under.pop((noun, record_id), None)
    _lay_table(db, noun, table["columns"], table["rows"])


def _remove_all(laying: _Laying, table: Mapping[str, Any], bucket: Bucket) -> None:
    noun, gone = table["entity"], table.get("removed", ())
    covered = [(noun, i) for i in gone if (noun, i) in laying.under]
    overlay.lift(laying.db, {key: laying.under.pop(key) for key in covered})
    for record_id in gone:
        laying.promoted.removed += _remove(laying.db, noun, record_id, bucket)


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
    db.conn.executemany(rewriting.insert_sql(noun, said), zip(*said.values(), strict=True))
    if noun == "person":
        people = {name: said[name] for name in ("id", *NAME_FIELDS) if name in said}
        rewriting.lay_tokens(db, frames.from_columnar(list(people), list(people.values())))


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


def _count_new(
    laying: _Laying, noun: str, came: Iterable[Row], standing: Mapping[str, Row]
) -> None:
    """Count the rows that say something this laptop did not show: not those it had sent itself."""
    for said in came:
        key = (noun, said["id"])
        row = standing.get(said["id"]) if laying.before is None else laying.before.get(key)
        if row is None or not _same(row, said):
            laying.promoted.new.add(key)


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
