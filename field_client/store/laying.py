"""Lays staged pages on the tables: whole rows, what was written since, and what has left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from field_client.store import deltas, digests, overlay, rewriting, rows, tables
from field_client.store.rows import Row
from schema import frames
from schema.entities import BY_NOUN, ORDER
from schema.frames import bucket_parts
from schema.names import NAME_FIELDS
from schema.record import Bucket, Key


@dataclass
class Promoted:
    """What a promote brought. new: records whose content was not shown here before.

    stayed: there was nothing to lay and nothing to end, and all stays as it lies.
    """

    new: set[Key] = field(default_factory=set)
    removed: int = 0
    unequal: tuple[str, ...] = ()
    stayed: bool = False


@dataclass
class Laying:
    """A promote under way.

    under: the registry's rows that still lie under an overlay. before: what was shown of the records that
    come, where it has been altered since; None while that stands in the tables. is_first: nothing was.
    """

    db: Database
    under: dict[Key, Row | None]
    before: Mapping[Key, Row] | None
    is_first: bool
    promoted: Promoted = field(default_factory=Promoted)


def lay_page(laying: Laying, page: Mapping[str, Any]) -> None:
    """Lay a page, parents first; then take out what has left its bucket."""
    bucket = bucket_parts(page["bucket"])
    known = [table for table in page["tables"] if table["entity"] in BY_NOUN]
    for table in sorted(known, key=lambda table: ORDER[table["entity"]]):
        if table["columns"]:
            (_lay_delta if table.get("delta") else _lay_whole)(laying, table)
        _remove_all(laying, table, bucket)
    for table in page["tables"]:
        if table["entity"] not in BY_NOUN:
            _lay_unread(laying.db, table, bucket)


def ids_of(table: Mapping[str, Any]) -> list[str]:
    """The ids of the rows of a table."""
    return list(table["rows"][table["columns"].index("id")])


def _lay_delta(laying: Laying, table: Mapping[str, Any]) -> None:
    """Lay what was written since on rows that are here; an overlay on one of them ends with it."""
    db, noun, ids = laying.db, table["entity"], ids_of(table)
    standing = rows.standing(db, noun, ids)
    bare = {**standing, **_uncovered(laying, noun, ids)}
    laid = deltas.whole(table, {i: row for i, row in bare.items() if row})
    hashes = {row["id"]: digests.hash_of(noun, row) for row in laid}
    differed = rewriting.put(db, noun, laid, standing, hashes)
    if laying.before is None:
        told = (i for i, names in differed.items() if not _NUMBER.issuperset(names))
        laying.promoted.new.update((noun, record_id) for record_id in told)
    else:
        _count_new(laying, noun, laid, standing)


# A row that differs in this alone says nothing that was not shown.
_NUMBER = frozenset({"ver"})


def _uncovered(laying: Laying, noun: str, ids: Iterable[str]) -> dict[str, Row | None]:
    """The registry's rows of these records as far as they are covered; they are about to be laid.

    Where it has none, None; such a one stays covered.
    """
    found = {i: laying.under[noun, i] for i in ids if (noun, i) in laying.under}
    for record_id, row in found.items():
        if row:
            del laying.under[noun, record_id]
    return found


def _lay_whole(laying: Laying, table: Mapping[str, Any]) -> None:
    db, noun, ids = laying.db, table["entity"], ids_of(table)
    if laying.is_first:
        laying.promoted.new.update((noun, record_id) for record_id in ids)
    else:
        said = frames.from_columnar(table["columns"], table["rows"])
        _count_new(laying, noun, said, rows.standing(db, noun, ids))
    for record_id in ids:
        laying.under.pop((noun, record_id), None)
    _lay_table(db, noun, table["columns"], table["rows"])


def _remove_all(laying: Laying, table: Mapping[str, Any], bucket: Bucket) -> None:
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


def _count_new(laying: Laying, noun: str, came: Iterable[Row], standing: Mapping[str, Row]) -> None:
    """Count the rows that say something this laptop did not show: not those it had sent itself."""
    for said in came:
        key = (noun, said["id"])
        row = standing.get(said["id"]) if laying.before is None else laying.before.get(key)
        if row is None or not _same(row, said):
            laying.promoted.new.add(key)


def _same(row: Row, said: Mapping[str, Any]) -> bool:
    return all(said.get(name) == value for name, value in row.items() if name not in _NUMBER)


def _remove(db: Database, noun: str, record_id: str, bucket: Bucket) -> int:
    """Remove a row, if it is still of the bucket that it left (R24)."""
    sql = f'DELETE FROM "{noun}" WHERE id = ? AND compartment = ? AND scope = ?'
    gone = int(db.execute(sql, (record_id, *bucket)).rowcount)
    if gone and noun == "person":
        db.execute("DELETE FROM token WHERE person_id = ?", (record_id,))
    return gone
