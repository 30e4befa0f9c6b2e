"""Lists of every noun that has no list of its own, and the list of these lists."""

from flask import Blueprint, render_template

from schema.detail import details
from schema.entities import BY_NOUN, ENTITIES
from schema.entity import Entity
from schema.policy import COMPARTMENTS, Sight
from schema.problems import NotFound
from server import access
from server.db import reading
from server.pages.deployed import columns_of, noun_of
from server.pages.sections import OWN_PAGES, page_of
from server.pages.told import word
from server.pages.turning import pager, turn
from server.registry import records
from server.registry.labels import labels
from server.registry.lanes import MARKED, lanes

pages = Blueprint("lists", __name__)

LISTED = [
    entity.noun
    for entity in ENTITIES
    if entity.written_by == "people" and entity.noun not in OWN_PAGES
]


@pages.get("/records")
@access.rule(MARKED, "read")
def index() -> str:
    """All lists that are for this reader, by what they are about."""
    sight = access.actor().sight
    found = {
        about: [one for one in of(sight) if one.compartment == compartment]
        for compartment, about in COMPARTMENTS.items()
    }
    return render_template(
        "lists/index.html", lists={about: some for about, some in found.items() if some}
    )


@pages.get(f"/records/<any({', '.join(LISTED)}):noun>")
@access.rule(MARKED, "read")
def one(noun: str) -> str:
    """The records of a noun, the newest first."""
    sight, entity = access.actor().sight, BY_NOUN[noun]
    if not lanes(sight, noun):
        raise NotFound
    with reading() as conn:
        known, only = noun_of(noun, conn), columns_of(noun)
        page = records.listed(conn, sight, noun, {}, turn())
        words = labels(conn, sight, page.rows)
    heads = [
        {"key": n, "label": word(d.label.text)} for n, d in enumerate(details(known, {}, {}, only))
    ]
    return render_template(
        "lists/one.html",
        entity=entity,
        columns=heads,
        lines=[
            (record, details(known, record.values, words, only), page_of(noun, record.id))
            for record in page.rows
        ],
        nouns=[other for other in of(sight) if other.compartment == entity.compartment],
        may_add=bool(lanes(sight, noun, "create")) and _stands_alone(entity),
        pager=pager(page),
    )


def of(sight: Sight) -> list[type[Entity]]:
    """The nouns whose lists are for this reader."""
    return [BY_NOUN[noun] for noun in LISTED if lanes(sight, noun)]


def _stands_alone(entity: type[Entity]) -> bool:
    """Whether a new one can be made without the page of something it hangs on."""
    ref = entity.refs().get(entity.hangs_on)
    return ref is None or ref.to in ("caseload", "store")
