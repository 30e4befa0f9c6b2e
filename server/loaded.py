"""Registry rows as judge looks into them, and how a row becomes a record."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa

from schema.entities import BY_NOUN
from schema.ids import is_id
from schema.record import PARENT_FIELD, Bucket, Key, Record
from server import bulk, stored
from server.tables import fields_of, history, table_of

Wanted = dict[str, set[str]]


class Loaded:
    """Registry rows as judge asks for them. What was not loaded ahead is read when it is asked for."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn
        self.rows: dict[Key, Record] = {}
        self.absent: set[Key] = set()
        self._below: dict[tuple[str, str], list[Record]] = {}
        self._alike: dict[tuple[str, str, Any], set[str]] = {}
        self._eligible: dict[str, set[str]] = {}
        self.locks = False

    def find(self, entity: str, record_id: str) -> Record | None:
        """The record in force, or None."""
        key = (entity, record_id)
        if key not in self.rows and key not in self.absent:
            self.fetch(entity, {record_id})
        return self.rows.get(key)

    def below(self, entity: str, parent_id: str) -> Iterable[Record]:
        """Records of this noun that hang on the parent."""
        found = self._below.get((entity, parent_id))
        if found is not None:
            return found
        if not is_id(parent_id):
            return ()
        for parent in _parents_of(entity):
            if (parent, parent_id) in self.absent:
                return ()
        self.fetch_below(entity, {parent_id})
        return self._below[entity, parent_id]

    def alike(self, entity: str, name: str, value: Any) -> Iterable[str]:
        """Ids of records of this noun with this value."""
        if name in BY_NOUN[entity].refs() and not is_id(value):
            return ()
        if (entity, name, value) not in self._alike:
            self.fetch_alike(entity, name, {value})
        return self._alike[entity, name, value]

    def alike_ids(self) -> Wanted:
        """Who has a value, among those looked up so far, that should not stand twice."""
        found: Wanted = defaultdict(set)
        for (entity, _, _), ids in self._alike.items():
            found[entity] |= ids
        return found

    def forget_alike(self) -> None:
        """Look up anew who has which value: it was looked up before the rows were locked."""
        self._alike.clear()

    def found_eligible(self, criteria_set_id: str, but: str) -> int | None:
        """How many other cases these criteria have let in, in whatever caseload."""
        if criteria_set_id not in self._eligible:
            self._eligible[criteria_set_id] = self._let_in(criteria_set_id)
        return len(self._eligible[criteria_set_id] - {but})

    def _let_in(self, criteria_set_id: str) -> set[str]:
        """Who is in by these criteria. Under a lock, so that of the last two places two people get two."""
        if self.locks:
            criteria = table_of("criteria_set")
            mine = sa.select(criteria.c.id).where(criteria.c.id == criteria_set_id)
            self.conn.execute(mine.with_for_update(key_share=True)).all()
        return set(self.conn.execute(_let_in_by(criteria_set_id)).scalars())

    def is_overtaken(self, values: Iterable[tuple[str, str, Any]]) -> bool:
        """Whether somebody has come to have one of these values since it was looked up.

        values: (noun, field, value). Asked under the counter: whoever commits later sees who was first.
        """
        seen = {key: self._alike[key] for key in values if key in self._alike and self.locks}
        for field in {key[:2] for key in seen}:
            self.fetch_alike(*field, {key[2] for key in seen if key[:2] == field})
        return any(before != self._alike[key] for key, before in seen.items())

    def bucket_at(self, record: Record, base: int) -> Bucket:
        """The bucket the record had at this number; for a record made since, where it was made."""
        loaded = self.rows.get(record.key)
        if loaded is None:
            return record.bucket
        if loaded.moved <= base:
            return loaded.bucket
        return self._bucket_in_history(record, base) or loaded.bucket

    def knows(self, entity: str, record_id: str) -> bool:
        """The registry knows all there is."""
        return True

    # -- reading, set by set

    def fetch(self, entity: str, ids: set[str]) -> None:
        """Load records by id; those that are not there, and what is no id, are known to be absent."""
        missing = {
            i for i in ids if (entity, i) not in self.rows and (entity, i) not in self.absent
        }
        asked = set(filter(is_id, missing))
        for record in stored.find(self.conn, entity, "id", asked) if asked else ():
            self.rows[record.key] = record
        self.absent.update((entity, i) for i in missing if (entity, i) not in self.rows)

    def fetch_below(self, entity: str, parents: set[str]) -> None:
        """Load all records of a noun under these parents."""
        name = PARENT_FIELD[entity]
        for parent in parents:
            self._below.setdefault((entity, parent), [])
        for found in stored.find(self.conn, entity, name, parents):
            record = self.rows.setdefault(found.key, found)
            self._below[entity, record.get(name)].append(record)

    def fetch_alike(self, entity: str, name: str, values: set[Any]) -> None:
        """Load who has these values of a field that should not be there twice."""
        table = table_of(entity)
        for value in values:
            self._alike[entity, name, value] = set()
        columns = ("id", name)
        as_id, as_value = (
            bulk.decoder(table.c[n], self.conn.dialect.name) or _as_it_is for n in columns
        )
        for record_id, value in bulk.select_rows(self.conn, table, columns, name, values):
            self._alike[entity, name, as_value(value)].add(as_id(record_id))

    def _bucket_in_history(self, record: Record, base: int) -> Bucket | None:
        query = sa.select(history.c.compartment, history.c.scope).where(
            history.c.record_id == record.id, history.c.entity == record.entity
        )
        then = query.where(history.c.seq <= base).order_by(history.c.seq.desc()).limit(1)
        first = query.order_by(history.c.seq).limit(1)
        row = self.conn.execute(then).first() or self.conn.execute(first).first()
        return (row.compartment, row.scope) if row else None


