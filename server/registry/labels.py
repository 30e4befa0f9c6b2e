"""What records are called where another record refers to them: id -> words, only of what may be seen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.record import Record
from server.tables import table_of

Labels = Mapping[str, str]


def labels(
    conn: sa.Connection, sight: Sight, records: Iterable[Record], *nouns: str
) -> dict[str, str]:
    """The words for everything that these records refer to, or for these nouns among it."""
    wanted: dict[str, set[str]] = {}
    for record in records:
        for name, ref in BY_NOUN[record.entity].refs().items():
            if ref.to and record.get(name) and (not nouns or ref.to in nouns):
                wanted.setdefault(ref.to, set()).add(record.get(name))
    words: dict[str, str] = {}
    for noun in sorted(wanted):
        words |= named(conn, sight, noun, wanted[noun])
    return words


def named(conn: sa.Connection, sight: Sight, noun: str, ids: Iterable[str]) -> dict[str, str]:
    """What records of one noun are called; a case is called by its person."""
    table = table_of(noun)
    query = sa.select(table.c.id, table.c.compartment, table.c.scope)
    if noun == "case":
        person = table_of("person")
        query = query.join(person, person.c.id == table.c.person_id)
        query = query.add_columns(*_title("person", person))
    else:
        query = query.add_columns(*_title(noun, table))
    rows = conn.execute(query.where(table.c.id.in_(list(ids))))
    return {row[0]: _words(row[3:]) or row[0] for row in rows if sight.may("read", row[1], row[2])}


def _title(noun: str, table: Any) -> list[Any]:
    """The columns that say what a record is: a weapon by its tag, else by its serial number."""
    if noun == "weapon":
        return [sa.func.coalesce(table.c.tag, table.c.serial)]
    # What has no name is known by its day.
    entity = BY_NOUN[noun]
    named_by = [entity.title_field or entity.sorted_by, "number" if noun == "person" else ""]
    return [table.c[name] for name in named_by if name]


def _words(parts: Sequence[Any]) -> str:
    """The name, and the number isolated: beside an Arabic name it would be turned round."""
    if not parts:
        return ""
    name, *codes = parts
    return " · ".join(str(part) for part in (name, *map(_isolated, codes)) if part)


def _isolated(code: Any) -> str:
    return f"\u2066{code}\u2069" if code else ""
