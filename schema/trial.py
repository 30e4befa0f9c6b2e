"""One Unit on a branch of the working copy: each change loaded, allowed, merged and laid."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from schema import allowed, disputes
from schema.change import APPLIED, CREATE, DISPUTED, MERGED, SET, SETTLE, Change, Source, Unit
from schema.entities import BY_NOUN
from schema.entity import Entity, clean
from schema.held import Held, Stop, invalid, key_of, unknown
from schema.merge import Merged, Write, merge, writes
from schema.parts import different, joined, names_in
from schema.record import NOW, Key, Record, Working

May = Callable[[str, str, str], bool]


class Judging(NamedTuple):
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
        return tuple(r for r in after if r.first == NOW or r != self.before.find(*r.key))

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
        values |= dict.fromkeys(entity.stamped(), self.by.source.signature)
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
        allowed.create(self, record)
        self.put(record)
        self.restamp[record.key] = None

    def _set(self, entity: type[Entity], change: Change) -> None:
        record = self.work.find(change.entity, change.record)
        if record is None:
            raise Stop(unknown(change.record, key_of(change)))
        allowed.change(self, record)
        values, extra = self._clean(entity, change)
        allowed.rewrite(record, values)
        allowed.approve(self, record, values)
        allowed.refs_known(self, entity, values, record.key)
        if extra:
            record = record.but(extra={**record.extra, **extra}, ver=NOW)
            self.put(record)
        allowed.decide(self, record, values)
        self._lay(record, writes(change, values, record, self.unit.base))

    def _lay(self, record: Record, wanted: Sequence[Write]) -> None:
        """Do what becomes of each; those that are simply in force are laid together."""
        plain: dict[str, Any] = {}
        for write in wanted:
            if (record.id, write.name) in self.by.lost:
                continue
            done = merge(write, record, self.by.source, self.by.known)
            mine = disputes.own_open(self, record, write.new)
            if done.kind == "put" and mine is None and write.name == write.field:
                allowed.move(self, record, write.new)
                plain |= write.new
                continue
            record, plain = self.write(record, plain) if plain else record, {}
            record = self._write(record, write, done, mine)
        if plain:
            self.write(record, plain)

    def _write(self, record: Record, write: Write, done: Merged, mine: Record | None) -> Record:
        if done.kind == "same":
            if mine:
                disputes.give_up(self, mine, done.inforce)
            return record
        allowed.move(self, record, write.new)
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
        allowed.leave_child(self, record, changed)
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
        base, chain = self.unit.base, self.by.source.chain
        if record.ver <= base:
            return False
        written = [*record.fver.values(), (record.first, record.origin)]
        return any(base < v[0] < NOW and v[1] != chain for v in written)

    def _clean(self, entity: type[Entity], change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
        values, errors, extra = clean(entity, change.values)
        if errors:
            raise Stop(invalid(key_of(change), errors))
        return values, extra
