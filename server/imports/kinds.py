"""Lists of reference data, by their codes: areas, caseloads and so on, and what a deployment declares.

A row whose code is there already and says the same is there already. One that says something else is
refused: reference data are changed by a person who sees what hangs on them, not by a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from schema.chains import of_import
from schema.entities import BY_NOUN
from schema.fields import Ref
from schema.ids import derived_id
from schema.policy import Sight
from schema.problems import UnknownField
from server.imports.cells import ISO, Unusable, understood
from server.imports.lists import Row
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
from server.registry import coded

CHANGED = "This code is there already and says something else. Change it in the registry."


@dataclass(frozen=True)
class Shape:
    """A list's noun, the fields that name a record, and what its columns are called there."""

    noun: str
    code: tuple[str, ...]
    columns: Mapping[str, str]


def _labels() -> dict[str, str]:
    names = (
        "label_en",
        "label_fr",
        "label_ar",
        "label_es",
        "labels_further",
        "position",
        "retired",
    )
    return {name: name for name in names}


SHAPES = {
    "areas": Shape(
        "area",
        ("pcode",),
        {"pcode": "pcode", "level": "level", "parent": "parent_id", "name": "name"},
    ),
    "caseloads": Shape("caseload", ("code",), {"code": "code", "name": "name", "area": "area_id"}),
    "stores": Shape("store", ("code",), {"code": "code", "name": "name", "area": "area_id"}),
    "organisations": Shape(
        "organisation", ("code",), {"code": "code", "name": "name", "kind": "kind"}
    ),
    "armed-groups": Shape("armed_group", ("code",), {"code": "code", "name": "name"}),
    "codes": Shape(
        "code", ("code_list", "value"), {"list": "code_list", "code": "value", **_labels()}
    ),
    "custom-fields": Shape(
        "custom_field",
        ("entity", "name"),
        {
            "record": "entity",
            "name": "name",
            "kind": "kind",
            "codes": "code_list",
            **_labels(),
            **{n: n for n in ("purpose", "sensitivity", "required", "donor")},
        },
    ),
}


@dataclass
class Reference:
    """One list of reference data."""

    kind: str
    headings: Sequence[str]
    sight: Sight
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.shape = SHAPES[self.kind]
        self.entity = BY_NOUN[self.shape.noun]
        self.chain = of_import(self.kind)
        self.names = Names(self.sight)
        self._hold_to_columns()

    def ordered(self, rows: Iterator[Row | Reject]) -> Iterator[Row | Reject]:
        """Areas by their level, so that a parent comes first; others as they stand."""
        if self.shape.noun != "area":
            return rows
        place = self.headings.index("level")
        return iter(sorted(rows, key=lambda row: _level(row, place)))

    def prepared(self, conn: sa.Connection, row: Row) -> Prepared | There | Reject:
        """The record that a row makes, or why not."""
        try:
            values = self._values(conn, row)
        except Refused as problem:
            return problem.of(row)
        named = {name: values[name] for name in self.shape.code}
        code = "/".join(map(str, named.values()))
        known = coded.with_code(conn, self.shape.noun, named)
        if known:
            same = all(known[0].get(name) == value for name, value in values.items())
            return There(row) if same else self._changed(row)
        record_id = derived_id("import", self.shape.noun, code)
        self.names.made[self.shape.noun, code] = record_id
        unit = unit_of(created(self.entity, record_id, values))
        return Prepared(row, f"{code}:{digest(row.cells)}", unit)

    def column(self, field: str) -> str:
        """What the list calls a field."""
        return next((c for c, name in self.shape.columns.items() if name == field), field)

    def _values(self, conn: sa.Connection, row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column, text in zip(self.headings, row.cells, strict=True):
            name = self.shape.columns[column]
            if text:
                values[name] = self._value(conn, column, name, text)
            required(self.entity, values, column, name)
        return values

    def _value(self, conn: sa.Connection, column: str, name: str, text: str) -> Any:
        declared = self.entity.describe()[name]
        try:
            value = understood(declared, text, {}, (ISO,))
        except Unusable as problem:
            raise refused(column, problem, declared) from problem
        if isinstance(declared, Ref):
            return self.names.id_of(conn, declared, value, column)
        return value

    def _changed(self, row: Row) -> Reject:
        columns = " + ".join(map(self.column, self.shape.code))
        return Reject(row.number, columns, "row-changed", CHANGED, row.cells)

    def _hold_to_columns(self) -> None:
        takes = ", ".join(self.shape.columns)
        for column in self.headings:
            if column not in self.shape.columns:
                raise UnknownField(f"{self.kind} have no {column!r}, but: {takes}.", field=column)
        fields = self.entity.describe()
        for column, name in self.shape.columns.items():
            if fields[name].about.required and column not in self.headings:
                raise UnknownField(f"The list lacks the column {column!r}.", field=column)


def _level(row: Row | Reject, place: int) -> int:
    known = isinstance(row, Row) and row.cells[place].isdigit()
    return int(row.cells[place][:3]) if known else 1000
