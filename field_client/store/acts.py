"""Changes as a page or a command makes them: with what their author saw (``old``, ``bases``)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from field_client import moments
from field_client.store import facts, outbox, rows
from schema.change import CREATE, DISPUTED, SET, SETTLE, Change, Unit
from schema.entities import entity_of
from schema.fields import Number
from schema.parts import part_of
from schema.problems import AlreadySettled, NotFound, UnknownField

KEEP, TAKE = "keep", "take"


def create(noun: str, values: Mapping[str, Any], record_id: str = "") -> Change:
    """A new record; a printed number is made for it where it has one."""
    entity = entity_of(noun)
    _known(noun, values)
    said = {name: value for name, value in values.items() if value is not None}
    for name, field in entity.describe().items():
        if isinstance(field, Number) and name not in said:
            said[name] = moments.new_number()
    return Change(CREATE, noun, record_id or moments.new_id(), said)


def change(
    db: Database,
    noun: str,
    record_id: str,
    values: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
    base: int | None = None,
) -> Change | None:
    """New values of a record, None when they say nothing new.

    seen, base: the values a form showed and ``facts.base`` then; without them, what is shown now.
    """
    _known(noun, values)
    row = rows.fetch(db, noun, record_id)
    if row is None:
        raise NotFound
    shown = row if seen is None else {**row, **seen}
    said = {name: value for name, value in values.items() if value != shown[name]}
    if not said:
        return None
    groups = entity_of(noun).groups()
    old = {name: shown[name] for said_name in said for name in groups[said_name]}
    at = facts.base(db) if base is None else base
    return Change(SET, noun, record_id, said, old, dict.fromkeys(said, at))


def settle(db: Database, dispute_id: str, choice: str | Mapping[str, Any], reason: str) -> Change:
    """A choice between the values of a dispute: ``keep``, ``take``, or values of one's own."""
    dispute = rows.fetch(db, "dispute", dispute_id)
    if dispute is None:
        raise NotFound("There is no such dispute.")
    if dispute["state"] != "open":
        raise AlreadySettled
    record = rows.fetch(db, dispute["entity"], dispute["record_id"])
    if record is None:
        raise NotFound("The disputed record is not here.")
    inforce = part_of(record, dispute["side"])
    value = (
        {KEEP: inforce, TAKE: dispute["side"]}.get(choice) if isinstance(choice, str) else choice
    )
    values = {"value": value, "inforce": inforce, "side": dispute["side"], "reason": reason or None}
    return Change(SETTLE, "dispute", dispute_id, values)


def unit(db: Database, changes: Iterable[Change]) -> Unit:
    """The Unit of these changes, said now: what one's own open values hid keeps their base (R11)."""
    base = facts.base(db)
    based = tuple(_based(db, change, base) for change in changes)
    return Unit(moments.new_id(), base, moments.now(), based)


def _based(db: Database, change: Change, base: int) -> Change:
    if change.verb != SET:
        return change
    lowest = dict(change.bases)
    for under, row in outbox.open_on(db, change.record):
        if row["outcome"] == DISPUTED:
            continue
        for other in under.changes:
            if other.record == change.record and other.verb in (CREATE, SET):
                for name in other.values.keys() & change.values.keys():
                    was = other.bases.get(name, under.base)
                    lowest[name] = min(lowest.get(name, base), was)
    return replace(change, bases={name: n for name, n in lowest.items() if n < base})


def _known(noun: str, values: Mapping[str, Any]) -> None:
    fields = entity_of(noun).describe()
    for name in values:
        if name not in fields:
            raise UnknownField(f"{noun} has no field called {name!r}.", field=name)
