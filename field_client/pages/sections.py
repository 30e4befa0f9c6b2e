"""Records of one noun as a table: what they say, where they are, and the way to a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from field_client.pages.deployed import columns_of, noun_of
from field_client.pages.desk import db
from field_client.pages.spoken import labels_for
from field_client.store.facts import Rights
from field_client.store.rows import Row
from field_client.store.states import Where
from schema.detail import details
from schema.entities import BY_NOUN, under
from schema.entity import Entity
from schema.said import Said

# Their pages are their own.
OWN_PAGES = {"attachment": "photos.show"}


@dataclass(frozen=True)
class Section:
    """One noun. add_href: empty where there is no right to a new one, or nothing to hang it on."""

    noun: str
    title: Said
    columns: list[dict[str, str]]
    rows: list[dict[str, Any]]
    none_yet: str
    add: str
    add_href: str


def section(
    entity: type[Entity], found: list[Row], where: Mapping[str, Where], add_href: str
) -> Section:
    """The table of these records."""
    only, labels = columns_of(entity.noun), labels_for(db(), entity, found)
    fields = noun_of(entity.noun).describe()
    heads = [{"key": name, "label": gettext(fields[name].about.label)} for name in only]
    lines = [_line(entity, row, labels, where) for row in found]
    return Section(
        entity.noun,
        Said(entity.plural),
        [*heads, {"key": "state", "label": gettext("Where it is")}],
        lines,
        gettext(entity.none_yet) if entity.none_yet else gettext("None recorded."),
        gettext(entity.adding) if entity.adding else gettext("Add"),
        add_href,
    )


def page_of(noun: str, record_id: str) -> str:
    """Where a record is seen: in its form, or on its page where things hang on it or it is never rewritten."""
    if noun in OWN_PAGES:
        return url_for(OWN_PAGES[noun], record_id=record_id)
    entity = BY_NOUN[noun]
    read_only = entity.appended or (under(noun) and noun not in ("person", "case", "weapon"))
    return url_for("files.show" if read_only else "records.edit", noun=noun, record_id=record_id)


def shows(rights: Rights, entity: type[Entity]) -> bool:
    """Whether records of this noun are for this officer at all."""
    return any(rights.scopes(verb, entity.compartment) for verb in ("read", "create"))


def _line(
    entity: type[Entity], row: Row, labels: Mapping[str, str], where: Mapping[str, Where]
) -> dict[str, Any]:
    lines = details(noun_of(entity.noun), row, labels, only=columns_of(entity.noun))
    told = {line.name: line for line in lines}
    href = page_of(entity.noun, row["id"])
    return {**told, "state": where[row["id"]].state, "href": href}
