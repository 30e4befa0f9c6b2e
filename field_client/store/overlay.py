"""What is shown: the registry's rows with the open Units laid on top, by the same judge as there.

``lay_on`` lays one Unit when it is saved; ``lift_all`` and ``lay_all`` take every overlay off and put
what is still open back, around a promote. Laying all again changes nothing: a law, and tested.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from sqlite_utils import Database

from field_client import moments
from field_client.store import facts, outbox, rewriting, rows, tables
from field_client.store.facts import Device, Rights
from field_client.store.rows import Row
from schema.change import CREATE, DISPUTED, HELD, SET, Change, Source, Unit
from schema.dates import not_before
from schema.entities import BY_NOUN, ORDER
from schema.flagging import flags
from schema.judge import Judged, judge
from schema.record import Key, Record, Working, pending
from schema.rules.rule import CANNOT_TELL, FORBIDS
from schema.trial import Judging, May


def working(db: Database, device: Device, rights: Rights) -> Working:
    """A working copy over what is shown."""
    return Working(rows.LocalRows(db, device.chain, rights.complete_nouns()))


def judging(device: Device, may: May, n: int) -> Judging:
    """How a Unit of this laptop is judged here."""
    source = Source(device.chain, str(n), device.account_id, device.account_name, n)
    return Judging(source, may, may, _day(device), moments.now())


def is_of_today(db: Database) -> bool:
    """Whether what is open was laid on this day: on another, a rule may find otherwise."""
    if not rows.one(db, "SELECT 1 FROM outbox WHERE open = 1"):
        return True
    return bool(facts.get(db, "laid_on") == _day(facts.device(db)).isoformat())


def all_of(judged: Judged, work: Working) -> list[Record]:
    """The records a judged Unit writes, flags included, as the registry will write them.

    What cannot be told here of a red line can be told there: it makes no flag.
    """
    trial = work.branch()
    for record in judged.changed:
        trial.put(record)
    found = tuple(
        finding
        for finding in judged.findings
        if finding.rule.kind != FORBIDS or finding.verdict != CANNOT_TELL
    )
    return [*judged.changed, *flags(replace(judged, findings=found), trial)]


def lay_on(db: Database, records: Iterable[Record], rights: Rights) -> list[Record]:
    """Lay records on what is shown; those that may not be kept here leave at once and are returned."""
    staying: dict[str, list[Record]] = {}
    leaving = []
    for record in records:
        if rights.shows(record.bucket):
            staying.setdefault(record.entity, []).append(record)
        else:
            forget(db, record)
            leaving.append(record)
    for noun in sorted(staying, key=ORDER.__getitem__):
        _cover(db, noun, staying[noun])
    return leaving


def under(db: Database) -> dict[Key, Row | None]:
    """The registry's rows that lie under an overlay; None where it has none."""
    return {
        (row["entity"], row["record_id"]): json.loads(row["row"]) if row["row"] else None
        for row in rows.select(db, "SELECT * FROM shadow")
    }


def lift(db: Database, covered: Mapping[Key, Row | None]) -> None:
    """Put the registry's rows in place of what lies on them."""
    found: dict[str, dict[str, Row | None]] = {}
    for (noun, record_id), row in covered.items():
        found.setdefault(noun, {})[record_id] = row
    for noun in sorted(found, key=ORDER.__getitem__):
        here = rows.standing(db, noun, list(found[noun]))
        rewriting.put(db, noun, [row for row in found[noun].values() if row], here)
    for noun in sorted(found, key=ORDER.__getitem__, reverse=True):
        rewriting.take_out(db, noun, [i for i, row in found[noun].items() if row is None])


def lift_all(db: Database) -> None:
    """Take every overlay off: the tables hold the registry's rows, and weapons recorded here."""
    lift(db, under(db))
    db.execute("DELETE FROM shadow")


def lay_all(db: Database) -> None:
    """Lay every open Unit on top again, in order."""
    device, rights = facts.device(db), Rights(db)
    work = working(db, device, rights)
    facts.put(db, laid_on=_day(device).isoformat())
    places = count()
    for n, (unit, row) in enumerate(outbox.laid(db), start=1):
        fitting = _fitting(unit, work, row["outcome"])
        judged = judge(fitting, work, judging(device, _anything, n))
        if judged.outcome != HELD:
            for record in all_of(judged, work):
                work.put(pending(record, next(places)))
    lay_on(db, work.held.values(), rights)


def forget(db: Database, record: Record) -> None:
    """Take a record out of the store with all that was kept of it."""
    rewriting.take_out(db, record.entity, [record.id])
    where = (record.id, record.entity)
    db.execute("DELETE FROM shadow WHERE record_id = ? AND entity = ?", where)


def _cover(db: Database, noun: str, records: Sequence[Record]) -> None:
    """Lay records of a noun, and keep the registry's rows that they cover."""
    ids = [record.id for record in records]
    here, versions = rows.standing(db, noun, ids), _versions(db, noun, ids)
    bare = [record_id for record_id in dict.fromkeys(ids) if record_id not in versions]
    texts = {i: json.dumps(here[i], ensure_ascii=False) if i in here else None for i in bare}
    sql = "INSERT INTO shadow (entity, record_id, row) VALUES (?, ?, ?)"
    db.conn.executemany(sql, [(noun, record_id, text) for record_id, text in texts.items()])
    versions |= {i: int(here[i]["ver"]) if i in here else 0 for i in bare}
    rewriting.put(db, noun, [rows.as_row(record, versions[record.id]) for record in records], here)


def _versions(db: Database, noun: str, ids: Sequence[str]) -> dict[str, int]:
    """The version of the registry's row of each of these records that is covered already."""
    return {
        row["record_id"]: int(json.loads(row["row"] or '{"ver": 0}')["ver"])
        for part in rows.parts(ids)
        for row in rows.select(
            db,
            "SELECT record_id, row FROM shadow"
            f" WHERE entity = ? AND record_id IN ({rows.marks(part)})",
            (noun, *part),
        )
    }


def _day(device: Device) -> date:
    return not_before(moments.today(), device.heard_on)


def _fitting(unit: Unit, work: Working, outcome: str | None) -> Unit:
    """The Unit without what does not fit here now: what is not here, or is in dispute (R2)."""
    made = {change.record for change in unit.changes if change.verb == CREATE}
    kept = [
        fitted
        for change in unit.changes
        if (fitted := _fitted(change, work, made, outcome)) is not None
    ]
    return replace(unit, changes=tuple(kept))


def _fitted(change: Change, work: Working, made: set[str], outcome: str | None) -> Change | None:
    present = work.find(change.entity, change.record) is not None
    if change.verb == CREATE and present:
        return Change(SET, change.entity, change.record, change.values)
    if change.verb == CREATE:
        refs = tables.staying_refs(BY_NOUN[change.entity])
        wanted = [(ref.to, change.values.get(name)) for name, ref in refs.items()]
        here = all(t is None or t in made or work.find(noun, t) for noun, t in wanted)
        return change if here else None
    if outcome == DISPUTED:
        return None
    return change if present or change.record in made else None


def _anything(verb: str, compartment: str, scope: str) -> bool:
    return True
