"""What is shown: the registry's rows with the open Units laid on top, by the same judge as there.

``lay_on`` lays one Unit when it is saved; ``lift_all`` and ``lay_all`` take every overlay off and put
what is still open back, around a promote. Laying all again changes nothing: a law, and tested.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from sqlite_utils import Database

from field_client import moments
from field_client.store import facts, outbox, rows, tables
from field_client.store.facts import Device, Rights
from schema.change import CREATE, DISPUTED, HELD, SET, Change, Source, Unit
from schema.dates import not_before
from schema.entities import BY_NOUN
from schema.flagging import flags
from schema.judge import Judged, judge
from schema.record import Record, Working, pending
from schema.rules.rule import CANNOT_TELL, FORBIDS
from schema.trial import Judging, May


def working(db: Database, device: Device, rights: Rights) -> Working:
    """A working copy over what is shown."""
    return Working(rows.LocalRows(db, device.chain, rights.complete_nouns()))


def judging(device: Device, may: May, n: int) -> Judging:
    """How a Unit of this laptop is judged here."""
    source = Source(device.chain, str(n), device.account_id, device.account_name, n)
    on = not_before(moments.today(), device.heard_on)
    return Judging(source, may, may, on, moments.now())


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
    leaving = []
    for record in records:
        if rights.shows(record.bucket):
            version = _shadow(db, record)
            rows.lay(db, record.entity, rows.as_row(record, version))
        else:
            forget(db, record)
            leaving.append(record)
    return leaving


def lift_all(db: Database) -> None:
    """Take every overlay off: the tables hold the registry's rows, and weapons recorded here."""
    for row in rows.select(db, "SELECT * FROM shadow"):
        if row["row"] is None:
            rows.lift(db, row["entity"], row["record_id"])
        else:
            rows.lay(db, row["entity"], json.loads(row["row"]))
    db.execute("DELETE FROM shadow")


def lay_all(db: Database) -> None:
    """Lay every open Unit on top again, in order."""
    device, rights = facts.device(db), Rights(db)
    work = working(db, device, rights)
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
    rows.lift(db, record.entity, record.id)
    db.execute("DELETE FROM shadow WHERE record_id = ?", (record.id,))


def _shadow(db: Database, record: Record) -> int:
    """Keep the registry's row of a record that is about to be covered; its version there."""
    sql = "SELECT row FROM shadow WHERE record_id = ? AND entity = ?"
    found = rows.select(db, sql, (record.id, record.entity))
    if found:
        return int(json.loads(found[0]["row"] or '{"ver": 0}')["ver"])
    row = rows.fetch(db, record.entity, record.id)
    text = json.dumps(row, ensure_ascii=False) if row else None
    shadow = {"entity": record.entity, "record_id": record.id, "row": text}
    db.table("shadow").insert(shadow)
    return int(row["ver"]) if row else 0


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
