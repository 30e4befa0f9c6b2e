"""Saves an act: judged here as the registry will judge it, written with its outbox line or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from field_client import sealing
from field_client.cipher import transaction
from field_client.store import acts, blobs, drafts, facts, outbox, overlay, rows, tables
from field_client.store.facts import Device, Rights
from schema import points
from schema.change import SETTLE, Change, Unit
from schema.entities import entity_of
from schema.fields import Ref
from schema.frames import is_sealed
from schema.held import Held
from schema.judge import Judged, as_form, judge
from schema.picture import Picture
from schema.problems import (
    Invalid,
    NotAllowed,
    NotEncrypted,
    NotFound,
    Problem,
    Refused,
    UnknownEntity,
    UnknownReference,
)
from schema.record import Key, Record
from schema.rules import Finding


@dataclass(frozen=True)
class Saved:
    """What was saved. records: those that the Unit names, in order; notes: what was found odd.

    sealed: it left this laptop's tables at once and waits in the outbox for the registry alone.
    """

    unit_id: str
    records: tuple[Key, ...]
    notes: tuple[Finding, ...] = ()
    sealed: bool = False


def save(
    db: Database, changes: Sequence[Change], draft: str = "", pictures: Sequence[Picture] = ()
) -> Saved:
    """Save one Unit: rows, overlay, tokens, outbox line and pictures in one transaction, its draft gone.

    Raises a Problem, with nothing written, when it cannot be stored or a rule forbids it.
    """
    with transaction(db):
        # What the registry could not read would be held there, and nobody here could mend it.
        unit = Unit.from_text(acts.unit(db, changes).as_text())
        device, rights = facts.device(db), Rights(db)
        _here(db, unit)
        work = overlay.working(db, device, rights)
        _, n, _ = outbox.tip(db)
        judged = as_form(judge(unit, work, overlay.judging(device, rights.may, n + 1)))
        if judged.held:
            raise refusal(judged.held)
        leaving = overlay.lay_on(db, overlay.all_of(judged, work), rights)
        points.reach("while saving")
        _into_outbox(db, unit, judged, leaving, device)
        blobs.keep_made(db, pictures, unit.id)
        blobs.settle(db)
        if draft:
            drafts.drop(db, draft)
    named = tuple(dict.fromkeys((change.entity, change.record) for change in unit.changes))
    return Saved(unit.id, named, judged.findings, bool(leaving))


def refusal(held: Held) -> Problem:
    """The problem that a form is answered with where an arrival would be held."""
    if held.reason == "invalid":
        return Invalid(held.sentence, fields=held.fields, record=held.record[1])
    if held.reason == "not-allowed":
        return NotAllowed(held.sentence)
    if held.reason == "unknown-kind":
        return UnknownEntity(held.sentence)
    if held.reason == "unknown-reference":
        return (
            NotFound()
            if held.record[1] in held.missing
            else UnknownReference(value=held.missing[0])
        )
    return Refused(held.sentence, rule=held.reason)


def _here(db: Database, unit: Unit) -> None:
    """What does not cross must refer to something that is here, or is made in the same Unit."""
    made = {change.record for change in unit.changes}
    for change in unit.changes:
        for name, ref in tables.staying_refs(entity_of(change.entity)).items():
            target = change.values.get(name) if change.verb != SETTLE else None
            if isinstance(target, str) and target not in made and not _is_here(db, ref, target):
                sentence = f"{ref.about.label}: there is no such record here."
                raise UnknownReference(sentence, field=name, value=target)


def _is_here(db: Database, ref: Ref, target: str) -> bool:
    return bool(rows.one(db, f'SELECT 1 FROM "{ref.to}" WHERE id = ?', (target,)))


def _into_outbox(
    db: Database, unit: Unit, judged: Judged, leaving: list[Record], device: Device
) -> None:
    touched = [record.key for record in judged.changed]
    if not leaving:
        outbox.append(db, unit, unit.as_text(), None, touched)
        return
    gone = {record.id for record in leaving}
    sealed = _sealed(unit.as_text(), device)
    kept = [key for key in touched if key[1] not in gone]
    outbox.append(db, unit, sealed, _without(unit.as_text(), gone), kept)
    for record_id in gone:
        _seal_earlier(db, record_id, gone, device)
        db.execute("DELETE FROM touched WHERE record_id = ?", (record_id,))


def _seal_earlier(db: Database, record_id: str, gone: set[str], device: Device) -> None:
    for unit_id, text, shown in outbox.texts_on(db, record_id):
        sealed = text if is_sealed(text) else _sealed(text, device)
        outbox.reseal(db, unit_id, sealed, _without(shown, gone))


def _without(text: str, gone: set[str]) -> str:
    """A Unit's text without the changes of these records; nothing when nothing is left."""
    if not text:
        return ""
    unit = Unit.from_text(text)
    rest = tuple(change for change in unit.changes if change.record not in gone)
    return replace(unit, changes=rest).as_text() if rest else ""


def _sealed(text: str, device: Device) -> str:
    if not device.seal_key:
        raise NotEncrypted("The registry has given no key to seal this with. Sync once, then save.")
    return sealing.seal(text, device.seal_key)
