"""A page that tells only what was written since, made whole with the registry's rows that are here. Pure."""

from collections.abc import Mapping
from typing import Any

from field_client.store import tables
from field_client.store.rows import Row
from schema import frames
from schema.entities import BY_NOUN

Table = Mapping[str, Any]


def whole(table: Table, here: Mapping[str, Row]) -> list[Row]:
    """The whole rows that a table comes to. here: the registry's rows, by id, with nothing laid on top.

    What is not here is left out: the digests will differ, and it is asked for by name.
    """
    noun, told = table["entity"], frames.from_columnar(table["columns"], table["rows"])
    emptied: dict[int, list[str]] = {}
    for name, places in table["cleared"].items():
        for place in places:
            emptied.setdefault(place, []).append(name)
    return [
        _laid(noun, here[row["id"]], row, emptied.get(place, []))
        for place, row in enumerate(told)
        if row["id"] in here
    ]


def _laid(noun: str, here: Row, told: Row, emptied: list[str]) -> Row:
    """A row of the registry's with what was written since laid on it."""
    known = tables.columns_of(BY_NOUN[noun])
    written = {name: value for name, value in told.items() if value is not None}
    # What is carried in ``extra`` only grows there; what only this version does not know stands in it here.
    extra = {**(here["extra"] or {}), **written.pop("extra", {})}
    extra = {name: value for name, value in extra.items() if name not in (*emptied, *written)}
    extra |= {name: written.pop(name) for name in tuple(written) if name not in known}
    # A case's gate is told whenever it has one.
    stamps = {"gate": None} if noun == "case" else {}
    gone = dict.fromkeys(name for name in emptied if name in known)
    return {**here, **stamps, **written, **gone, "extra": extra or None}
