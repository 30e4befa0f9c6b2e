"""What happened to records: every accepted change, who said it, when it came, from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from schema.policy import Sight
from schema.record import Record
from server.tables import commit_row, history

SHOWN = 50
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Past:
    """One accepted change of one record, with the record as it was before and after.

    came_at: when the registry had it. said_at: the author's clock, shown and never relied on.
    before: None where the record was made. Erased payloads are None.
    """

    seq: int
    entity: str
    record_id: str
    chain: str
    by: str
    said_at: str | None
    came_at: str
    before: Values | None
    after: Values | None

    @property
    def changed(self) -> list[str]:
        """The fields that differ from before."""
        old, new = self.before or {}, self.after or {}
        names = dict.fromkeys([*old, *new])
        return [name for name in names if old.get(name) != new.get(name)]


def timeline(
    conn: sa.Connection, sight: Sight, records: Sequence[Record], most: int = SHOWN
) -> tuple[list[Past], bool]:
    """The newest changes of records that may be seen, newest first, and whether there are older ones.

    What happened while a record lived in another compartment shows only to who may read that one.
    """
    now = {record.key: record for record in records}
    ids = {record.id for record in records}
    earlier = (_lag(history.c.payload, "before"), _lag(history.c.compartment, "from_compartment"))
    mine = sa.select(history, *earlier).where(history.c.record_id.in_(ids)).subquery()
    query = sa.select(mine, commit_row.c.at).join(commit_row, commit_row.c.no == mine.c.commit_no)
    rows = conn.execute(query.order_by(mine.c.seq.desc())).mappings()
    # A record of another noun, which is nobody's here, may have the same id.
    theirs = [(row, now[key]) for row in rows if (key := (row["entity"], row["record_id"])) in now]
    seen = [pair for pair in theirs if _may_see(sight, pair[0]["compartment"], pair[1])]
    return [_past(sight, *pair) for pair in seen[:most]], len(seen) > most


def _lag(column: Any, name: str) -> Any:
    """The column in the row before of the same record."""
    record = (history.c.entity, history.c.record_id)
    return sa.func.lag(column).over(partition_by=record, order_by=history.c.seq).label(name)


def _may_see(sight: Sight, compartment: str | None, record: Record) -> bool:
    return compartment is not None and sight.may("read", compartment, record.scope)


def _past(sight: Sight, row: sa.RowMapping, record: Record) -> Past:
    before = row["before"] if _may_see(sight, row["from_compartment"], record) else None
    return Past(
        seq=row["seq"],
        entity=row["entity"],
        record_id=row["record_id"],
        chain=row["chain"],
        by=row["by"],
        said_at=row["said_at"],
        came_at=row["at"],
        before=_values(before),
        after=_values(row["payload"]),
    )


def _values(payload: str | None) -> Values | None:
    """The record in a payload, the gate of a case among its values."""
    if payload is None:
        return None
    said = orjson.loads(payload)
    gate = {"gate": said["gate"]} if said.get("gate") else {}
    return {**said["values"], **gate}
