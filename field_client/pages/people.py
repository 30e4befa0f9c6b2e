"""The page of one person: what to do next, what is recorded, where it is, what happened."""

from flask import Blueprint, render_template, url_for
from flask_babel import gettext

from field_client.pages import passage, photos
from field_client.pages.alike import briefs
from field_client.pages.deployed import noun_of
from field_client.pages.desk import db
from field_client.pages.passage import Passage
from field_client.pages.past import days
from field_client.pages.sections import Section, page_of, section, shows
from field_client.pages.spoken import labels_for
from field_client.pages.words import WORDS
from field_client.store import facts
from field_client.store.rows import Row
from field_client.store.states import Where
from schema.codes import GATE
from schema.detail import Detail, details
from schema.entities import BY_NOUN, under
from schema.entity import Entity
from schema.said import Said

# An act of these is one of an order: it is done on the page of the screening, which says what is open.
SCREENED = ("eligibility_event", "criterion_check", "appeal", "appeal_event")
_STAMPED = ("caseload_id", "person_id", "number")

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.get("/<person_id>")
def show(person_id: str) -> str:
    """One person."""
    known = passage.of(db(), person_id)
    gate = known.case["gate"] if known.case else None
    pictures = known.under[photos.NOUN]
    return render_template(
        "person.html",
        person=briefs([known.person])[0],
        photo_href=photos.header_href(pictures),
        pictures=photos.drawn(pictures),
        add_photo_href=_add_photo(known),
        states=_states(known),
        next_step=_next_step(known),
        about=_about("person", known.person),
        person_href=_edit("person", known.person),
        case=_about("case", known.case) if known.case else [],
        case_href=_edit("case", known.case) if known.case else "",
        gate=Said(GATE.label(gate)) if gate else None,
        closed=len(known.closed),
        sections=_sections(known),
        others_unseen=known.others_unseen,
        flags=[(rule, page_of(noun, rid)) for rule, noun, rid in passage.flagged(db(), known)],
        days=days(passage.past(db(), known)),
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
    add = url_for("records.add", beside="case", beside_id=known.case["id"], noun="follow_up")
    return gettext("No visit is planned."), add


def _about(noun: str, row: Row) -> list[Detail]:
    entity = noun_of(noun)
    lines = details(entity, row, labels_for(db(), entity, [row]))
    return [line for line in lines if line.text is not None and line.name not in _STAMPED]


def _sections(known: Passage) -> list[Section]:
    """What hangs on the case, as far as it is for this officer; weapons always, to say who sees them."""
    rights = facts.Rights(db())
    shown = [
        entity
        for entity, _ in under("case")
        if known.under[entity.noun]
        or (_fits(known, entity) and (entity.noun == "weapon" or shows(rights, entity)))
        if entity.noun != photos.NOUN
    ]
    return [
        section(entity, known.under[entity.noun], known.where, _add(rights, known, entity))
        for entity in shown
    ]


def _fits(known: Passage, entity: type[Entity]) -> bool:
    return known.case is None or entity.fits(known.case["compartment"])


def _add(rights: facts.Rights, known: Passage, entity: type[Entity]) -> str:
    if known.case is None or not _fits(known, entity):
        return ""
    if not rights.scopes("create", entity.compartment):
        return ""
    if entity.noun in SCREENED:
        return url_for("screening.show", case_id=known.case["id"])
    return url_for("records.add", beside="case", beside_id=known.case["id"], noun=entity.noun)


def _add_photo(known: Passage) -> str:
    rights, entity = facts.Rights(db()), BY_NOUN[photos.NOUN]
    if known.case is None or not rights.scopes("create", entity.compartment):
        return ""
    return url_for("photos.ask", case_id=known.case["id"])


def _edit(noun: str, row: Row) -> str:
    return url_for("records.edit", noun=noun, record_id=row["id"])
