"""How a file is laid out: the person on top, what hangs on the case in sections, what happened last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from schema.codes import GATE
from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.record import Record
from schema.rules.asked import BY_NAME
from schema.rules.safeguards import CHILD
from schema.said import Said
from server import access
from server.pages.age import may_decide
from server.pages.told import disputed_field, told
from server.pages.told import word as told_word
from server.registry.case_file import CaseFile
from server.registry.lanes import may

_GATE, _NO_GATE = Said("Gate"), Said("None passed yet")
# What a table of these shows; the rest is on the record's own form.
COLUMNS = {
    "gate_event": ("gate", "date", "reason"),
    "household_member": ("relation", "sex", "birth_date", "name"),
    "background": ("armed_group_id", "role", "joined_on", "left_on"),
    "weapon": ("type", "serial", "condition", "store_id"),
    "service": ("type", "provider_id", "start_date", "end_date", "result"),
    "follow_up": ("due_date", "done_date", "found", "livelihood"),
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
    """What hangs on the case, one noun: its heads and lines, and the way to add one."""

    noun: str
    title: str
    heads: list[dict[str, str]]
    lines: list[Line]
    add_href: str


def shown(found: CaseFile) -> dict[str, Any]:
    """All that the page of a file draws."""
    sight = access.actor().sight
    return {
        "found": found,
        "person": found.person,
        "case": found.case,
        "person_lines": _person_lines(found),
        "case_lines": _case_lines(found),
        "sections": _sections(sight, found),
        "disputed": [(dispute, disputed_field(dispute)) for dispute in found.disputes],
        "flagged": [(flag, BY_NAME[str(flag.get("rule"))].sentence) for flag in found.flags],
        "days": told(found.past, found.labels),
        "may_change": may(sight, "change", found.person),
        "may_decide": may_decide(found.person),
        "in_child_process": any(case.get("process") == CHILD for case in found.cases),
    }


def _case_lines(found: CaseFile) -> list[Detail]:
    case = found.case
    if case is None:
        return []
    only = ("caseload_id", "process", "category", "area_id", "opened_on")
    gate = Said(GATE.label(case.gate)) if case.gate else _NO_GATE
    lines = details(BY_NOUN["case"], case.values, found.labels, only)
    return [Detail("gate", _GATE, "word", gate), *lines]


def _person_lines(found: CaseFile) -> list[Detail]:
    """The person; the caseload stands with the case, where it is changed."""
    entity = BY_NOUN["person"]
    lines = details(entity, found.person.values, found.labels)
    return [line for line in lines if line.name != "caseload_id" or found.case is None]


def _sections(sight: Sight, found: CaseFile) -> list[Section]:
    return [_section(sight, found, noun, lines) for noun, lines in found.parts.items()]


def _section(sight: Sight, found: CaseFile, noun: str, records: Sequence[Record]) -> Section:
    entity, only = BY_NOUN[noun], COLUMNS[noun]
    marks = _marks(found)
    lines = [
        Line(
            record,
            {line.name: line for line in details(entity, record.values, found.labels, only)},
            _href(sight, record),
            marks.get(record.id, frozenset()),
        )
        for record in reversed(records)
    ]
    heads = [
        {"key": d.name, "label": told_word(d.label.text)} for d in details(entity, {}, {}, only)
    ]
    if any(line.marks or line.record.get("withdrawn_at") for line in lines):
        heads.append({"key": "marks", "label": _("To decide")})
    return Section(noun, entity.plural, heads, lines, _add_href(sight, found, noun))


def _href(sight: Sight, record: Record) -> str:
    if record.entity == "weapon":
        return url_for("weapons.one", weapon_id=record.id)
    if may(sight, "change", record):
        return url_for("records.edit", noun=record.entity, record_id=record.id)
    return ""


def _add_href(sight: Sight, found: CaseFile, noun: str) -> str:
    case, entity = found.case, BY_NOUN[noun]
    if case is None:
        return ""
    child = case.compartment == "child"
    if noun == "weapon":
        open_to = not child and sight.anywhere("create", "weapons")
    else:
        compartment = case.compartment if child else entity.compartment
        open_to = not (child and noun == "background") and sight.may(
            "create", compartment, case.scope
        )
    return url_for("records.new", noun=noun, case_id=case.id) if open_to else ""


def _marks(found: CaseFile) -> dict[str, frozenset[str]]:
    """What is open on each record of the file."""
    marks: dict[str, frozenset[str]] = {}
    for mark in (*found.disputes, *found.flags):
        key = str(mark.get("record_id"))
        marks[key] = marks.get(key, frozenset()) | {mark.entity}
    return marks
