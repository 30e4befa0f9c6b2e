"""The page of one person: what to do next, what is recorded, where it is, what happened."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext, lazy_gettext

from field_client.pages import passage
from field_client.pages.alike import briefs
from field_client.pages.desk import db
from field_client.pages.passage import Passage
from field_client.pages.spoken import in_words, labels_for
from field_client.pages.words import WORDS
from field_client.store import facts
from field_client.store.rows import Row
from field_client.store.states import Where
from schema.change import CREATE, SET, SETTLE
from schema.codes import GATE
from schema.detail import Detail, details
from schema.entities import BY_NOUN
from schema.said import Said

SHOWN = {
    "weapon": ("type", "serial", "condition", "handed_in_on"),
    "service": ("type", "provider_id", "start_date", "end_date", "result"),
    "follow_up": ("due_date", "done_date", "found", "mode"),
    "household_member": ("relation", "sex", "birth_date", "name"),
    "gate_event": ("gate", "date", "reason"),
}
ADD = {
    "weapon": lazy_gettext("Record a weapon"),
    "service": lazy_gettext("Record a service"),
    "follow_up": lazy_gettext("Plan or record a visit"),
    "household_member": lazy_gettext("Add somebody"),
    "gate_event": lazy_gettext("Record a gate"),
}
NONE_YET = {
    "weapon": lazy_gettext("No weapon is recorded on this laptop."),
    "service": lazy_gettext("No service is recorded yet."),
    "follow_up": lazy_gettext("No visit is planned or recorded yet."),
    "household_member": lazy_gettext("Nobody is recorded as depending on them."),
    "gate_event": lazy_gettext("No gate is recorded yet."),
}
MOST_ACTS = 50
_STAMPED = ("caseload_id", "person_id", "number")

bp = Blueprint("people", __name__, url_prefix="/people")


@dataclass(frozen=True)
class Section:
    """One kind of record that hangs on the case. add_href: empty where there is no right or case."""

    noun: str
    title: Said
    columns: list[dict[str, str]]
    rows: list[dict[str, Any]]
    none_yet: str
    add: str
    add_href: str


@bp.get("/<person_id>")
def show(person_id: str) -> str:
    """One person."""
    known = passage.of(db(), person_id)
    gate = known.case["gate"] if known.case else None
    return render_template(
        "person.html",
        person=briefs([known.person])[0],
        states=_states(known),
        next_step=_next_step(known),
        about=_about("person", known.person),
        person_href=_edit("person", known.person),
        case=_about("case", known.case) if known.case else [],
        case_href=_edit("case", known.case) if known.case else "",
        gate=Said(GATE.label(gate)) if gate else None,
        closed=len(known.closed),
        sections=[_section(known, noun) for noun in SHOWN],
        others_unseen=known.others_unseen,
        flags=[(rule, _edit_id(noun, rid)) for rule, noun, rid in passage.flagged(db(), known)],
        days=_days(known),
    )


def _states(known: Passage) -> list[Where]:
    """Each place where something of this person is, told once, the oldest first."""
    found: dict[str, Where] = {}
    for where in sorted(known.where.values(), key=lambda where: where.when):
        found.setdefault(where.state, where)
    if len(found) > 1:
        found.pop("registry", None)
    return list(found.values())


def _next_step(known: Passage) -> tuple[str, str]:
    """(sentence, address) of what is to be done next."""
    disputes = passage.disputed(db(), known)
    if disputes:
        href = url_for("disputes.show", dispute_id=disputes[0]["id"])
        return gettext("Two values differ. Someone must choose."), href
    if known.case is None:
        return "", ""
    due = [visit for visit in known.under["follow_up"] if not visit["done_date"]]
    if due:
        said = gettext("A visit is due on %(day)s.", day=WORDS.day(due[0]["due_date"]))
        return said, _edit("follow_up", due[0])
    add = url_for("records.add", case_id=known.case["id"], noun="follow_up")
    return gettext("No visit is planned."), add


def _about(noun: str, row: Row) -> list[Detail]:
    entity = BY_NOUN[noun]
    labels = labels_for(db(), entity, [row])
    asked = [name for name, field in entity.describe().items() if field.about.on_form]
    only = [name for name in asked if name not in _STAMPED]
    return [line for line in details(entity, row, labels, only=only) if line.text is not None]


def _section(known: Passage, noun: str) -> Section:
    entity, found = BY_NOUN[noun], known.under[noun]
    labels, fields = labels_for(db(), entity, found), entity.describe()
    heads = [{"key": name, "label": gettext(fields[name].about.label)} for name in SHOWN[noun]]
    lines = [_line(known, noun, row, labels) for row in found]
    case = known.case
    href = url_for("records.add", case_id=case["id"], noun=noun) if case and _may_add(noun) else ""
    heads.append({"key": "state", "label": gettext("Where it is")})
    title = Said(entity.plural)
    return Section(noun, title, heads, lines, str(NONE_YET[noun]), str(ADD[noun]), href)


def _line(known: Passage, noun: str, row: Row, labels: dict[str, str]) -> dict[str, Any]:
    told = {line.name: line for line in details(BY_NOUN[noun], row, labels, only=SHOWN[noun])}
    return {**told, "state": known.where[row["id"]].state, "href": _edit(noun, row)}


def _may_add(noun: str) -> bool:
    return bool(facts.Rights(db()).scopes("create", BY_NOUN[noun].compartment))


def _edit(noun: str, row: Row) -> str:
    return _edit_id(noun, row["id"])


def _edit_id(noun: str, record_id: str) -> str:
    return url_for("records.edit", noun=noun, record_id=record_id)


def _days(known: Passage) -> list[tuple[str, list[dict[str, Any]]]]:
    acts = [_event(act) for act in passage.past(db(), known)[:MOST_ACTS]]
    return [(day, list(events)) for day, events in groupby(acts, key=lambda one: one["day"])]


def _event(act: dict[str, Any]) -> dict[str, Any]:
    at, entity = datetime.fromisoformat(act["at"]), act["entity"]
    verbs = {CREATE: gettext("%(noun)s recorded"), SETTLE: gettext("%(noun)s settled")}
    what = verbs.get(act["verb"], gettext("%(noun)s changed"))
    changes = _changes(entity, act) if act["verb"] == SET else []
    return {
        "day": at.date().isoformat(),
        "time": f"{at:%H:%M}",
        "kind": "draft" if act["verb"] == SET else "done",
        "what": what % {"noun": gettext(entity.label)},
        "who": gettext("You, this laptop"),
        "changes": changes,
        "origin": gettext("by this laptop's clock"),
    }


def _changes(entity: Any, act: dict[str, Any]) -> list[tuple[Said, str, str]]:
    old, new = act["old"], act["values"]
    labels = labels_for(db(), entity, [old, new])
    fields = entity.describe()
    asked = [name for name in new if name in fields and not name.endswith("_precision")]
    return [
        (
            Said(fields[name].about.label),
            in_words(entity, name, old, labels),
            in_words(entity, name, {**old, **new}, labels),
        )
        for name in asked
    ]
