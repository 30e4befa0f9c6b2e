"""What an outbox holds and the wire carries: Units of Changes, and what became of them.

A Unit stands or falls together. It is JSON all the way: ``as_wire`` and ``from_wire`` are the only
places that know its shape.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from schema.fields import signed
from schema.ids import is_id
from schema.problems import NotASync

CREATE, SET, SETTLE = "create", "set", "settle"

APPLIED, MERGED, DISPUTED, HELD, DUPLICATE = "applied", "merged", "disputed", "held", "duplicate"
DONE = (APPLIED, MERGED, DISPUTED, DUPLICATE)

# The text of a Unit's JSON. Raises ValueError for a number that is none.
written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True)
class Change:
    """One act on one record.

    values: what is written, by field name. old: what the author saw there (``set``). bases: for a
    field that was shown with the author's own open value on top, the base of that value (R11).
    For ``settle`` the record is the dispute, and values are ``{value, inforce, side, reason}``: the
    value chosen and both values shown, each a mapping of the disputed fields.
    """

    verb: str
    entity: str
    record: str
    values: Mapping[str, Any]
    old: Mapping[str, Any] = field(default_factory=dict)
    bases: Mapping[str, int] = field(default_factory=dict)

    def as_wire(self) -> list[Any]:
        """The change as JSON: [verb, entity, record, values, old, bases], empty tails left out."""
        parts: list[Any] = [self.verb, self.entity, self.record, dict(self.values)]
        if self.old or self.bases:
            parts.append(dict(self.old))
        if self.bases:
            parts.append(dict(self.bases))
        return parts

    @classmethod
    def from_wire(cls, parts: Any) -> "Change":
        """The change that this JSON says. Raises NotASync when it says none."""
        if not isinstance(parts, list) or not 4 <= len(parts) <= 6:
            raise NotASync("A change is a list of four to six parts.")
        verb, entity, record, values, old, bases = [*parts, {}, {}][:6]
        if not all(isinstance(word, str) for word in (verb, entity, record)) or not is_id(record):
            raise NotASync("A change names a verb, a kind of record and an id.")
        if not all(isinstance(mapping, dict) for mapping in (values, old, bases)):
            raise NotASync("A change carries values by field name.")
        if not all(isinstance(base, int) for base in bases.values()):
            raise NotASync("The bases of a change are change numbers.")
        return cls(verb, entity, record, values, old, bases)


@dataclass(frozen=True)
class Unit:
    """Changes that stand or fall together, with a random id that survives every move of the log.

    base: head of the snapshot that completed the last promoted pull (a change number; for a web form
    the version it showed). said_at: the author's clock with offset, shown to people and never obeyed.
    """

    id: str
    base: int
    said_at: str
    changes: tuple[Change, ...]

    def as_text(self) -> str:
        """The Unit as one line of JSON, always the same for the same Unit: it is what is hashed."""
        return written(
            {
                "id": self.id,
                "base": self.base,
                "at": self.said_at,
                "changes": [change.as_wire() for change in self.changes],
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "Unit":
        """The Unit in this line. Raises NotASync."""
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            raise NotASync("A Unit is one line of JSON.") from None
        return cls.from_wire(body)

    @classmethod
    def from_wire(cls, body: Any) -> "Unit":
        """The Unit that this JSON says. Raises NotASync."""
        if not isinstance(body, dict) or not is_id(body.get("id")):
            raise NotASync("A Unit has an id.")
        base, said_at, changes = body.get("base"), body.get("at"), body.get("changes")
        if not isinstance(base, int) or not isinstance(said_at, str) or len(said_at) > 40:
            raise NotASync("A Unit carries its base and when it was said.")
        if not isinstance(changes, list) or not 1 <= len(changes) <= 500:
            raise NotASync("A Unit carries 1 to 500 changes.")
        return cls(body["id"], base, said_at, tuple(Change.from_wire(part) for part in changes))


@dataclass(frozen=True)
class Source:
    """Where a Unit came from: a chain, and its place there when it came from a laptop.

    chain: ``d:<device>/<incarnation>``, ``a:<account>``, ``i:<import>`` or ``system``. n: the device's
    Unit count (None elsewhere). key: what makes a repeat recognisable within the chain. author: the
    account's id ("" for system); by: how the author is shown.
    """

    chain: str
    key: str
    author: str = ""
    by: str = "system"
    n: int | None = None

    @property
    def signature(self) -> str:
        """How whoever made a record stands in it."""
        return signed(self.author, self.by)


@dataclass(frozen=True)
class Outcome:
    """What became of a Unit. seq: the last change number it got (0 when it changed nothing).

    reason: a rule's or problem's code when held; missing: the ids it waits for; fields: sentences by
    field; about: (entity, id) of the record that stopped it. records: (entity, id) of what it wrote,
    disputes included.
    """

    unit: str
    outcome: str
    seq: int = 0
    reason: str = ""
    sentence: str = ""
    missing: tuple[str, ...] = ()
    records: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    about: tuple[str, str] = ("", "")

    def at(self, seq: int) -> "Outcome":
        """The same outcome with its number."""
        return replace(self, seq=seq)
