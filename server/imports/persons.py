"""A legacy list of people, by its mapping: each row a person with a case, whole or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from schema.chains import of_import
from schema.deployment import NOTHING_ADDED, Deployment, Noun, gathered
from schema.entities import BY_NOUN
from schema.fields import Ref
from schema.ids import derived_id, new_number
from schema.policy import Sight
from server.imports.cells import Unusable, read_day, understood
from server.imports.lists import Row
from server.imports.mapping import NOUNS, Columns, Filled, held_to
from server.imports.rejects import Reject
from server.imports.rows import (
    Names,
    Prepared,
    Refused,
    There,
    created,
    digest,
    refused,
    required,
    unit_of,
)

NO_CASELOAD = "Nobody would answer for this person: map caseload_id, or give --scope."
_LONGEST_ID = 120
Values = dict[str, Any]


@dataclass
class Persons:
    """One legacy list. caseload_id: whose people they are where the mapping names no column."""

    mapping: Columns
    headings: Sequence[str]
    sight: Sight
    caseload_id: str | None = None
    nouns: Deployment = NOTHING_ADDED
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        held_to(self.mapping, self.headings)
        self.chain = of_import(f"persons/{self.mapping.name}")
        self.names = Names(self.sight)
        self.places = {column: place for place, column in enumerate(self.headings)}

    def ordered(self, rows: Iterator[Row | Reject]) -> Iterator[Row | Reject]:
        """As they stand."""
        return rows

    def prepared(self, conn: sa.Connection, row: Row) -> Prepared | There | Reject:
        """The person and the case that a row makes, or why not."""
        try:
            known_as = self._row_id(row)
            person, case = (self._values(conn, noun, row) for noun in NOUNS)
            self._complete(person, case)
        except Refused as problem:
            return problem.of(row)
        person_id, case_id = (derived_id("import", self.chain, known_as, noun) for noun in NOUNS)
        person, case = gathered(person, {}), gathered(case, {})
        made = (
            created(BY_NOUN["person"], person_id, {"number": new_number(), **person}),
            created(BY_NOUN["case"], case_id, {**case, "person_id": person_id}),
        )
        return Prepared(row, f"{known_as}:{digest(row.cells)}", unit_of(*made))

    def column(self, field: str) -> str:
        """What the list calls a field of the person, or of the case."""
        found = (self.mapping.fields[noun].get(field) for noun in NOUNS)
        return next((how.shown for how in found if how and how.columns), field)

    def _row_id(self, row: Row) -> str:
        column = self.mapping.row_id
        if not column:
            return digest(row.cells)
        text = row.cells[self.places[column]]
        if not 0 < len(text) <= _LONGEST_ID or not text.isprintable():
            raise Refused(column, "no-row-id", "Nothing tells this row from the others.")
        return text

    def _values(self, conn: sa.Connection, noun: str, row: Row) -> Values:
        entity, values = self.nouns.of(BY_NOUN[noun]), Values()
        for name, how in self.mapping.fields[noun].items():
            value = self._value(conn, entity, name, how, row, values)
            if value is not None:
                values[name] = value
        return values

    def _value(
        self,
        conn: sa.Connection,
        entity: Noun,
        name: str,
        how: Filled,
        row: Row,
        said: Values,
    ) -> Any:
        """What a row says of a field; a date also says how exact it is."""
        declared = entity.describe()[name]
        text = " ".join(filter(None, (row.cells[self.places[column]] for column in how.columns)))
        if not how.columns:
            value = how.constant
        elif not text:
            return None
        else:
            try:
                value = understood(declared, text, how.codes, how.formats)
                if declared.kind == "day" and f"{name}_precision" in entity.describe():
                    said.setdefault(f"{name}_precision", read_day(text, how.formats)[1])
            except Unusable as problem:
                raise refused(how.shown, problem, declared) from problem
        if isinstance(declared, Ref):
            return self.names.id_of(conn, declared, value, how.shown or name)
        return value

    def _complete(self, person: Values, case: Values) -> None:
        """Give both their caseload, and refuse a row that lacks what must be there."""
        caseload = person.get("caseload_id") or case.get("caseload_id") or self.caseload_id
        if not caseload:
            raise Refused(self.column("caseload_id"), "missing", NO_CASELOAD)
        person["caseload_id"] = case["caseload_id"] = caseload
        case.setdefault("process", "adult")
        for noun, values in zip(NOUNS, (person, case), strict=True):
            entity = self.nouns.of(BY_NOUN[noun])
            for name in entity.describe():
                if name not in ("number", "person_id"):
                    required(entity, values, self.column(name), name)
