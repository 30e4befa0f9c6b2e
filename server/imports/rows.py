"""What every kind of list does with a row: a Unit with the key that recognises it, or a Reject."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa

from schema.change import CREATE, Change, Unit
from schema.deployment import Noun
from schema.entity import Entity
from schema.fields import Described, Ref
from schema.ids import new_id
from schema.policy import Sight
from schema.problems import Ambiguous, UnknownReference
from server import moments
from server.imports.cells import Unusable
from server.imports.lists import Row
from server.imports.rejects import Reject
from server.registry import references

MISSING = "This must be filled in."


@dataclass(frozen=True)
class Prepared:
    """A row that may be written. key: with the list's chain it recognises the row again."""

    row: Row
    key: str
    unit: Unit


@dataclass(frozen=True)
class There:
    """A row that says what the registry already says."""

    row: Row


class Kind(Protocol):
    """A kind of list. chain: where its rows come from, as arrivals know it."""

    chain: str

    def prepared(self, conn: sa.Connection, row: Row) -> Prepared | There | Reject:
        """What to do with a row."""

    def ordered(self, rows: Iterator[Row | Reject]) -> Iterator[Row | Reject]:
        """The rows in the order in which they can be written."""

    def column(self, field: str) -> str:
        """What the list calls a field."""


class Refused(Exception):
    """Ends the reading of one row."""

    def __init__(self, column: str, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.reason, self.sentence = column, reason, sentence

    def of(self, row: Row) -> Reject:
        """The reject of this row."""
        return Reject(row.number, self.column, self.reason, self.sentence, row.cells)


@dataclass
class Names:
    """Turns codes, P-codes and numbers into ids, each asked for once. made: of this very list."""

    sight: Sight
    made: dict[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def id_of(self, conn: sa.Connection, ref: Ref, typed: str, column: str) -> str:
        """The id that is meant. Raises Refused."""
        key = (ref.to, typed)
        if key in self.made:
            return self.made[key]
        if key not in self._known:
            try:
                self._known[key] = references.resolve(conn, self.sight, ref, typed)
            except (UnknownReference, Ambiguous) as problem:
                raise Refused(column, problem.code, problem.said) from problem
        return self._known[key]


def digest(cells: Sequence[str]) -> str:
    """What tells two versions of a row apart."""
    text = "\x1f".join(cells).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:24]


def unit_of(*changes: Change) -> Unit:
    """A Unit said now."""
    return Unit(new_id(moments.milliseconds()), 0, moments.moment(), changes)


def created(entity: type[Entity], record_id: str, values: Mapping[str, Any]) -> Change:
    """The making of a record."""
    return Change(CREATE, entity.noun, record_id, dict(values))


def required(entity: Noun, values: Mapping[str, Any], column: str, name: str) -> None:
    """Refuse a row that lacks what must be there. Raises Refused."""
    if entity.describe()[name].about.required and values.get(name) in (None, ""):
        raise Refused(column or name, "missing", MISSING)


def refused(column: str, problem: Unusable, declared: Described) -> Refused:
    """A cell that cannot be used, as the reason of its row."""
    return Refused(column, problem.reason, f"{declared.about.label}: {problem.said}")
