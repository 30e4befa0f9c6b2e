"""To whom a held Unit is shown: who approves for the records it is about, and nobody else.

What is held has no stamps, so this looks where its records are, or where they would have been. Of
several it is the most protected; in doubt the child compartment: to show too little is repaired by
asking.
"""

from datetime import date

import sqlalchemy as sa

from schema.change import CREATE, Change, Outcome, Unit
from schema.dates import may_be_child
from schema.entities import BY_NOUN, SCOPES
from schema.ids import is_id
from schema.policy import CASELOAD_COMPARTMENTS, PROGRAMME, STORE_COMPARTMENTS
from schema.rules.safeguards import CHILD
from server.loaded import Loaded

Hint = tuple[str, str]


def hint(conn: sa.Connection, unit: Unit, outcome: Outcome, on: date) -> Hint | None:
    """(compartment, scope) in which somebody approves of a held Unit; None when it cannot be told."""
    seen = Loaded(conn)
    made = {change.record: change for change in unit.changes if change.verb == CREATE}
    found = [bucket for change in unit.changes if (bucket := _bucket(seen, change, dict(made)))]
    about = seen.find(*outcome.about) if outcome.about[0] in BY_NOUN else None
    if about is not None:
        found.insert(0, about.bucket)
    if not found:
        return None
    child = any(_says_child(change, on) for change in unit.changes)
    homes = [(_approver(compartment), scope) for compartment, scope in found]
    compartment, scope = min(homes, key=lambda home: _PROTECTED.index(home[0]))
    return (CHILD if child else compartment, scope)


_PROTECTED = (CHILD, "complaints", "case", "weapons", "admin")


def _approver(compartment: str) -> str:
    """The compartment in which approval for this one is given."""
    if compartment in (CHILD, "complaints"):
        return compartment
    if compartment in CASELOAD_COMPARTMENTS:
        return "case"
    return "weapons" if compartment in STORE_COMPARTMENTS else "admin"


def _says_child(change: Change, on: date) -> bool:
    said = change.values
    if said.get("process") == CHILD or said.get("may_be_under_18") or said.get("age_decision"):
        return True
    born, precision = said.get("birth_date"), said.get("birth_date_precision")
    try:
        return change.entity == "person" and may_be_child(born, precision, on)
    except (TypeError, ValueError):
        return True


def _bucket(seen: Loaded, change: Change, made: dict[str, Change]) -> Hint | None:
    """Where the changed record is, or would be: in its scope, or with what it hangs on."""
    entity = BY_NOUN.get(change.entity)
    if entity is None:
        return None
    record = seen.find(change.entity, change.record)
    if record is not None:
        return record.bucket
    ref = entity.refs().get(entity.hangs_on)
    if ref is None:
        return (entity.compartment, PROGRAMME)
    target = change.values.get(entity.hangs_on)
    if not isinstance(target, str) or not is_id(target) or not ref.to:
        return None
    if ref.to in SCOPES:
        return (entity.compartment, target)
    # What it hangs on, made by this Unit too or not; each is looked at once.
    above = made.pop(target, Change(CREATE, ref.to, target, {}))
    found = _bucket(seen, above, made)
    return found and (CHILD if found[0] == CHILD else entity.compartment, found[1])
