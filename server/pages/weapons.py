"""Weapons: the list of what the stores hold, and one with its custody."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for

from schema import codes
from schema.codes_weapons import CUSTODY_STATE
from schema.detail import details
from schema.entities import BY_NOUN
from schema.entity import Entity
from schema.fields import Choice, Ref, Text
from schema.form import Input
from schema.problems import Invalid
from schema.rules.asked import BY_NAME
from server import access, answers
from server.db import reading
from server.pages import custody
from server.pages.deployed import noun_of
from server.pages.reads import noted
from server.pages.record_questions import Questions, as_filter
from server.pages.told import disputed_field, told, word
from server.pages.turning import pager, turn
from server.registry import references
from server.registry.lanes import lanes, may
from server.registry.weapons import WeaponFilter, WeaponList, weapon_file, weapons

pages = Blueprint("weapons", __name__)


class WeaponFilterForm(Entity):
    """Questions to narrow the list by."""

    noun = "weapon"

    store = Ref("Store", "store")
    type = Choice("Type", codes.WEAPON_TYPE)
    condition = Choice("Condition", codes.CONDITION)
    mark = Text("Tag or serial number", longest=80)


FIELDS = ("mark", "store", "type", "condition")
QUESTIONS = Questions(WeaponFilterForm, FIELDS)
CUSTODY = ("date", "event", "store_id", "to_store_id", "received_by", "witness", "recorded_by")


@pages.get("/weapons")
@access.rule("weapons", "read")
def index() -> str:
    """The weapons this reader may see, narrowed."""
    answers.form_again(lambda errors: _list(dict(request.args), errors=errors))
    sight, parsed = access.actor().sight, QUESTIONS.read(request.args)
    if parsed.errors:
        raise Invalid(fields=parsed.errors)
    with reading() as conn:
        values = references.resolved(conn, sight, WeaponFilterForm, parsed.values)
        chosen = {name: value for name, value in values.items() if value}
        found = weapons(conn, sight, WeaponFilter(**chosen), turn())
    return _list(chosen, found)


@pages.get("/weapons/<uuid:weapon_id>")
@access.rule("weapons", "read")
def one(weapon_id: Any) -> str:
    """The file of a weapon."""
    sight = access.actor().sight
    with reading() as conn:
        found = weapon_file(conn, sight, str(weapon_id))
    noted("weapon", str(weapon_id))
    weapon = found.weapon
    return render_template(
        "weapons/one.html",
        found=found,
        weapon=weapon,
        lines=details(noun_of("weapon"), weapon.values, found.labels),
        heads=_heads(),
        custody=[
            (event, details(BY_NOUN["custody_event"], event.values, found.labels, CUSTODY))
            for event in reversed(found.custody)
        ],
        disputed=[(dispute, disputed_field(dispute)) for dispute in found.disputes],
        flagged=[(flag, BY_NAME[str(flag.get("rule"))].sentence) for flag in found.flags],
        days=told(found.past, found.labels),
        may_change=may(sight, "change", weapon),
        may_add=may(sight, "create", weapon),
        ways=custody.ways(sight, weapon, first=not found.custody),
        state=CUSTODY_STATE.label(weapon.get("state") or ""),
        case_href=_case(weapon.get("case_id"), found.labels),
    )


def _heads() -> list[dict[str, Any]]:
    """The columns of the custody table."""
    lines = details(BY_NOUN["custody_event"], {}, {}, CUSTODY)
    return [{"key": place, "label": word(line.label)} for place, line in enumerate(lines)]


def _case(case_id: str | None, labels: Mapping[str, str]) -> str:
    """Where the person's case is, if this reader may see it."""
    return url_for("cases.one", case_id=case_id) if case_id and case_id in labels else ""


def _list(
    values: Mapping[str, Any],
    found: WeaponList | None = None,
    errors: Mapping[str, Sequence[Any]] | None = None,
) -> str:
    sight = access.actor().sight
    with reading() as conn:
        asked: list[Input] = as_filter(QUESTIONS.drawn(conn, sight, values, errors))
    return render_template(
        "weapons/index.html",
        found=found,
        asked=asked,
        chosen=values,
        codes=codes,
        pager=pager(found.page) if found else None,
        may_add=bool(lanes(sight, "weapon", "create")),
        failed=bool(errors),
    )
