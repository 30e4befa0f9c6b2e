"""The addresses of the API: a list and a record of each noun, filtered by the asker's sight."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma
from flask import Response
from flask_smorest import Blueprint

from schema.entities import entity_of
from schema.record import Record
from server import access
from server.api import questions, shapes
from server.db import reading
from server.pages.reads import noted
from server.registry import records
from server.registry.lanes import compartments_of
from server.registry.paging import Page, Turn

resources = Blueprint("api", __name__, url_prefix="/api/v1")


@dataclass(frozen=True)
class Resource:
    """One noun: its word in addresses, the shape of one and of many, and what many may be asked."""

    noun: str
    word: str
    one: type[ma.Schema]
    many: type[ma.Schema]
    asked: type[ma.Schema] = questions.After


RESOURCES = (
    Resource("person", "people", shapes.PersonShape, shapes.PersonList, questions.AboutPerson),
    Resource("case", "cases", shapes.CaseShape, shapes.CaseList, questions.AboutCase),
    Resource(
        "gate_event",
        "gate-events",
        shapes.GateEventShape,
        shapes.GateEventList,
        questions.AboutGateEvent,
    ),
    Resource(
        "household_member",
        "household-members",
        shapes.HouseholdMemberShape,
        shapes.HouseholdMemberList,
        questions.AboutHouseholdMember,
    ),
    Resource(
        "background",
        "backgrounds",
        shapes.BackgroundShape,
        shapes.BackgroundList,
        questions.AboutBackground,
    ),
    Resource(
        "service", "services", shapes.ServiceShape, shapes.ServiceList, questions.AboutService
    ),
    Resource(
        "follow_up", "visits", shapes.FollowUpShape, shapes.FollowUpList, questions.AboutFollowUp
    ),
    Resource("weapon", "weapons", shapes.WeaponShape, shapes.WeaponList, questions.AboutWeapon),
    Resource(
        "custody_event",
        "custody-events",
        shapes.CustodyEventShape,
        shapes.CustodyEventList,
        questions.AboutCustodyEvent,
    ),
    Resource(
        "dispute", "disputes", shapes.DisputeShape, shapes.DisputeList, questions.AboutDispute
    ),
    Resource("area", "areas", shapes.AreaShape, shapes.AreaList, questions.AboutArea),
    Resource("caseload", "caseloads", shapes.CaseloadShape, shapes.CaseloadList),
    Resource("store", "stores", shapes.StoreShape, shapes.StoreList),
    Resource("organisation", "organisations", shapes.OrganisationShape, shapes.OrganisationList),
    Resource("armed_group", "armed-groups", shapes.ArmedGroupShape, shapes.ArmedGroupList),
    Resource(
        "criteria_set",
        "criteria-sets",
        shapes.CriteriaSetShape,
        shapes.CriteriaSetList,
        questions.AboutCriteriaSet,
    ),
    Resource(
        "criterion",
        "criteria",
        shapes.CriterionShape,
        shapes.CriterionList,
        questions.AboutCriterion,
    ),
)
Answer = dict[str, Any]


def _add(resource: Resource) -> None:
    """Give a noun its two addresses."""
    label, noun = entity_of(resource.noun).plural.lower(), resource.noun
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
    asking = resources.arguments(resource.asked, location="query", unknown=ma.RAISE)
    listed: Callable[..., Response] = resources.response(200, resource.many)(asking(many))
    resources.route(f"/{resource.word}", endpoint=f"{named}-list", methods=["GET"])(allowed(listed))
    shown: Callable[..., Response] = resources.response(200, resource.one)(one)
    address = f"/{resource.word}/<uuid:record_id>"
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
