"""The page of one record of any noun that has no page of its own."""

from typing import Any

from flask import Blueprint, render_template, url_for

from schema.come_to import lines_of
from schema.detail import details
from schema.entities import BY_NOUN, SCOPES, given_by
from schema.inventory import EVENTS
from schema.policy import Sight
from schema.record import Record, Working
from schema.rules.asked import BY_NAME
from server import access
from server.db import reading
from server.loaded import Loaded
from server.pages import custody, hand_ins, papers
from server.pages.deployed import noun_of
from server.pages.lists import LISTED
from server.pages.reads import noted
from server.pages.sections import Section, open_marks, page_of, section
from server.pages.told import disputed_field, told
from server.registry.lanes import MARKED, may
from server.registry.record_file import RecordFile, record_file

pages = Blueprint("files", __name__)


@pages.get(f"/records/<any({', '.join(LISTED)}):noun>/<uuid:record_id>")
@access.rule(MARKED, "read")
def one(noun: str, record_id: Any) -> str:
    """What it says, what hangs on it, what happened."""
    sight = access.actor().sight
    with reading() as conn:
        found = record_file(conn, sight, noun, str(record_id))
        come_to = lines_of(found.record, Working(Loaded(conn)))
    noted(noun, str(record_id))
    record, entity = found.record, BY_NOUN[noun]
    may_change = may(sight, "change", record)
    back_href, back_words = _back(found)
    return render_template(
        "files/one.html",
        found=found,
        record=record,
        entity=entity,
        lines=[*come_to, *details(noun_of(noun), record.values, found.labels)],
        made_by=[
            (one.label, one.text) for one in details(entity, record.values, {}, entity.stamped())
        ],
        sections=_sections(sight, found),
        disputed=[(dispute, disputed_field(dispute)) for dispute in found.disputes],
        flagged=[(flag, BY_NAME[str(flag.get("rule"))].sentence) for flag in found.flags],
        days=told(found.past, found.labels),
        edit_href=_edit(record) if may_change and not entity.appended else "",
        may_withdraw=may_change,
        back_href=back_href,
        back_words=back_words,
        ways=_ways(sight, found),
        print_href=papers.href(record),
    )


def _ways(sight: Sight, found: RecordFile) -> list[tuple[str, str]]:
    """What may be recorded of it in a form of its own: (address, words)."""
    record = found.record
    if record.entity == "hand_in":
        return hand_ins.ways(sight, record)
    if record.entity in EVENTS:
        return custody.ways(sight, record, first=not found.parts[EVENTS[record.entity]])
    return []


def _edit(record: Record) -> str:
    return url_for("records.edit", noun=record.entity, record_id=record.id)


def _sections(sight: Sight, found: RecordFile) -> list[Section]:
    marks = open_marks(found.disputes, found.flags)
    return [
        section(sight, noun, parts, found.labels, marks, _add_href(sight, found.record, noun))
        for noun, parts in found.parts.items()
    ]


def _add_href(sight: Sight, record: Record, noun: str) -> str:
    """The way to add one here, for who may: what hangs on a child's record is the child's."""
    entity = BY_NOUN[noun]
    compartment = record.compartment if record.compartment == "child" else entity.compartment
    if entity.written_by == "apply" or not sight.may("create", compartment, record.scope):
        return ""
    given: dict[str, Any] = {**given_by(entity, record.entity, record.values, record.id)}
    return url_for("records.new", noun=noun, **given)


def _back(found: RecordFile) -> tuple[str, str]:
    """The page it was reached from: of what it hangs on, where that may be seen, or its list."""
    record, entity = found.record, BY_NOUN[found.record.entity]
    ref = entity.refs().get(entity.hangs_on)
    parent = str(record.get(entity.hangs_on)) if ref and ref.to not in SCOPES else ""
    if ref and parent in found.labels:
        return page_of(ref.to, parent), BY_NOUN[ref.to].label
    return url_for("lists.one", noun=record.entity), entity.plural
