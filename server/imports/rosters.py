"""The names on an armed group's list as they stand in its file: each a claim, and nobody's registration."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from schema.chains import of_import
from schema.change import SET, Change
from schema.entities import BY_NOUN
from schema.ids import derived_id
from schema.policy import Sight
from schema.problems import Refused, UnknownField
from schema.record import Record
from server.imports.cells import Unusable, understood
from server.imports.lists import Row
from server.imports.rejects import Reject
from server.imports.rows import Prepared, There, created, digest, refused, required, unit_of
from server.imports.rows import Refused as RowRefused

COLUMNS = {
    "line": "line",
    "name": "name",
    "alias": "alias",
    "age": "claimed_age",
    "sex": "claimed_sex",
    "unit": "unit",
    "rank": "rank",
    "weapon": "claimed_weapon",
}
TEMPLATE = ",".join(COLUMNS)
_OTHER_FILE = (
    "This list was another file: its hash differs. Record it as a new version of the list."
)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, to show later that it is the list that was handed in."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashed(roster: Record, path: Path) -> Change | None:
    """What the list is to say of its file; None where it says so already. Raises Refused for another file."""
    known, found = roster.get("file_hash"), hash_of(path)
    if known == found:
        return None
    if known:
        raise Refused(_OTHER_FILE, rule="another-file")
    said = {"file_hash": found, "file_name": path.name[:200]}
    return Change(SET, "roster", roster.id, said, {name: roster.get(name) for name in said})


@dataclass
class Entries:
    """The rows of one list."""

    roster: Record
    headings: Sequence[str]
    sight: Sight
    chain: str = field(init=False)

    def __post_init__(self) -> None:
        self.entity = BY_NOUN["roster_entry"]
        self.chain = of_import(f"roster/{self.roster.id}")
        for column in self.headings:
            if column not in COLUMNS:
                raise UnknownField(f"A list has no {column!r}, but: {TEMPLATE}.", field=column)
        if "name" not in self.headings:
            raise UnknownField("The list lacks the column 'name'.", field="name")

    def ordered(self, rows: Iterator[Row | Reject]) -> Iterator[Row | Reject]:
        """As they stand."""
        return rows

    def prepared(self, conn: sa.Connection, row: Row) -> Prepared | There | Reject:
        """The entry that a row makes, or why not."""
        try:
            values = self._values(row)
        except RowRefused as problem:
            return problem.of(row)
        known_as = f"{row.number}:{digest(row.cells)}"
        record_id = derived_id("roster", self.roster.id, known_as)
        said = {"line": row.number - 1, **values, "roster_id": self.roster.id}
        return Prepared(row, known_as, unit_of(created(self.entity, record_id, said)))

    def column(self, field: str) -> str:
        """What the list calls a field."""
        return next((column for column, name in COLUMNS.items() if name == field), field)

    def _values(self, row: Row) -> dict[str, Any]:
        fields, values = self.entity.describe(), dict[str, Any]()
        for column, text in zip(self.headings, row.cells, strict=True):
            name = COLUMNS[column]
            if not text:
                continue
            try:
                values[name] = understood(fields[name], text, {}, ())
            except Unusable as problem:
                raise refused(column, problem, fields[name]) from problem
        required(self.entity, values, "name", "name")
        return values
