"""Recording at a weapons table or in a store: hand-ins, what is added to them, custody events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages.desk import db, desk
from field_client.pages.record_form import Answered, answered, asked, questions
from field_client.pages.register.draft import stores
from field_client.store import acts, facts, reading, rows, saving
from field_client.store.rows import Row
from schema import custody_forms, handing_in
from schema.change import Change
from schema.codes_weapons import CUSTODY, LOT_CUSTODY
from schema.custody_forms import fitting
from schema.entities import BY_NOUN
from schema.form import Input, prefixed, unprefixed
from schema.ids import is_id
from schema.inventory import EVENTS
from schema.posted import unfilled
from schema.problems import FormExpired, Invalid, NotFound, Refused, UnknownReference
from schema.said import Said

Answer = Response | str | tuple[str, int]
REFUSALS = (Invalid, Refused, UnknownReference)
_CODES = {"custody_event": CUSTODY, "lot_event": LOT_CUSTODY}
_LINES = {"weapon": handing_in.LINE_ASKED, "lot": handing_in.LOT_LINE_ASKED}
_THINGS = (("weapon", Said("A weapon")), ("lot", Said("Ammunition or explosives")))
THING, LINE = "thing.", "line."
_MADE = 3

bp = Blueprint("handing", __name__)


@dataclass
class Sheet:
    """One form: what it is called, where it leads back to, and its questions, by the prefix of their names.

    asked: prefix -> (noun, fields). said: prefix -> what was answered. ids: of what it will make.
    """

    title: Said
    back: str
    asked: Mapping[str, tuple[str, tuple[str, ...]]]
    said: dict[str, Answered] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def read(self) -> "Sheet":
        """The form as it was sent. Raises FormExpired."""
        self.ids = tuple(request.form.get("_ids", "").split())
        if len(self.ids) != _MADE or not all(map(is_id, self.ids)):
            raise FormExpired
        for prefix, (noun, only) in self.asked.items():
            self.said[prefix] = answered(
                noun, unprefixed(request.form, prefix) if prefix else request.form, only
            )
        return self

    @property
    def wrong(self) -> bool:
        """Whether anything cannot be saved as it was typed."""
        return any(said.errors for said in self.said.values())

    def drawn(self) -> list[list[Input]]:
        """Its questions, part by part."""
        parts = []
        for prefix, (noun, only) in self.asked.items():
            said = self.said.get(prefix, Answered())
            drawn = questions(noun, {**said.values, **said.typed}, said.errors, only)
            parts.append(prefixed(drawn, prefix) if prefix else drawn)
        return parts


def ways(noun: str, row: Row, *, first: bool) -> list[tuple[str, Said]]:
    """What may be recorded of a weapon, a lot or a hand-in in a form of its own: (address, words)."""
    if row["withdrawn_at"] or not facts.Rights(db()).may(
        "create", row["compartment"], row["scope"]
    ):
        return []
    if noun == "hand_in":
        return [(url_for("handing.add", hand_in_id=row["id"], what=w), said) for w, said in _THINGS]
    kind = EVENTS.get(noun, "")
    return [
        (
            url_for("handing.ask", noun=noun, record_id=row["id"], event=event),
            Said(_CODES[kind].label(event)),
        )
        for event in (fitting(kind, row["state"], first=first) if kind else ())
    ]


@bp.get("/stores/<store_id>/hand-in")
def hand_in(store_id: str) -> str:
    """An empty hand-in at this store, of today."""
    sheet = _hand_in_sheet(store_id)
    sheet.said[""] = Answered({"date": moments.today().isoformat()})
    return _page(sheet)


@bp.post("/stores/<store_id>/hand-in")
def make_hand_in(store_id: str) -> Answer:
    """Save it, and go on to what was given."""
    sheet = _hand_in_sheet(store_id).read()
    values = {**sheet.said[""].values, "store_id": store_id}
    after = url_for("files.show", noun="hand_in", record_id=sheet.ids[0])
    return _save(sheet, lambda: [acts.create("hand_in", values, sheet.ids[0])], after)


@bp.get("/hand-ins/<hand_in_id>/<what>")
def add(hand_in_id: str, what: str) -> str:
    """Ask for a weapon, or so much ammunition, and its line on the receipt."""
    row = reading.get(db(), "hand_in", hand_in_id)
    sheet = _thing_sheet(row, what)
    likely = "weapon" if what == "weapon" else None
    criterion = likely if row["giver"] == "participant" else "none"
    sheet.said[LINE] = Answered({"criterion": criterion})
    return _page(sheet)


@bp.post("/hand-ins/<hand_in_id>/<what>")
def add_it(hand_in_id: str, what: str) -> Answer:
    """Save it all, or nothing."""
    row = reading.get(db(), "hand_in", hand_in_id)
    sheet = _thing_sheet(row, what).read()
    line = sheet.said[LINE]
    if what == "lot" and line.values.get("quantity") is None and "quantity" not in line.errors:
        line.errors["quantity"] = (unfilled(BY_NOUN["hand_in_line"].describe()["quantity"]),)
    given = handing_in.weapon_given if what == "weapon" else handing_in.lot_given
    thing = sheet.said[THING].values
    return _save(
        sheet, lambda: list(given(hand_in_id, row, thing, line.values, sheet.ids)), sheet.back
    )


@bp.get("/custody/<noun>/<record_id>/<event>")
def ask(noun: str, record_id: str, event: str) -> str:
    """Ask what belongs to this event, today."""
    sheet = _event_sheet(noun, record_id, event)
    sheet.said[""] = Answered({"date": moments.today().isoformat()})
    return _page(sheet)


@bp.post("/custody/<noun>/<record_id>/<event>")
def record(noun: str, record_id: str, event: str) -> Answer:
    """Save the event, on the account of the store that holds it."""
    sheet = _event_sheet(noun, record_id, event).read()
    item = reading.get(db(), noun, record_id)
    values = sheet.said[""].values
    changes = custody_forms.recorded(noun, item, event, values, sheet.ids)
    sent = event == "moved-out" and values.get("to_store_id") not in dict(stores())
    after = url_for("stores.show", store_id=item["store_id"]) if sent else sheet.back
    return _save(sheet, lambda: list(changes), after)


def _hand_in_sheet(store_id: str) -> Sheet:
    if store_id not in dict(stores()):
        raise NotFound
    only = tuple(name for name in asked("hand_in") if name != "store_id")
    back = url_for("stores.show", store_id=store_id)
    return Sheet(Said("Record a hand-in"), back, {"": ("hand_in", only)})


def _thing_sheet(row: Row, what: str) -> Sheet:
    if what not in _LINES or not facts.Rights(db()).may("create", "weapons", row["scope"]):
        raise NotFound
    left = handing_in.FROM_HAND_IN[what]
    only = tuple(name for name in asked(what) if name not in left)
    parts = {THING: (what, only), LINE: ("hand_in_line", _LINES[what])}
    back = url_for("files.show", noun="hand_in", record_id=row["id"])
    return Sheet(Said(BY_NOUN[what].label), back, parts)


def _event_sheet(noun: str, record_id: str, event: str) -> Sheet:
    kind = EVENTS.get(noun, "")
    only = custody_forms.asked(kind, event) if kind else ()
    row = reading.get(db(), noun, record_id) if only else None
    if row is None or not facts.Rights(db()).may("create", "weapons", row["scope"]):
        raise NotFound
    back = url_for("files.show", noun=noun, record_id=record_id)
    return Sheet(Said(_CODES[kind].label(event)), back, {"": (kind, only)})


def _save(sheet: Sheet, made: Any, after: str) -> Answer:
    """Save what the form makes; a form that is sent twice makes it once."""
    if sheet.wrong:
        return _page(sheet), HTTPStatus.UNPROCESSABLE_ENTITY
    changes: list[Change] = made()
    if rows.fetch(db(), changes[0].entity, changes[0].record):
        return redirect(after, HTTPStatus.SEE_OTHER)
    try:
        saved = saving.save(db(), changes)
    except REFUSALS as problem:
        others = [
            Said(text) for found in (problem.details.get("fields") or {}).values() for text in found
        ]
        return _page(sheet, others or [Said(problem.said)]), HTTPStatus.UNPROCESSABLE_ENTITY
    if saved.sealed:
        words = gettext(
            "Saved and handed over. It is with the receiving store when it has arrived."
        )
    else:
        words = gettext("Saved on this laptop. It is only here until you sync.")
    desk().say("done", words)
    for found in saved.notes:
        said = gettext("Saved all the same, and marked to be looked at: %(rule)s")
        desk().say("warning", said % {"rule": gettext(found.rule.sentence)})
    return redirect(after, HTTPStatus.SEE_OTHER)


def _page(sheet: Sheet, others: Sequence[Said] = ()) -> str:
    ids = sheet.ids or tuple(moments.new_id() for _ in range(_MADE))
    parts = sheet.drawn()
    return render_template(
        "sheet.html",
        title=sheet.title,
        back_href=sheet.back,
        parts=parts,
        every=[one for part in parts for one in part],
        others=others,
        failed=sheet.wrong or bool(others),
        hidden_values={"_ids": " ".join(ids)},
    )
