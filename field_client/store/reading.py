"""Reads what is shown: one record, lists by key, people by name, and what was typed as a reference."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from field_client.store import rows
from field_client.store.rows import Row, select
from schema.entities import BY_NOUN, entity_of
from schema.fields import Ref
from schema.ids import is_id, read_number
from schema.names import fold
from schema.problems import Ambiguous, BadValue, NotFound, UnknownField, UnknownReference
from schema.rules.lifecycle import EXITED

CODES = {noun: entity.named_by[0] for noun, entity in BY_NOUN.items() if entity.named_by}
STAMPS = ("id", "gate", "scope", "compartment")


def get(db: Database, noun: str, record_id: str) -> Row:
    """One record as it is shown. Raises NotFound."""
    row = rows.fetch(db, entity_of(noun).noun, record_id)
    if row is None:
        raise NotFound
    return row


def listed(
    db: Database,
    noun: str,
    where: Mapping[str, Any] | None = None,
    *,
    after: str = "",
    limit: int = -1,
) -> list[Row]:
    """Records whose fields have these values, by id, after this one. A limit below 0 is none."""
    known = (*entity_of(noun).describe(), *STAMPS)
    for name in where or {}:
        if name not in known or (name == "gate" and noun != "case"):
            raise UnknownField(f"{noun} has no field called {name!r}.", field=name)
    conditions = " AND ".join(["id > ?", *(f'"{name}" IS ?' for name in where or {})])
    params = [after, *(where or {}).values(), limit]
    return rows.fetch_where(db, noun, f"{conditions} ORDER BY id LIMIT ?", params)


def people(db: Database, words: str, limit: int = 50) -> list[Row]:
    """People whose names hold every word, or who have this printed number."""
    wanted = fold(words).split()
    number = _number(words)
    if number:
        return rows.fetch_where(db, "person", "number = ?", (number,))
    if not wanted:
        return []
    one_word = "SELECT person_id FROM token WHERE token >= ? AND token < ?"
    fits = " INTERSECT ".join([one_word] * len(wanted))
    bounds = [bound for word in wanted for bound in (word, word + "\U0010ffff")]
    return rows.fetch_where(
        db, "person", f"id IN ({fits}) ORDER BY name, id LIMIT ?", [*bounds, limit]
    )


def resolve(db: Database, ref: Ref, typed: str, name: str = "") -> str:
    """The id that a typed reference means: a UUID, a code, a P-code or a printed number.

    Raises UnknownReference, or Ambiguous with the candidates.
    """
    text = typed.strip()
    if is_id(text.lower()):
        return text.lower()
    found = _fitting(db, ref.to, text)
    if not found:
        sentence = f"{ref.about.label}: {typed!r} is not known here."
        raise UnknownReference(sentence, field=name, value=typed)
    if len(found) > 1:
        sentence = f"{ref.about.label}: {typed!r} fits several records. Say which one."
        raise Ambiguous(sentence, field=name, candidates=[list(pair) for pair in found])
    return found[0][0]


def find_id(db: Database, noun: str, typed: str) -> str:
    """The id of a record of this noun as somebody typed it. Raises NotFound, Ambiguous."""
    try:
        return resolve(db, Ref(entity_of(noun).label, noun), typed, "id")
    except UnknownReference:
        raise NotFound from None


def titles(db: Database, noun: str, ids: Sequence[str]) -> dict[str, str]:
    """What these records are called; those that are not here are left out."""
    name = BY_NOUN[noun].title_field or "id"
    marks = ", ".join("?" * len(ids))
    found = select(db, f'SELECT id, "{name}" AS title FROM "{noun}" WHERE id IN ({marks})', ids)
    return {row["id"]: row["title"] or "" for row in found}


def _fitting(db: Database, noun: str, text: str) -> list[tuple[str, str]]:
    if noun == "case":
        return _open_cases(db, text)
    code = CODES.get(noun)
    if code is None:
        return []
    value = _number(text) if code == "number" else text
    sql = f'SELECT id, "{code}" AS code FROM "{noun}" WHERE "{code}" = ? COLLATE NOCASE ORDER BY id'
    return [(row["id"], row["code"]) for row in select(db, sql, (value,))]


def _open_cases(db: Database, text: str) -> list[tuple[str, str]]:
    """The open cases of the person with this printed number."""
    sql = (
        'SELECT c.id, p.number FROM "case" c JOIN person p ON p.id = c.person_id'
        " WHERE p.number = ? AND c.gate IS NOT ? AND c.withdrawn_at IS NULL ORDER BY c.id"
    )
    return [(row["id"], row["number"]) for row in select(db, sql, (_number(text), EXITED))]


def _number(text: str) -> str | None:
    try:
        return read_number(text)
    except BadValue:
        return None
