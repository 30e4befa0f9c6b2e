"""What somebody typed for a reference: an id, or the code, P-code or printed number of its target."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from schema.deployment import Noun
from schema.entities import BY_NOUN
from schema.fields import Ref
from schema.ids import is_id, read_number
from schema.policy import Sight
from schema.problems import Ambiguous, BadValue, UnknownReference
from schema.rules.lifecycle import EXITED
from server.registry.labels import named
from server.registry.lanes import Clause, visible
from server.tables import table_of

MOST_CANDIDATES = 10


def resolve(conn: sa.Connection, sight: Sight, field: Ref, typed: str, name: str = "") -> str:
    """The id that this names, among what may be seen. Raises UnknownReference, Ambiguous.

    name: of the field, so that a form says it beside the question.
    """
    text = typed.strip()
    if is_id(text.lower()):
        return _by_id(conn, sight, field, text.lower(), name)
    found = _by_words(conn, sight, field.to, text)
    if not found:
        raise UnknownReference(field=name, value=text)
    if len(found) > 1:
        words = named(conn, sight, field.to, found)
        raise Ambiguous(field=name, candidates=[(i, words.get(i, i)) for i in found])
    return found[0]


def resolved(
    conn: sa.Connection, sight: Sight, entity: Noun, values: Mapping[str, Any]
) -> dict[str, Any]:
    """These values with every typed reference as an id. Raises UnknownReference, Ambiguous."""
    refs = entity.refs()
    return {
        name: resolve(conn, sight, refs[name], value, name) if name in refs and value else value
        for name, value in values.items()
    }


def codes(
    conn: sa.Connection, sight: Sight, entity: Noun, values: Mapping[str, Any]
) -> dict[str, str]:
    """How the references among these values are typed: field name -> code or number, if it may be seen."""
    ids = {n: (ref.to, values.get(n)) for n, ref in entity.refs().items() if is_id(values.get(n))}
    found = {name: _code(conn, sight, noun, str(target)) for name, (noun, target) in ids.items()}
    return {name: code for name, code in found.items() if code}


def _code(conn: sa.Connection, sight: Sight, noun: str, record_id: str) -> str:
    """What names this record alone, else its id; empty where it may not be seen."""
    table, person = table_of(noun), table_of("person")
    code = person.c.number if noun == "case" else _first_name(noun)
    query = sa.select(table.c.id, code).where(table.c.id == record_id, visible(table, sight, noun))
    if noun == "case":
        query = query.join(person, table.c.person_id == person.c.id)
    row = conn.execute(query).first()
    if row is None:
        return ""
    return row[1] if row[1] and _by_words(conn, sight, noun, row[1]) == [record_id] else record_id


def _first_name(noun: str) -> sa.ColumnElement[str]:
    names = BY_NOUN[noun].named_by
    return sa.func.coalesce(*(table_of(noun).c[name] for name in names), None, None)


def _by_id(conn: sa.Connection, sight: Sight, field: Ref, record_id: str, name: str) -> str:
    """An id is as good as its record; one that crosses may name what is out of sight."""
    table = table_of(field.to)
    known = sa.select(table.c.id).where(table.c.id == record_id)
    if not field.crosses:
        known = known.where(visible(table, sight, field.to))
    if conn.execute(known).first() is None:
        raise UnknownReference(field=name, value=record_id)
    return record_id


def _by_words(conn: sa.Connection, sight: Sight, noun: str, text: str) -> list[str]:
    if noun == "case":
        return _cases_of(conn, sight, text)
    table = table_of(noun)
    for name in BY_NOUN[noun].named_by:
        wanted = _number(text) if name == "number" else text
        found = _ids(conn, sight, noun, table.c[name] == wanted)
        if found:
            return found
    return []


def _cases_of(conn: sa.Connection, sight: Sight, text: str) -> list[str]:
    """The open cases of the person with this printed number."""
    person, case = table_of("person"), table_of("case")
    theirs = sa.select(person.c.id).where(person.c.number == _number(text))
    still = sa.or_(case.c.gate.is_(None), case.c.gate != EXITED)
    opened = sa.and_(case.c.person_id.in_(theirs), still, case.c.withdrawn_at.is_(None))
    return _ids(conn, sight, "case", opened)


def _ids(conn: sa.Connection, sight: Sight, noun: str, clause: Clause) -> list[str]:
    table = table_of(noun)
    query = sa.select(table.c.id).where(
        clause, visible(table, sight, noun), table.c.withdrawn_at.is_(None)
    )
    return list(conn.execute(query.order_by(table.c.id).limit(MOST_CANDIDATES)).scalars())


def _number(text: str) -> str:
    try:
        return read_number(text)
    except BadValue:
        return text
