"""What must be there, and what a Unit's author must be allowed, before anything of it is laid.

Rights are those where the record was at the Unit's base (R13); what leaves the child process, or decides on
an age, needs today's.
"""

from typing import TYPE_CHECKING, Any

from schema.chains import owner_of
from schema.entities import BY_NOUN
from schema.entity import Entity
from schema.held import Held, Stop, invalid, not_allowed, unknown
from schema.policy import CASELOAD_COMPARTMENTS, PROGRAMME
from schema.record import Bucket, Key, Record
from schema.rules.safeguards import CHILD, DECISION
from schema.scope import scope_of

if TYPE_CHECKING:
    from schema.trial import Trial

WITHDRAWING = ("withdrawn_at", "withdrawn_reason")


def admit(trial: "Trial", record: Record, values: Any) -> None:
    """Whether these values may come into force on this record, whatever brings them. Raises Stop."""
    refs_known(trial, BY_NOUN[record.entity], values, record.key)
    approve(trial, record, values)
    decide(trial, record, values)
    move(trial, record, values)


def create(trial: "Trial", record: Record) -> None:
    """Whether this record may be made there. Raises Stop."""
    entity = BY_NOUN[record.entity]
    _parents_known(trial, entity, record)
    _person(trial, record, record.values)
    buckets = _buckets_for(trial, entity, record)
    if not any(trial.by.may("create", *bucket) for bucket in buckets):
        raise Stop(not_allowed(record.key))
    _approve(trial, record, record.values, buckets)
    decide(trial, record, record.values)


def _parents_known(trial: "Trial", entity: type[Entity], record: Record) -> None:
    if entity.hangs_on and not record.get(entity.hangs_on):
        raise Stop(_homeless(record))
    refs_known(trial, entity, record.values, record.key)


def refs_known(trial: "Trial", entity: type[Entity], values: Any, key: Key) -> None:
    """Whether all that these values refer to is here. Raises Stop."""
    for name, ref in entity.refs().items():
        target = values.get(name)
        if not target:
            continue
        found = trial.work.find(ref.to, target)
        if found is None and trial.work.rows.knows(ref.to, target):
            raise Stop(unknown(target, key))
        if ref.crosses and found is not None and _hidden_child(trial, found):
            raise Stop(unknown(target, key))


def _hidden_child(trial: "Trial", record: Record) -> bool:
    """Whether this is a child whom the author does not see: no answer tells that there is one."""
    is_one = record.entity == "person" and record.compartment == CHILD
    return is_one and not trial.by.may("read", *record.bucket)


def _buckets_for(trial: "Trial", entity: type[Entity], record: Record) -> list[Bucket]:
    """Where rights to create are looked for: a parent's bucket at base, or the record's own scope."""
    ref = entity.refs().get(entity.hangs_on)
    if ref is None:
        return [(entity.compartment, PROGRAMME)]
    target = str(record.get(entity.hangs_on))
    if ref.to in ("caseload", "store"):
        return _open_to(entity, target)
    parent = trial.before.find(ref.to, target)
    if parent is None:
        parent = trial.work.find(ref.to, target)
        scope = scope_of(parent, trial.work) if parent else ""
        return _open_to(entity, scope)
    compartment, scope = trial.work.rows.bucket_at(parent, trial.unit.base)
    return [(compartment if compartment == "child" else entity.compartment, scope)]


def change(trial: "Trial", record: Record) -> None:
    """Whether the author may change this record, by the bucket it had at base. Raises Stop."""
    if trial.before.find(*record.key) is None:
        return
    bucket = trial.work.rows.bucket_at(record, trial.unit.base)
    if not trial.by.may("change", *bucket) and not _own_and_new(trial, record, bucket):
        raise Stop(not_allowed(record.key, "You may not change this record."))


def rewrite(record: Record, values: Any) -> None:
    """Whether this record may come to say something else: who made it never, an act not at all. Raises Stop."""
    entity = BY_NOUN[record.entity]
    kept = set(entity.stamped())
    if entity.appended:
        kept = set(entity.describe()) - set(WITHDRAWING)
    if any(name in kept and value != record.get(name) for name, value in values.items()):
        sentence = "What was recorded stands. Withdraw it with a reason, and record what is right."
        raise Stop(Held("appended", sentence, record=record.key))


def approve(trial: "Trial", record: Record, values: Any) -> None:
    """Whether the author may approve what these values approve, if they do. Raises Stop."""
    if BY_NOUN[record.entity].approving():
        buckets = [trial.work.rows.bucket_at(record, trial.unit.base)]
        _approve(trial, record, values, buckets)
        _take_back(trial, record, values, buckets)


