"""One Unit on a branch of the working copy: each change loaded, allowed, merged and laid."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from schema import disputes, stamps
from schema.change import APPLIED, CREATE, DISPUTED, MERGED, SET, SETTLE, Change, Source, Unit
from schema.entities import BY_NOUN
from schema.entity import Entity, clean
from schema.held import Held, Stop, invalid, key_of, not_allowed, unknown
from schema.merge import Write, merge, writes
from schema.parts import different, joined, names_in
from schema.policy import CASELOAD_COMPARTMENTS, PROGRAMME
from schema.record import NOW, Bucket, Key, Record, Working
from schema.rules.safeguards import DECISION

May = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class Judging:
    """What a Unit is judged by.

    may: rights where the record was at base. may_now: rights of today (leaving the child compartment,
    decisions on age). known: whether this registry knows a base. on: the day that ages are told by,
    the earlier of the author's and ours. at: this moment, as text. lost: fields a later Unit of the
    same laptop has written, which a retry passes over (R18). said: (whose, when,
    account) of the write that got a number; empty where that is not known.
    """

    source: Source
    may: May
    may_now: May
    on: date
    at: str
    known: Callable[[int], bool] = lambda base: True
    lost: frozenset[tuple[str, str]] = frozenset()
    said: Callable[[int], tuple[str, str | None, str]] = lambda number: ("", None, "")


class Trial:
    """One Unit on a branch of the working copy."""

    def __init__(self, unit: Unit, work: Working, by: Judging) -> None:
        self.unit, self.by = unit, by
        self.before = work
        self.work = work.branch()
        self.noted: set[str] = set()
        self.restamp: dict[Key, None] = {}
        self.touched: dict[Key, None] = {}

    # -- what it comes to

    @property
    def outcome(self) -> str:
        """disputed over merged over applied."""
        return DISPUTED if DISPUTED in self.noted else MERGED if MERGED in self.noted else APPLIED

    def changed(self) -> tuple[Record, ...]:
        """The records that differ from before, the ones people wrote first."""
        keys = {**self.touched, **dict.fromkeys(self.work.held)}
        after = (self.work.held[key] for key in keys if key in self.work.held)
        return tuple(record for record in after if record != self.before.find(*record.key))

    def put(self, record: Record) -> None:
        """Lay a record on the branch."""
        self.work.put(record)
        self.touched[record.key] = None

    # -- one change

    def step(self, change: Change) -> None:
        """Do one change on the branch. Raises Stop."""
        entity = BY_NOUN.get(change.entity)
        if entity is None or (entity.written_by == "apply") != (change.verb == SETTLE):
            raise Stop(
                Held("unknown-kind", f"This version knows no way to write {change.entity!r}.")
            )
        if change.verb == CREATE:
            self._create(entity, change)
        elif change.verb == SET:
            self._set(entity, change)
        elif change.verb == SETTLE:
            disputes.settle(self, change)
        else:
            raise Stop(Held("unknown-verb", f"This version knows no verb {change.verb!r}."))

    def _create(self, entity: type[Entity], change: Change) -> None:
        if self.work.find(change.entity, change.record):
            raise Stop(
                Held("exists", "A record with this id exists already.", record=key_of(change))
            )
        values, extra = self._clean(entity, change)
        record = Record(
            change.entity,
            change.record,
            values,
            first=NOW,
            ver=NOW,
            origin=self.by.source.chain,
            origin_n=self.by.source.n or 0,
            extra=extra,
        )
        self._parents_known(entity, record)
        self._person_allowed(record, values)
        if not any(self.by.may("create", *bucket) for bucket in self._buckets_for(entity, record)):
            raise Stop(not_allowed(record.key))
        self._decision_allowed(record, values)
        self.put(record)
        self.restamp[record.key] = None

    def _set(self, entity: type[Entity], change: Change) -> None:
        record = self.work.find(change.entity, change.record)
        if record is None:
            raise Stop(unknown(change.record, key_of(change)))
        self.may_change(record)
        values, extra = self._clean(entity, change)
        self._refs_known(entity, values, record.key)
        if extra:
            record = record.but(extra={**record.extra, **extra}, ver=NOW)
            self.put(record)
        self._decision_allowed(record, values)
        cleaned = replace(change, values=values)
        for write in writes(cleaned, record, self.unit.base):
            if (record.id, write.name) not in self.by.lost:
                record = self._write(entity, record, write)

    def _write(self, entity: type[Entity], record: Record, write: Write) -> Record:
        source = self.by.source
        done = merge(write, record, source, self.by.known)
        mine = disputes.own_open(self, record, write.new)
        if done.kind == "same":
            if mine:
                disputes.give_up(self, mine, done.inforce)
            return record
        self._move_allowed(record, write.new)
        if mine and done.kind != "protect":
            self.put(mine.but(values={**mine.values, "side": dict(write.new)}, ver=NOW))
            self.noted.add(DISPUTED)
            return record
        if done.kind == "side":
            disputes.open_one(self, record, write.field, write.old, write.new)
            return record
        if done.kind == "protect":
            disputes.open_one(self, record, write.field, write.old, done.inforce, by="registry")
        return self.write(record, write.new)

    def write(self, record: Record, values: Any) -> Record:
        """Put values in force on a record: its field versions are of this Unit."""
        source = self.by.source
        if self._others_wrote(record):
            self.noted.add(MERGED)
        changed = different(record.values, values)
        self._leaving_child_allowed(record, changed)
        version = [NOW, source.chain, source.n or 0]
        fver = (
            record.fver
            if record.first == NOW
            else {**record.fver, **dict.fromkeys(names_in(changed), version)}
        )
        after = record.but(values=joined(record.values, changed), fver=fver, ver=NOW)
        self.put(after)
        entity = BY_NOUN[record.entity]
        fields, homes = entity.describe(), ("withdrawn_at", entity.hangs_on)
        if any(fields[name].about.stamps or name in homes for name in changed):
            self.restamp[after.key] = None
        return after

    def _others_wrote(self, record: Record) -> bool:
        """Whether somebody else has written this record since the base."""
        written = [*record.fver.values(), (record.first, record.origin)]
        chain = self.by.source.chain
        return any(self.unit.base < v[0] < NOW and v[1] != chain for v in written)

    # -- what must be known and allowed

    def admit(self, record: Record, values: Any) -> None:
        """Whether these values may come into force on this record, whatever brings them. Raises Stop."""
        self._refs_known(BY_NOUN[record.entity], values, record.key)
        self._decision_allowed(record, values)
        self._move_allowed(record, values)

    def _clean(self, entity: type[Entity], change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
        values, errors, extra = clean(entity, change.values)
        if errors:
            raise Stop(invalid(key_of(change), errors))
        return values, extra

    def _parents_known(self, entity: type[Entity], record: Record) -> None:
        if entity.hangs_on and not record.get(entity.hangs_on):
            raise Stop(_homeless(record))
        self._refs_known(entity, record.values, record.key)

    def _refs_known(self, entity: type[Entity], values: Any, key: Key) -> None:
        for name, ref in entity.refs().items():
            target = values.get(name)
            if (
                target
                and not self.work.find(ref.to, target)
                and self.work.rows.knows(ref.to, target)
            ):
                raise Stop(unknown(target, key))

    def _buckets_for(self, entity: type[Entity], record: Record) -> list[Bucket]:
        """Where rights to create are looked for: a parent's bucket at base, or the record's own scope."""
        ref = entity.refs().get(entity.hangs_on)
        if ref is None:
            return [(entity.compartment, PROGRAMME)]
        target = str(record.get(entity.hangs_on))
        if ref.to in ("caseload", "store"):
            return _open_to(entity, target)
        parent = self.before.find(ref.to, target)
        if parent is None:
            parent = self.work.find(ref.to, target)
            scope = stamps.scope_of(parent, self.work) if parent else ""
            return _open_to(entity, scope)
        compartment, scope = self.work.rows.bucket_at(parent, self.unit.base)
        return [(compartment if compartment == "child" else entity.compartment, scope)]

    def may_change(self, record: Record) -> None:
        """Whether the author may change this record, by the bucket it had at base. Raises Stop."""
        if self.before.find(*record.key) is None:
            return
        bucket = self.work.rows.bucket_at(record, self.unit.base)
        if not self.by.may("change", *bucket) and not self._own_and_new(record, bucket):
            raise Stop(not_allowed(record.key, "You may not change this record."))

    def _own_and_new(self, record: Record, bucket: Bucket) -> bool:
        """Who may only create may correct what this laptop made, until it has pulled past its arrival (R17)."""
        laptop = self.by.source.chain.partition("/")[0]
        mine = self.by.source.n is not None and record.origin.partition("/")[0] == laptop
        return mine and record.first > self.unit.base and self.by.may("create", *bucket)

    def _person_allowed(self, record: Record, values: Any) -> None:
        """A case takes its person along: who gives a person a case may change that person."""
        if record.entity == "case" and values.get("person_id"):
            person = self.work.find("person", values["person_id"])
            if person:
                self.may_change(person)

    def _move_allowed(self, record: Record, values: Any) -> None:
        if values.get("person_id") != record.get("person_id"):
            self._person_allowed(record, values)
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
            parent = self.work.find(ref.to, target)
            buckets = [(record.compartment, parent.scope)] if parent else []
        if not any(self.by.may("create", *bucket) for bucket in buckets):
            raise Stop(not_allowed(record.key, "You may not move this record there."))

    def _decision_allowed(self, record: Record, values: Any) -> None:
        before = self.work.find(*record.key)
        stands = {name: before.get(name) if before else None for name in DECISION}
        if all(values.get(name, stands[name]) == stands[name] for name in DECISION):
            return
        scope = record.scope or str(record.get("caseload_id"))
        if not self.by.may_now("approve", "child", scope):
            sentence = "Only a named child-protection officer decides on age."
            raise Stop(Held("age-decision", sentence, record=record.key))

    def _leaving_child_allowed(self, record: Record, values: Any) -> None:
        """Out of the child process only by today's right in ``child``, never while that is disputed (R3)."""
        if record.get("process") != "child" or values.get("process", "child") == "child":
            return
        before = self.before.find(*record.key)
        if before is None:
            return
        disputed = any(
            d.get("field") == "process"
            and d.get("state") == "open"
            and d.get("side") == {"process": "child"}
            for d in self.work.marks("dispute", record)
        )
        if disputed or not self.by.may_now("change", *record.bucket):
            sentence = "Only a child-protection decision takes somebody out of the child process."
            raise Stop(Held("leaving-child", sentence, record=record.key))


def _homeless(record: Record) -> Held:
    """Held because nobody would answer for it."""
    entity = BY_NOUN[record.entity]
    label = entity.describe()[entity.hangs_on].about.label
    sentence = f"{label} is missing, so nobody would answer for it."
    return invalid(record.key, {entity.hangs_on: [sentence]})


def _open_to(entity: type[Entity], scope: str) -> list[Bucket]:
    if entity.compartment in CASELOAD_COMPARTMENTS:
        return [(entity.compartment, scope), ("child", scope)]
    return [(entity.compartment, scope)]
