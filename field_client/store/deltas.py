"""A page that tells only what was written since, made whole again with the registry's rows that are here."""

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from field_client.store import rows
from field_client.store.rows import Row
from schema import frames

PART = 400
Table = Mapping[str, Any]


def whole(db: Database, table: Table) -> Table:
    """The same table with whole rows; called while nothing is laid on top.

    What is not here is left out: the digests will differ, and it is asked for by name.
    """
    if not table.get("delta"):
        return table
    noun, told = table["entity"], frames.from_columnar(table["columns"], table["rows"])
    here = _here(db, noun, [row["id"] for row in told])
    laid = [
        _laid(noun, here[row["id"]], row, _emptied(table["cleared"], place))
        for place, row in enumerate(told)
        if row["id"] in here
    ]
    columns = list(dict.fromkeys(name for row in laid for name in row))
    values = [[row.get(name) for row in laid] for name in columns]
    return {"entity": noun, "columns": columns, "rows": values, "removed": table["removed"]}


def _here(db: Database, noun: str, ids: list[str]) -> dict[str, Row]:
    return {
        row["id"]: row
        for start in range(0, len(ids), PART)
        for row in rows.by_ids(db, noun, ids[start : start + PART])
    }


def _emptied(cleared: Mapping[str, list[int]], place: int) -> list[str]:
    return [name for name, places in cleared.items() if place in places]


def _laid(noun: str, here: Row, told: Row, emptied: list[str]) -> Row:
    """A row of the registry's with what was written since laid on it."""
    written = {name: value for name, value in told.items() if value is not None}
    # What is carried in ``extra`` only grows there; what only this version does not know stands in it here.
    extra = {**(here["extra"] or {}), **written.pop("extra", {})}
    kept = {name: value for name, value in extra.items() if name not in (*emptied, *written)}
    # A case's gate is told whenever it has one.
    stamps = {"gate": None} if noun == "case" else {}
    return {**here, **stamps, **written, **dict.fromkeys(emptied), "extra": kept or None}
