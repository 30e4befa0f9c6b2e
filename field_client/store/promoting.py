"""Puts a complete pull in place of what is shown: one transaction, parents first, cursors last."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from field_client.store import (
    blobs,
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
)
from field_client.store.facts import Rights
from field_client.store.laying import Laying, Promoted, ids_of, lay_page
from field_client.store.rows import Row, one, select
from schema import points
from schema.entities import BY_NOUN
from schema.frames import bucket_name, bucket_parts
from schema.policy import STORE_COMPARTMENTS
from schema.record import Bucket, Key


def promote(db: Database, digests_said: Mapping[str, Any] | None = None) -> Promoted:
    """Lay the stage; called inside the transaction that read END. What it brought.

    digests_said: what the registry's buckets come to; None: what they came to when last told.
    """
    points.reach("between stage and promote")
    said = facts.get(db, "stage_state")
    still = not one(db, "SELECT 1 FROM stage") and known.is_kept(db, said)
    ended = outbox.end_overlays(db, said["head"])
    if still and not ended and digests_said is None and overlay.is_of_today(db):
        return _stay(db, said)
    kept = _made_here(db, ended)
    laying = _begin(db, said["buckets"])
    for page in staging.pages(db):
        # What came of a bucket that has closed meanwhile is not for this laptop.
        if "read" in said["buckets"].get(page["bucket"], ()):
            lay_page(laying, page)
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
    _tidy(db, said)
    return promoted


def _stay(db: Database, said: Mapping[str, Any]) -> Promoted:
    """Nothing has come and nothing ends: only the head may have moved, with what others read."""
    if said["head"] != facts.base(db):
        _cursors(db, said["buckets"], said["head"])
        facts.put(db, base=said["head"])
    known.keep(db, said)
    _tidy(db, said)
    return Promoted(stayed=True)


def _tidy(db: Database, said: Mapping[str, Any]) -> None:
    pruning.prune(db, {int(name): n for name, n in said.get("safe", {}).items()})
    blobs.settle(db)


def _begin(db: Database, buckets: Mapping[str, Sequence[str]]) -> Laying:
    """Make ready to lay the stage.

    Overlays stay until what lies under them is needed, and leave all at once where rows are taken out by
    the bucket they are in, or compared with what a restored registry has.
    """
    under, is_first = overlay.under(db), _shows_nothing(db)
    if not (_alters(db, buckets) or facts.get(db, "kept") is not None):
        return Laying(db, under, None, is_first)
    before = {} if is_first else _shown(db)
    overlay.lift_all(db)
    restored.gather(db)
    _take_rights(db, buckets)
    _drop_unseen(db)
    return Laying(db, {}, before, is_first)


def _shows_nothing(db: Database) -> bool:
    """Whether nothing has ever been fetched here and nothing saved."""
    return not (one(db, "SELECT 1 FROM cursor") or one(db, "SELECT 1 FROM outbox"))


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
                wanted.setdefault(table["entity"], []).extend(ids_of(table))
    return {
        (noun, record_id): row
        for noun, ids in wanted.items()
        for record_id, row in rows.standing(db, noun, ids).items()
    }


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


def _cursors(db: Database, buckets: Mapping[str, Iterable[str]], head: int) -> None:
    """Every bucket that is read has been pulled to the head of this snapshot."""
    db.execute("DELETE FROM cursor")
    found = [(name, head) for name, verbs in buckets.items() if "read" in verbs]
    db.conn.executemany("INSERT INTO cursor (bucket, seq) VALUES (?, ?)", found)
