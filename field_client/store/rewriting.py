"""Writes rows of a noun's table many at a time, and of each only what differs from what stands there.

A row that is laid anew takes all its indexes and name tokens with it; most acts alter two fields of fifty.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from field_client.store import rows, tables
from field_client.store.rows import Row
from schema.entities import BY_NOUN
from schema.names import NAME_FIELDS, tokens

Names = tuple[str, ...]
NO_HASHES: Mapping[str, int] = {}


def put(
    db: Database,
    noun: str,
    laid: Iterable[Row],
    standing: Mapping[str, Row],
    hashes: Mapping[str, int] = NO_HASHES,
) -> dict[str, Names]:
    """Make these rows stand; of each, by id, the columns in which it differed.

    standing: the rows that stand there now, by id (``rows.standing``). hashes: what each row comes to; of
    one that is not named here it is not known any more.
    """
    differed: dict[str, Names] = {}
    parts: dict[tuple[bool, Names], list[Row]] = {}
    for row in {row["id"]: row for row in laid}.values():
        before = standing.get(row["id"])
        names = _differing(noun, row, before) if before else _named(noun, row)
        differed[row["id"]] = names
        parts.setdefault((before is None, names), []).append(row)
    for (is_new, names), some in parts.items():
        sql = insert_sql(noun, (*names, tables.ROW_HASH, "id")) if is_new else _update(noun, names)
        db.conn.executemany(sql, _values(noun, names, some, hashes))
    if noun == "person":
        renamed = {i for i, names in differed.items() if not _NAMES.isdisjoint(names)}
        lay_tokens(db, [row for some in parts.values() for row in some if row["id"] in renamed])
    return differed


def lay(db: Database, noun: str, row: Row) -> None:
    """Make one row stand."""
    put(db, noun, [row], rows.standing(db, noun, [row["id"]]))


def take_out(db: Database, noun: str, ids: Iterable[str]) -> None:
    """Take rows out of their table, with people's tokens."""
    places = [(record_id,) for record_id in ids]
    db.conn.executemany(f'DELETE FROM "{noun}" WHERE id = ?', places)
    if noun == "person":
        db.conn.executemany("DELETE FROM token WHERE person_id = ?", places)


def lay_tokens(db: Database, people: Sequence[Row]) -> None:
    """Have the words of their names, and no others, lead to these people."""
    wanted = {(word, row["id"]) for row in people for word in tokens(row)}
    present: set[tuple[str, str]] = set()
    for part in rows.parts([row["id"] for row in people]):
        sql = f"SELECT token, person_id FROM token WHERE person_id IN ({rows.marks(part)})"
        present.update(db.execute(sql, part).fetchall())
    gone, new = sorted(present - wanted), sorted(wanted - present)
    db.conn.executemany("DELETE FROM token WHERE token = ? AND person_id = ?", gone)
    db.conn.executemany("INSERT INTO token (token, person_id) VALUES (?, ?)", new)


def insert_sql(noun: str, names: Iterable[str]) -> str:
    """The statement that lays rows with these columns; columns not named become empty."""
    named = [f'"{name}"' for name in names]
    return f'INSERT OR REPLACE INTO "{noun}" ({", ".join(named)}) VALUES ({rows.marks(named)})'


_NAMES = frozenset(NAME_FIELDS)


def _named(noun: str, row: Row) -> Names:
    columns = tables.columns_of(BY_NOUN[noun])
    return tuple(n for n in columns if n != "id" and row.get(n) is not None)


def _differing(noun: str, row: Row, before: Row) -> Names:
    """The columns in which two rows differ as they are stored: 1 and 1.0 are equal, and not the same."""
    entity = BY_NOUN[noun]
    names = [name for name in tables.columns_of(entity) if row.get(name) != before[name]]
    for name in tables.json_names(entity):
        value = row.get(name)
        if (
            value is not None
            and name not in names
            and rows.as_json(value) != rows.as_json(before[name])
        ):
            names.append(name)
    return tuple(names)


def _update(noun: str, names: Names) -> str:
    written = ", ".join(f'"{name}" = ?' for name in (*names, tables.ROW_HASH))
    return f'UPDATE "{noun}" SET {written} WHERE id = ?'


def _values(
    noun: str, names: Names, some: Iterable[Row], hashes: Mapping[str, int]
) -> Iterable[tuple[object, ...]]:
    opened = tables.json_names(BY_NOUN[noun])
    for row in some:
        said = [rows.as_json(row.get(n)) if n in opened else row.get(n) for n in names]
        yield (*said, hashes.get(row["id"]), row["id"])
