"""The file of a record of any noun: the record, what hangs on it, what is open on them, what happened."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.entities import under
from schema.policy import Sight
from schema.record import Record
from server.registry import records
from server.registry.labels import Labels, labels
from server.registry.lanes import lanes
from server.registry.marks import open_on
from server.registry.timeline import Past, timeline


@dataclass(frozen=True)
class RecordFile:
    """One record as this reader sees it. parts: what hangs on it, by noun; those not for them are not there."""

    record: Record
    parts: dict[str, list[Record]] = field(default_factory=dict)
    disputes: tuple[Record, ...] = ()
    flags: tuple[Record, ...] = ()
    past: tuple[Past, ...] = ()
    older: bool = False
    labels: Labels = field(default_factory=dict)


def record_file(conn: sa.Connection, sight: Sight, noun: str, record_id: str) -> RecordFile:
    """The file of a record. Raises NotFound."""
    record = records.get(conn, sight, noun, record_id)
    theirs = [(entity.noun, name) for entity, name in under(noun) if lanes(sight, entity.noun)]
    parts = records.hanging(conn, sight, theirs, record.id)
    everything = [record, *(part for found in parts.values() for part in found)]
    ids = [one.id for one in everything]
    past, older = timeline(conn, sight, everything)
    return RecordFile(
        record,
        parts,
        tuple(open_on(conn, sight, "dispute", ids)),
        tuple(open_on(conn, sight, "flag", ids)),
        tuple(past),
        older,
        labels(conn, sight, everything),
    )
