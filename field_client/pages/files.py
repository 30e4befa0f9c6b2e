"""The page of one record on this laptop: what it says, where it is, what hangs on it; and lists of them."""

from typing import Any

from flask import Blueprint, render_template, url_for

from field_client.pages import handing, papers, passage, past
from field_client.pages.deployed import noun_of
from field_client.pages.desk import db
from field_client.pages.record_place import FORMS, TITLES
from field_client.pages.sections import Section, page_of, section, shows
from field_client.pages.spoken import labels_for
from field_client.store import facts, history, overlay, reading, rows, states
from field_client.store.rows import Row
from schema.come_to import lines_of
from schema.detail import Detail, details
from schema.entities import BY_NOUN, SCOPES, under
from schema.entity import Entity
from schema.problems import NotFound
from schema.said import Said

MOST = 200
LISTED = [noun for noun in FORMS if noun not in TITLES]

bp = Blueprint("files", __name__)


@bp.get("/files/<noun>/<record_id>")
def show(noun: str, record_id: str) -> str:
    """One record with what hangs on it."""
    entity = _listed(noun)
    row = reading.get(db(), noun, record_id)
    below = {one: _below(one, name, record_id) for one, name in under(noun)}
    ids = [record_id, *(found["id"] for part in below.values() for found in part)]
    where = states.states_of(db(), ids)
    acts = [{**act, "entity": entity} for act in history.of(db(), noun, record_id)]
    href, words = _back(entity, row)
    return render_template(
        "file.html",
        entity=entity,
        about=[*_come_to(noun, row), *details(noun_of(noun), row, labels_for(db(), entity, [row]))],
        where=where.get(record_id),
        edit_href="" if entity.appended else _edit(noun, record_id),
        sections=[_section(one, noun, row, found, where) for one, found in below.items()],
        days=past.days(acts[::-1]),
        back_href=href,
        back_words=words,
        ways=handing.ways(noun, row, first=not any(below.values())),
        print_href=papers.href(noun, row),
    )


@bp.get("/lists")
def lists() -> str:
    """The lists of this laptop."""
    found = [BY_NOUN[noun] for noun in LISTED if shows(facts.Rights(db()), BY_NOUN[noun])]
    return render_template("lists.html", nouns=found)


@bp.get("/lists/<noun>")
def listed(noun: str) -> str:
    """The newest records of a noun on this laptop."""
    entity = _listed(noun)
    order = f'"{entity.sorted_by or "id"}" DESC, id DESC'
    found = rows.fetch_where(db(), noun, f"1 ORDER BY {order} LIMIT {MOST}")
    where = states.states_of(db(), [row["id"] for row in found])
    ref = entity.refs()[entity.hangs_on]
    may_add = ref.to in SCOPES and facts.Rights(db()).scopes("create", entity.compartment)
    href = url_for("records.add_alone", noun=noun) if may_add else ""
    return render_template("listed.html", section=section(entity, found, where, href), most=MOST)


def _listed(noun: str) -> type[Entity]:
    if noun not in LISTED:
        raise NotFound
    return BY_NOUN[noun]


def _come_to(noun: str, row: Row) -> list[Detail]:
    """What its acts have come to, as far as they are here."""
    work = overlay.working(db(), facts.device(db()), facts.Rights(db()))
    return lines_of(rows.as_record(noun, row), work)


def _edit(noun: str, record_id: str) -> str:
    return url_for("records.edit", noun=noun, record_id=record_id)


def _below(entity: type[Entity], name: str, record_id: str) -> list[Row]:
    where = f'"{name}" = ? ORDER BY "{entity.sorted_by or "id"}", id'
    return rows.fetch_where(db(), entity.noun, where, (record_id,))


def _section(entity: type[Entity], beside: str, row: Row, found: list[Row], where: Any) -> Section:
    may_add = facts.Rights(db()).scopes("create", entity.compartment)
    address = {"beside": beside, "beside_id": row["id"], "noun": entity.noun}
    return section(entity, found, where, url_for("records.add", **address) if may_add else "")


def _back(entity: type[Entity], row: Row) -> tuple[str, Said]:
    """The person's page, the page of what it hangs on, or its list."""
    person = passage.person_of(db(), entity.noun, row)
    if person:
        return url_for("people.show", person_id=person, _anchor=entity.noun), Said("The person")
    ref = entity.refs()[entity.hangs_on]
    if ref.to not in SCOPES and rows.fetch(db(), ref.to, row[entity.hangs_on] or ""):
        return page_of(ref.to, row[entity.hangs_on]), Said(BY_NOUN[ref.to].label)
    return url_for("files.listed", noun=entity.noun), Said(entity.plural)
