"""What was typed at a command line, or stands in a line of a file, as Changes of a Unit."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from field_client.store import acts, reading
from field_client.store.declared import deployment
from field_client.store.facts import SCOPE_NOUNS, Rights
from schema.change import CREATE, SET, Change
from schema.deployment import gathered
from schema.entities import entity_of
from schema.fields import Described, Ref
from schema.problems import BadValue, Invalid, UnknownField, WrongUse
from schema.typed import from_json, meaning


def values(
    db: Database, noun: str, typed: Mapping[str, Any], made: Sequence[str] = ()
) -> dict[str, Any]:
    """Typed values as they are stored; ``$1`` names the first of the records already made.

    Raises UnknownField, Invalid, UnknownReference, Ambiguous.
    """
    fields = deployment(db).of(entity_of(noun)).describe()
    understood: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in typed.items():
        if name not in fields:
            raise UnknownField(f"{noun} has no field called {name!r}.", field=name)
        try:
            understood[name] = _value(db, name, fields[name], value, made)
        except BadValue as problem:
            errors[name] = [problem.said]
    if errors:
        raise Invalid(fields=errors)
    return understood


def added(db: Database, noun: str, typed: Mapping[str, Any], made: Sequence[str] = ()) -> Change:
    """The Change that creates a record; where the officer has one caseload or store it is given."""
    entity = entity_of(noun)
    said = values(db, noun, typed, made)
    home = entity.refs().get(entity.hangs_on)
    if home and home.to in SCOPE_NOUNS and entity.hangs_on not in said:
        scopes = Rights(db).scopes("create", entity.compartment)
        if len(scopes) == 1:
            said[entity.hangs_on] = scopes[0]
    return acts.create(noun, gathered(said, {}))


def changed(
    db: Database, noun: str, record: str, typed: Mapping[str, Any], made: Sequence[str] = ()
) -> Change | None:
    """The Change that sets values of a record, None when they stand there already."""
    record_id = reading.find_id(db, noun, record)
    said = gathered(values(db, noun, typed, made), reading.get(db, noun, record_id))
    return acts.change(db, noun, record_id, said)


def unit_of_line(db: Database, line: str, noun: str, verb: str) -> list[Change]:
    """The Changes of one line: an object, or ``{"unit": [Change, …]}``. Raises WrongUse.

    An object's names are fields; ``id`` names the record of a ``set``. In a unit each Change also
    names its ``entity`` (and its ``verb``, where it is not that of the command).
    """
    body = _object(line)
    if "unit" not in body:
        found = _change(db, body, noun, verb, [])
        return [found] if found else []
    if not isinstance(body["unit"], list):
        raise WrongUse("A unit is a list of changes.")
    changes: list[Change] = []
    made: list[str] = []
    for part in body["unit"]:
        found = _change(db, _as_object(part), noun, verb, made)
        made.append(found.record if found else str(_as_object(part).get("id", "")))
        changes += [found] if found else []
    return changes


def _change(
    db: Database, body: Mapping[str, Any], noun: str, verb: str, made: Sequence[str]
) -> Change | None:
    said = dict(body)
    noun, verb = str(said.pop("entity", noun)), str(said.pop("verb", verb))
    record = said.pop("id", None)
    said = said.pop("values", None) or said
    if verb == CREATE and record is None:
        return added(db, noun, said, made)
    if verb == SET and isinstance(record, str):
        earlier = _earlier(record, made)
        if earlier:
            return Change(SET, noun, earlier, gathered(values(db, noun, said, made), {}))
        return changed(db, noun, record, said, made)
    raise WrongUse("A change creates a record without an id, or sets one that its id names.")


def _value(db: Database, name: str, field: Described, value: Any, made: Sequence[str]) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return field.check(value)
    if isinstance(field, Ref):
        return _earlier(value, made) or field.check(reading.resolve(db, field, value, name))
    return field.check(meaning(field, value))


def _earlier(value: str, made: Sequence[str]) -> str | None:
    """The record that ``$1`` names among those made earlier in the Unit."""
    if not value.startswith("$") or not value[1:].isdecimal():
        return None
    if not 1 <= int(value[1:6]) <= len(made):
        raise WrongUse(f"{value} names no earlier change of this unit.")
    return made[int(value[1:6]) - 1]


def _as_object(part: Any) -> dict[str, Any]:
    """A Change of a unit as an object; a list is ``[verb, entity, id, values]``."""
    if isinstance(part, list) and len(part) == 4 and isinstance(part[3], dict):
        named = {} if part[2] is None else {"id": part[2]}
        return {"verb": part[0], "entity": part[1], **named, "values": part[3]}
    if not isinstance(part, dict):
        raise WrongUse("A change of a unit is an object with its entity and fields.")
    return part


def _object(line: str) -> dict[str, Any]:
    body = from_json(line)
    if not isinstance(body, dict):
        raise WrongUse("A line of the file is one JSON object.")
    return body