def _approve(trial: "Trial", record: Record, values: Any, buckets: list[Bucket]) -> None:
    """What stood before is not approved again."""
    before = trial.before.find(*record.key)
    for name, codes in BY_NOUN[record.entity].approving().items():
        value = values.get(name)
        if value not in codes or (before is not None and before.get(name) == value):
            continue
        if not any(trial.by.may("approve", *bucket) for bucket in buckets):
            raise Stop(not_allowed(record.key, "You may not approve this."))


def _take_back(trial: "Trial", record: Record, values: Any, buckets: list[Bucket]) -> None:
    """What took the right to approve takes it again to be withdrawn, or to stand once more."""
    stands = values.get("withdrawn_at", record.get("withdrawn_at")) == record.get("withdrawn_at")
    approving = BY_NOUN[record.entity].approving().items()
    if stands or not any(record.get(name) in codes for name, codes in approving):
        return
    if not any(trial.by.may("approve", *bucket) for bucket in buckets):
        raise Stop(not_allowed(record.key, "You may not take back what was approved."))


def _own_and_new(trial: "Trial", record: Record, bucket: Bucket) -> bool:
    """Who may only create may correct what this laptop made, until it has pulled past its arrival (R17)."""
    laptop = owner_of(trial.by.source.chain)
    mine = trial.by.source.n is not None and owner_of(record.origin) == laptop
    return mine and record.first > trial.unit.base and trial.by.may("create", *bucket)


def _person(trial: "Trial", record: Record, values: Any) -> None:
    """A case takes its person along: who gives a person a case may change that person."""
    if record.entity == "case" and values.get("person_id"):
        person = trial.work.find("person", values["person_id"])
        if person:
            change(trial, person)


def move(trial: "Trial", record: Record, values: Any) -> None:
    """Whether the record may go where these values take it, if they do. Raises Stop."""
    if values.get("person_id") != record.get("person_id"):
        _person(trial, record, values)
    entity = BY_NOUN[record.entity]
    ref = entity.refs().get(entity.hangs_on)
    target = values.get(entity.hangs_on, record.get(entity.hangs_on))
    if ref is None or target == record.get(entity.hangs_on):
        return
    if not target:
        raise Stop(_homeless(record))
    if ref.to in ("caseload", "store"):
        buckets = _open_to(entity, target)
    else:
        parent = trial.work.find(ref.to, target)
        buckets = [(record.compartment, parent.scope)] if parent else []
    if not any(trial.by.may("create", *bucket) for bucket in buckets):
        raise Stop(not_allowed(record.key, "You may not move this record there."))


def decide(trial: "Trial", record: Record, values: Any) -> None:
    """Whether these values may decide on an age, if they do. Raises Stop."""
    if not any(name in values for name in DECISION):
        return
    before = trial.work.find(*record.key)
    stands = {name: before.get(name) if before else None for name in DECISION}
    if all(values.get(name, stands[name]) == stands[name] for name in DECISION):
        return
    scope = record.scope or str(record.get("caseload_id"))
    if not trial.by.may_now("approve", "child", scope):
        sentence = "Only a named child-protection officer decides on age."
        raise Stop(Held("age-decision", sentence, record=record.key))


def leave_child(trial: "Trial", record: Record, values: Any) -> None:
    """Out of the child process only by today's right in ``child``, never while that is disputed (R3)."""
    if record.get("process") != "child" or values.get("process", "child") == "child":
        return
    before = trial.before.find(*record.key)
    if before is None:
        return
    disputed = any(
        d.get("field") == "process"
        and d.get("state") == "open"
        and d.get("side") == {"process": "child"}
        for d in trial.work.marks("dispute", record)
    )
    if disputed or not trial.by.may_now("change", *record.bucket):
        sentence = "Only a child-protection decision takes somebody out of the child process."
        raise Stop(Held("leaving-child", sentence, record=record.key))


def _homeless(record: Record) -> Held:
    """Held because nobody would answer for it."""
    entity = BY_NOUN[record.entity]
    label = entity.describe()[entity.hangs_on].about.label
    sentence = f"{label} is missing, so nobody would answer for it."
    return invalid(record.key, {entity.hangs_on: [sentence]})


def _open_to(entity: type[Entity], scope: str) -> list[Bucket]:
    # A child is asked nothing military, and no child can be reached by what is said of an armed group.
    if entity.compartment in CASELOAD_COMPARTMENTS and entity.compartment != "background":
        return [(entity.compartment, scope), ("child", scope)]
    return [(entity.compartment, scope)]
