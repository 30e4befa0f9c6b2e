"""Scope, compartment and gate: derived from the record, its parents and its case, never sent."""

from typing import TYPE_CHECKING

from schema import disputes, placing
from schema.entities import BY_NOUN, ORDER, hanging_on
from schema.held import Held, Stop
from schema.policy import SEALED
from schema.record import NOW, Key, Record
from schema.rules.lifecycle import gate_of, is_open
from schema.rules.safeguards import CHILD, claims_a_child, is_child
from schema.scope import scope_of

if TYPE_CHECKING:
    from schema.trial import Trial


def derive(trial: "Trial") -> None:
    """Stamp all that the Unit's changes move, parents first."""
    for case_id in _with_gates(trial):
        _pass_gate(trial, case_id)
    placing.place(trial)
    for record in _roots(trial):
        if record.entity == "person":
            _caseload_of_open_case(trial, record)
            _family(trial, trial.work.find("person", record.id) or record)
        else:
            _tree(trial, record)


def _roots(trial: "Trial") -> list[Record]:
    """What the stamps of this Unit's changes start from: persons, and whatever hangs on no person."""
    found: dict[tuple[str, str], Record] = {}
    for key in trial.restamp:
        record = trial.work.find(*key)
        if record is None:
            continue
        if record.entity == "case" and record.get("person_id"):
            record = trial.work.find("person", record.get("person_id")) or record
        elif _parent_key(record) in trial.restamp:
            continue  # stamped on the way down from there
        found[record.key] = record
    return sorted(found.values(), key=lambda record: ORDER[record.entity])


def _parent_key(record: Record) -> Key:
    home = BY_NOUN[record.entity].hangs_on
    ref = BY_NOUN[record.entity].refs().get(home)
    return (ref.to, str(record.get(home))) if ref else ("", "")


def _with_gates(trial: "Trial") -> dict[str, None]:
    """The cases whose gate events this Unit writes, or takes away."""
    keys = [key for key in trial.restamp if key[0] == "gate_event"]
    events = [rows.find(*key) for key in keys for rows in (trial.before, trial.work)]
    return dict.fromkeys(str(event.get("case_id")) for event in events if event)


def _pass_gate(trial: "Trial", case_id: str) -> None:
    case = trial.work.find("case", case_id)
    if case is None:
        return
    gate = gate_of(case, trial.work)
    if gate != case.gate:
        passed = case.but(gate=gate, ver=NOW)
        trial.put(passed)
        if is_open(passed) != is_open(case):
            trial.restamp[case.key] = None


def _caseload_of_open_case(trial: "Trial", person: Record) -> None:
    """While a case is open the person's caseload is the case's; set otherwise, it is held (R10)."""
    for case in trial.work.below("case", person.id):
        theirs, ours = person.get("caseload_id"), case.get("caseload_id")
        if not is_open(case) or not ours or theirs == ours:
            continue
        number = person.version_of("caseload_id")[0]
        before = trial.before.find("case", case.id)
        moved = before is None or before.get("caseload_id") != ours
        if before is not None and not is_open(before) and theirs and not moved:
            # Opened again: who has come to answer for the person meanwhile answers for it.
            trial.write(case, {"caseload_id": theirs})
            return
        if not moved:
            raise Stop(
                Held(
                    "move-the-case",
                    "The person has an open case: move the case.",
                    record=person.key,
                )
            )
        seen = before is not None and before.get("caseload_id") == theirs
        known = number == NOW or (number <= trial.unit.base and trial.by.known(trial.unit.base))
        if not seen and not known:
            side = {"caseload_id": theirs}
            disputes.open_one(trial, person, "caseload_id", {}, side, by="registry")
        trial.write(person, {"caseload_id": ours})
        return


def _family(trial: "Trial", person: Record) -> None:
    work = trial.work
    compartment = CHILD if is_child(person, work, trial.by.on) else "case"
    scope = str(person.get("caseload_id") or "")
    _stamp(trial, person, scope, compartment)
    for case in work.below("case", person.id):
        _stamp(trial, case, scope, compartment)
        _below(trial, case, scope, compartment)


def _tree(trial: "Trial", record: Record) -> None:
    entity = BY_NOUN[record.entity]
    scope = scope_of(record, trial.work)
    ref = entity.refs().get(entity.hangs_on)
    parent = trial.work.find(ref.to, record.get(entity.hangs_on) or "") if ref else None
    compartment = _home(record, child=_is_a_childs(record, parent))
    _stamp(trial, record, scope, compartment)
    _below(trial, record, scope, compartment)


def _home(record: Record, *, child: bool) -> str:
    """Where a record lives. What a child was asked of an armed group is read by nobody any more (rule C5)."""
    entity = BY_NOUN[record.entity]
    if not child:
        return entity.compartment
    return SEALED if entity.military else CHILD


def _is_a_childs(record: Record, parent: Record | None) -> bool:
    if record.entity == "case":  # of nobody who is known: what it says itself, and was, decides
        return CHILD in (record.get("process"), record.compartment)
    return claims_a_child(record) or (parent is not None and parent.compartment == CHILD)


def _below(trial: "Trial", parent: Record, scope: str, compartment: str) -> None:
    for entity, _ in hanging_on(parent.entity):
        if entity.noun == "case":
            continue
        for record in trial.work.below(entity.noun, parent.id):
            home = _home(record, child=compartment == CHILD or claims_a_child(record))
            _stamp(trial, record, scope, home)
            _below(trial, record, scope, home)


def _stamp(trial: "Trial", record: Record, scope: str, compartment: str) -> None:
    current = trial.work.find(*record.key) or record
    if (current.scope, current.compartment) == (scope, compartment):
        return
    trial.put(current.but(scope=scope, compartment=compartment, ver=NOW, moved=NOW))
    if current.first == NOW and trial.before.find(*record.key) is None:
        return
    for noun in ("dispute", "flag"):
        for mark in trial.work.marks(noun, record):
            if mark.bucket != (compartment, scope):
                trial.put(mark.but(scope=scope, compartment=compartment, ver=NOW, moved=NOW))
