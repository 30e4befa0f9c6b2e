"""Which rows somebody may see: by bucket (compartment and scope) and by nothing else.

A lane is one compartment, in one scope or in all of them, and holds its rows in the order of their ids.
A list is the newest of its lanes: each is read no further than the page, whatever its length.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schema.entities import BY_NOUN
from schema.policy import CASELOAD_COMPARTMENTS, COMPARTMENTS, EVERYWHERE, PROGRAMME, Sight
from schema.record import Record
from schema.rules.safeguards import CHILD

MARKS = ("dispute", "flag")
# Where records live on which something may be marked.
MARKED = tuple(name for name in COMPARTMENTS if name != "admin")
Clause = sa.ColumnElement[bool]


@dataclass(frozen=True, order=True)
class Lane:
    """One compartment in these scopes; None is all of them."""

    compartment: str
    scope: str | None = None


def compartments_of(noun: str) -> tuple[str, ...]:
    """The compartments in which records of this noun may live."""
    entity = BY_NOUN[noun]
    if noun in MARKS:
        return MARKED
    follows_a_case = bool(entity.hangs_on) and entity.compartment in CASELOAD_COMPARTMENTS
    if not follows_a_case or entity.compartment == CHILD:
        return (entity.compartment,)
    return entity.compartment, CHILD


def lanes(
    sight: Sight, noun: str, verb: str = "read", within: Collection[str] | None = None
) -> list[Lane]:
    """The lanes of this noun in which somebody may do this; within: of these scopes only."""
    found: list[Lane] = []
    for compartment in _open_to(noun, verb):
        scopes = sight.scopes(verb, compartment)
        if EVERYWHERE in scopes:
            found += [Lane(compartment, scope) for scope in ([None] if within is None else within)]
        else:
            wanted = scopes if within is None else scopes.intersection(within)
            found += [Lane(compartment, scope) for scope in wanted if _fits(noun, scope)]
    return sorted(found, key=lambda lane: (lane.compartment, lane.scope or ""))


def is_military(noun: str) -> bool:
    """Whether it is about an armed group: no child is asked it, or checked for it."""
    return BY_NOUN[noun].compartment == "background"


def _open_to(noun: str, verb: str) -> tuple[str, ...]:
    """The compartments in which this can be done: a child is asked nothing military."""
    military = verb == "create" and is_military(noun)
    return (BY_NOUN[noun].compartment,) if military else compartments_of(noun)


def _fits(noun: str, scope: str) -> bool:
    """Records of the programme itself, and what is marked on them, have no other scope."""
    return noun in MARKS or (scope == PROGRAMME) != bool(BY_NOUN[noun].hangs_on)


def inside(table: Any, chosen: Sequence[Lane]) -> Clause:
    """Whether a row is in one of these lanes."""
    scopes: dict[str, set[str] | None] = {}
    for lane in chosen:
        if lane.scope is None:
            scopes[lane.compartment] = None
        elif (known := scopes.setdefault(lane.compartment, set())) is not None:
            known.add(lane.scope)
    return sa.or_(sa.false(), *(_in(table, name, found) for name, found in scopes.items()))


def _in(table: Any, compartment: str, scopes: set[str] | None) -> Clause:
    same = table.c.compartment == compartment
    if scopes is None:
        return same
    if len(scopes) == 1:
        return sa.and_(same, table.c.scope == next(iter(scopes)))
    return sa.and_(same, table.c.scope.in_(sorted(scopes)))


class Unled:
    """A table whose bucket columns lead no search: where an id or a parent leads to a handful of rows.

    SQLite, knowing no figures, takes the compartment for as selective as the parent.
    """

    def __init__(self, table: Any) -> None:
        self.c = _Columns(table.c.compartment.concat(""), table.c.scope.concat(""))


@dataclass(frozen=True)
class _Columns:
    compartment: Any
    scope: Any


def visible(table: Any, sight: Sight, noun: str) -> Clause:
    """Whether somebody may read a row of this noun."""
    return inside(table, lanes(sight, noun))


def may(sight: Sight, verb: str, record: Record) -> bool:
    """Whether somebody may do this to a record."""
    return sight.may(verb, record.compartment, record.scope)
