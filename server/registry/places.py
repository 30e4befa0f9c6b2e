"""Areas, caseloads and stores: which scopes lie below an area, and what a typed code names."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from schema.entities import SCOPES
from schema.ids import is_id
from schema.policy import EVERYWHERE
from schema.problems import Ambiguous, UnknownReference
from server.tables import table_of

Row = sa.Row[tuple[Any, ...]]


def scopes_below(conn: sa.Connection, area_id: str) -> set[str]:
    """Ids of the caseloads and stores in this area and all below it; of the root, EVERYWHERE."""
    if _is_root(conn, area_id):
        return {EVERYWHERE}
    scopes: set[str] = set()
    for noun in SCOPES:
        table = table_of(noun).c
        found = sa.select(table.id).where(table.area_id.in_(below(area_id)))
        scopes |= set(conn.execute(found).scalars())
    return scopes


def below(area_id: str) -> sa.Select[tuple[str]]:
    """A query for the ids of this area and all below it."""
    area = table_of("area").c
    found = sa.select(area.id).where(area.id == area_id).cte(recursive=True)
    # UNION and not UNION ALL: areas that a bad import made each other's parents must end somewhere.
    found = found.union(sa.select(area.id).where(area.parent_id == found.c.id))
    return sa.select(found.c.id)


def scope_named(conn: sa.Connection, text: str) -> str:
    """The id of a caseload or store typed as its code, ``caseload:CODE``, ``store:CODE`` or its id.

    Raises UnknownReference; Ambiguous where a caseload and a store share the code.
    """
    noun, colon, code = text.partition(":")
    plain = colon and noun in SCOPES
    found = _with_code(conn, (noun,) if plain else SCOPES, code if plain else text)
    return _one(found, "scope", text)


def area_named(conn: sa.Connection, text: str) -> str:
    """The id of an area typed as its P-code or its id. Raises UnknownReference, Ambiguous."""
    area = table_of("area").c
    same = area.id == text if is_id(text) else area.pcode == text
    query = sa.select(area.id, area.name).where(same, area.withdrawn_at.is_(None))
    return _one([(row.id, f"{row.name}") for row in conn.execute(query)], "area", text)


def named(conn: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """What people call these areas, caseloads and stores: id -> code and name."""
    wanted = list(set(ids))
    words: dict[str, str] = {}
    for noun in ("area", *SCOPES):
        table = table_of(noun).c
        code = table.pcode if noun == "area" else table.code
        query = sa.select(table.id, code.label("code"), table.name).where(table.id.in_(wanted))
        words |= {row.id: f"{row.code} · {row.name}" for row in conn.execute(query)}
    return words


def _is_root(conn: sa.Connection, area_id: str) -> bool:
    """Whether this is the one area without a parent: of two, neither is the whole programme."""
    area = table_of("area").c
    query = sa.select(area.id).where(area.parent_id.is_(None), area.withdrawn_at.is_(None)).limit(2)
    return conn.execute(query).scalars().all() == [area_id]


def _with_code(conn: sa.Connection, nouns: Iterable[str], code: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for noun in nouns:
        table = table_of(noun).c
        same = table.id == code if is_id(code) else table.code == code
        query = sa.select(table.id, table.name).where(same, table.withdrawn_at.is_(None))
        found += [(row.id, f"{noun}:{code} · {row.name}") for row in conn.execute(query)]
    return found


def _one(found: list[tuple[str, str]], field: str, value: str) -> str:
    if not found:
        raise UnknownReference(f"There is no {field} {value!r} here.", field=field, value=value)
    if len(found) > 1:
        raise Ambiguous(candidates=found)
    return found[0][0]
