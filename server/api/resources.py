"""The addresses of the API: a list and a record of each noun, filtered by the asker's sight."""

from collections.abc import Callable, Mapping
from typing import Any

import marshmallow as ma
from flask import Flask, Response
from flask_smorest import Api, Blueprint

from schema.entities import ENTITIES, entity_of
from schema.entity import Entity
from schema.record import Record
from server import access
from server.api import questions, shapes
from server.db import reading
from server.pages.reads import noted
from server.registry import records
from server.registry.lanes import compartments_of
from server.registry.paging import Page, Turn


class Resources(Blueprint):
    """Serves at once, and is described when somebody asks for it."""

    def register_views_in_doc(self, *_: Any, **_named: Any) -> None:
        """Not when an app is made: it is most of the work of that."""

    def describe(self, api: Api, app: Flask) -> None:
        """Put every address into the description that this app gives."""
        super().register_views_in_doc(api, app, api.spec, name=self.name, parameters=None)


resources = Resources("api", __name__, url_prefix="/api/v1")


# A flag is read on the record that it marks.
RESOURCES = tuple(entity for entity in ENTITIES if entity.noun != "flag")
Answer = dict[str, Any]


def _add(entity: type[Entity]) -> None:
    """Give a noun its two addresses."""
    label, noun, word = entity.plural.lower(), entity.noun, entity.in_addresses()
    allowed = access.rule(compartments_of(noun), "read")

    def many(asked: Mapping[str, Any]) -> Answer:
        with reading() as conn:
            turn = Turn(after=asked.get("after") or "")
            wanted = {name: value for name, value in asked.items() if name != "after"}
            return _page(records.listed(conn, access.actor().sight, noun, wanted, turn))

    def one(record_id: Any) -> Answer:
        with reading() as conn:
            found = records.get(conn, access.actor().sight, noun, str(record_id))
        noted(noun, found.id)
        return _said(found)

    many.__doc__, one.__doc__ = f"List {label}, newest first.", f"One of the {label}."
    named = noun.replace("_", "-")
    asking = resources.arguments(questions.about(entity), location="query", unknown=ma.RAISE)
    listed: Callable[..., Response] = resources.response(200, shapes.many(entity))(asking(many))
    resources.route(f"/{word}", endpoint=f"{named}-list", methods=["GET"])(allowed(listed))
    shown: Callable[..., Response] = resources.response(200, shapes.one(entity))(one)
    address = f"/{word}/<uuid:record_id>"
    resources.route(address, endpoint=named, methods=["GET"])(allowed(shown))


def _page(page: Page[Record]) -> Answer:
    return {
        "items": [_said(record) for record in page.rows],
        "next": page.after or None,
        "count": page.count,
        "more": page.more,
    }


def _said(record: Record) -> Answer:
    """A record flat: its stamps beside its fields."""
    gate = {"gate": record.gate} if record.entity == "case" else {}
    fields = dict.fromkeys(entity_of(record.entity).describe())
    return {**fields, **record.values, **gate, "id": record.id, "version": record.ver}


for resource in RESOURCES:
    _add(resource)
