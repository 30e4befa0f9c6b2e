"""What hangs on a record, one noun a section: a table, its marks, and the way to add to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.record import Record
from server.pages.deployed import columns_of, noun_of
from server.pages.told import word
from server.registry.lanes import may

Marks = Mapping[str, frozenset[str]]
# Their pages are their own; all else is seen on the page of any record.
OWN_PAGES = {
    "destruction_batch": ("destructions.one", "batch_id"),
    "case": ("cases.one", "case_id"),
    "person": ("cases.person", "person_id"),
    "weapon": ("weapons.one", "weapon_id"),
    "criteria_set": ("criteria.one", "set_id"),
    "attachment": ("attachments.one", "record_id"),
    "appeal": ("appeals.one", "appeal_id"),
}


@dataclass(frozen=True)
class Line:
    """One record in a section: its cells, where it leads, and whether it was withdrawn."""

    record: Record
    cells: dict[str, Detail]
    href: str
    marks: frozenset[str]


@dataclass(frozen=True)
class Section:
    """One noun that hangs on the record: its heads and lines, and the way to add one."""

    noun: str
    title: str
    heads: list[dict[str, str]]
    lines: list[Line]
    add_href: str


def section(
    sight: Sight,
    noun: str,
    records: Sequence[Record],
    labels: Mapping[str, str],
    marks: Marks,
    add_href: str,
) -> Section:
    """The section of these records of one noun, the newest first."""
    entity, only = noun_of(noun), columns_of(noun)
    lines = [
        Line(
            record,
            {line.name: line for line in details(entity, record.values, labels, only)},
            href(sight, record),
            marks.get(record.id, frozenset()),
        )
        for record in reversed(records)
    ]
    heads = [{"key": d.name, "label": word(d.label.text)} for d in details(entity, {}, {}, only)]
    if any(line.marks or line.record.get("withdrawn_at") for line in lines):
        heads.append({"key": "marks", "label": _("To decide")})
    return Section(noun, entity.plural, heads, lines, add_href)


def href(sight: Sight, record: Record) -> str:
    """Where a record in a table leads: its own page, its form, or what can only be read of it."""
    fixed = record.entity in OWN_PAGES or BY_NOUN[record.entity].appended
    if not fixed and may(sight, "change", record):
        return url_for("records.edit", noun=record.entity, record_id=record.id)
    return page_of(record.entity, record.id)


def page_of(noun: str, record_id: str) -> str:
    """The page of a record."""
    if noun in OWN_PAGES:
        endpoint, name = OWN_PAGES[noun]
        named: dict[str, Any] = {name: record_id}
        return url_for(endpoint, **named)
    return url_for("files.one", noun=noun, record_id=record_id)


def open_marks(*found: Iterable[Record]) -> dict[str, frozenset[str]]:
    """What is open on each record, by its id, from disputes and flags."""
    marks: dict[str, frozenset[str]] = {}
    for mark in (mark for some in found for mark in some):
        key = str(mark.get("record_id"))
        marks[key] = marks.get(key, frozenset()) | {mark.entity}
    return marks