def _as_it_is(value: Any) -> Any:
    return value


def record_of(entity: str, row: sa.RowMapping) -> Record:
    """A row as judge sees it."""
    values = {name: row[name] for name in fields_of(entity) if row[name] is not None}
    return Record(
        entity,
        row["id"],
        values,
        row["scope"],
        row["compartment"],
        row["gate"] if entity == "case" else None,
        row["ver"],
        row["first"],
        row["origin"],
        row["origin_n"],
        row["moved"],
        row["fver"] or {},
        row["extra"] or {},
    )


def _let_in_by(criteria_set_id: str) -> sa.CompoundSelect[Any]:
    """The cases found eligible by these criteria, or on appeal, whose eligibility was not revoked since."""
    act, step = table_of("eligibility_event"), table_of("appeal_event")
    appeal, revoked = table_of("appeal"), table_of("eligibility_event").alias("revoked")
    upheld = sa.select(appeal.c.about_id).join(step, step.c.appeal_id == appeal.c.id)
    upheld = upheld.where(step.c.act == "upheld", step.c.withdrawn_at.is_(None))
    out = sa.select(revoked.c.case_id).where(
        revoked.c.case_id == act.c.case_id,
        revoked.c.act == "revoked",
        revoked.c.withdrawn_at.is_(None),
        revoked.c.id.not_in(upheld),
    )
    mine = sa.select(act.c.case_id).where(
        act.c.criteria_set_id == criteria_set_id, act.c.withdrawn_at.is_(None)
    )
    found = mine.where(act.c.act == "eligible", ~sa.exists(out))
    return sa.union(found, mine.where(act.c.act == "ineligible", act.c.id.in_(upheld)))


@cache
def _parents_of(entity: str) -> tuple[str, ...]:
    if entity in ("dispute", "flag"):
        return tuple(BY_NOUN)
    name = PARENT_FIELD.get(entity)
    return (BY_NOUN[entity].refs()[name].to,) if name else ()
