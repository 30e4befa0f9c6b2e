"""Everything of one person that is on this laptop: their cases, and what hangs on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from field_client.store import facts, history, reading, rows, states
from field_client.store.rows import Row
from field_client.store.states import Where
from schema.entities import BY_NOUN, SCOPES
from schema.entities import under as below
from schema.entity import Entity
from schema.rules.asked import BY_NAME
from schema.rules.lifecycle import EXITED
from schema.rules.rule import Rule


@dataclass(frozen=True)
class Passage:
    """One person with what is known of them here. case: the open one, or else the last."""

    person: Row
    case: Row | None
    closed: list[Row]
    under: Mapping[str, list[Row]]
    where: Mapping[str, Where]
    others_unseen: bool

    @property
    def records(self) -> list[tuple[str, Row]]:
        """(noun, row) of all of it."""
        cases = [("case", row) for row in [self.case, *self.closed] if row]
        hanging = [(noun, row) for noun, found in self.under.items() for row in found]
        return [("person", self.person), *cases, *hanging]


def of(db: Database, person_id: str) -> Passage:
    """The passage of this person. Raises NotFound."""
    person = reading.get(db, "person", person_id)
    cases = rows.fetch_where(db, "case", "person_id = ? ORDER BY id DESC", (person_id,))
    cases.sort(key=lambda row: row["gate"] == EXITED or row["withdrawn_at"] is not None)
    under = {entity.noun: _hanging(db, entity, name, cases) for entity, name in below("case")}
    ids = [person_id, *(row["id"] for row in cases)]
    ids += [row["id"] for found in under.values() for row in found]
    unseen = not facts.Rights(db).scopes("read", "weapons")
    return Passage(
        person,
        cases[0] if cases else None,
        cases[1:],
        under,
        states.states_of(db, ids),
        unseen,
    )


def person_of(db: Database, noun: str, row: Row) -> str:
    """The id of the person whom a record belongs to, "" when they are not here."""
    if noun == "person":
        return str(row["id"])
    entity = BY_NOUN[noun]
    name = "person_id" if noun == "case" else entity.part_of or entity.hangs_on
    ref = entity.refs().get(name)
    parent = rows.fetch(db, ref.to, row.get(name) or "") if ref and ref.to not in SCOPES else None
    return person_of(db, ref.to, parent) if ref and parent else ""


def flagged(db: Database, passage: Passage) -> list[tuple[Rule, str, str]]:
    """What the rules said of these records and still stands: (rule, noun, record id)."""
    where = "record_id = ? AND state = 'open' ORDER BY id"
    return [
        (BY_NAME[flag["rule"]], noun, row["id"])
        for noun, row in passage.records
        for flag in rows.fetch_where(db, "flag", where, (row["id"],))
        if flag["rule"] in BY_NAME
    ]


def disputed(db: Database, passage: Passage) -> list[Row]:
    """The open disputes on these records."""
    ids = [row["id"] for _, row in passage.records]
    marks = ", ".join("?" * len(ids))
    where = f"state = 'open' AND record_id IN ({marks}) ORDER BY id"
    return rows.fetch_where(db, "dispute", where, ids)


def past(db: Database, passage: Passage) -> list[dict[str, Any]]:
    """What this laptop did to these records, the newest first."""
    acts = [
        {**act, "noun": noun, "entity": BY_NOUN[noun]}
        for noun, row in passage.records
        for act in history.of(db, noun, row["id"])
    ]
    acts.reverse()
    return sorted(acts, key=lambda act: datetime.fromisoformat(act["at"]), reverse=True)


def _hanging(db: Database, entity: type[Entity], name: str, cases: list[Row]) -> list[Row]:
    marks, order = ", ".join("?" * len(cases)), entity.sorted_by or "id"
    where = f'"{name}" IN ({marks}) AND withdrawn_at IS NULL ORDER BY "{order}", id'
    return rows.fetch_where(db, entity.noun, where, [case["id"] for case in cases])
