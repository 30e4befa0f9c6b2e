"""How a file is laid out: the person on top, what hangs on the case in sections, what happened last."""

from typing import Any

from flask import url_for

from schema.codes import GATE
from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.policy import Sight
from schema.rules.asked import BY_NAME
from schema.rules.safeguards import CHILD
from schema.said import Said
from server import access
from server.pages import pictures
from server.pages.age import may_decide
from server.pages.deployed import noun_of
from server.pages.sections import Section, open_marks, section
from server.pages.told import disputed_field, told
from server.registry.case_file import CaseFile
from server.registry.lanes import may

# An act of these is one of an order: it is done on their own page, which says what is open.
ELIGIBILITY = ("eligibility_event", "appeal", "appeal_event", "criterion_check")
_GATE, _NO_GATE = Said("Gate"), Said("None passed yet")


def shown(found: CaseFile) -> dict[str, Any]:
    """All that the page of a file draws."""
    sight = access.actor().sight
    small = pictures.drawn(sight, found.parts.get(pictures.NOUN, ()))
    return {
        "found": found,
        "person": found.person,
        "case": found.case,
        "person_lines": _person_lines(found),
        "case_lines": _case_lines(found),
        "sections": _sections(sight, found),
        "pictures": small,
        "photo_href": pictures.header_href(small),
        "add_picture_href": pictures.add_href(sight, found.case),
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
    gate = Said(GATE.label(case.gate)) if case.gate else _NO_GATE
    lines = [
        d for d in details(noun_of("case"), case.values, found.labels) if d.name != "person_id"
    ]
    return [Detail("gate", _GATE, "word", gate), *lines]


def _person_lines(found: CaseFile) -> list[Detail]:
    """The person; the caseload stands with the case, where it is changed."""
    lines = details(noun_of("person"), found.person.values, found.labels)
    return [line for line in lines if line.name != "caseload_id" or found.case is None]


def _sections(sight: Sight, found: CaseFile) -> list[Section]:
    marks = open_marks(found.disputes, found.flags)
    home = found.case.compartment if found.case else ""
    return [
        section(sight, noun, lines, found.labels, marks, _add_href(sight, found, noun))
        for noun, lines in found.parts.items()
        if noun != pictures.NOUN and (lines or BY_NOUN[noun].fits(home))
    ]


def _add_href(sight: Sight, found: CaseFile, noun: str) -> str:
    case, entity = found.case, BY_NOUN[noun]
    if case is None or not entity.fits(case.compartment):
        return ""
    if noun in ELIGIBILITY:
        return url_for("eligibility.one", case_id=case.id)
    if noun == "weapon":
        open_to = sight.anywhere("create", "weapons")
    else:
        compartment = CHILD if case.compartment == CHILD else entity.compartment
        open_to = sight.may("create", compartment, case.scope)
    return url_for("records.new", noun=noun, case_id=case.id) if open_to else ""
