"""Two values for one field: shown side by side, settled with a reason, sent like any other change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client.pages import passage
from field_client.pages.deployed import noun_of
from field_client.pages.desk import db, desk
from field_client.pages.record_form import answered
from field_client.pages.spoken import in_words, labels_for
from field_client.store import acts, facts, reading, rows, saving, states
from field_client.store.rows import Row
from schema.chains import owner_of
from schema.deployment import CUSTOM, Noun, gathered, spread
from schema.difference import pieces
from schema.form import Input, inputs, prefixed, unprefixed
from schema.parts import part_of
from schema.problems import AlreadySettled
from schema.said import Said

Answer = Response | str | tuple[str, int]
NEITHER, PREFIX = "neither", "neither-"
CHOOSE, WHY = Said("Choose one of the values"), Said("Say why, in a few words")
THIRD = Said("Enter the value that is right")
OTHER_VALUE = Said("The right value")
ANCHORS = {"choice": "f-choice-keep", "third": "f-neither", "reason": "f-reason"}

bp = Blueprint("disputes", __name__, url_prefix="/disputes")


@dataclass(frozen=True)
class Open:
    """An open dispute with the record it is about. names: of the fields that settle as one."""

    row: Row
    entity: Noun
    record: Row
    names: tuple[str, ...]

    @property
    def label(self) -> Said:
        """What the field is called."""
        return Said(self.entity.describe()[self.names[0]].about.label)

    @property
    def inforce(self) -> dict[str, Any]:
        """The values in force now."""
        return part_of(self.record, self.row["side"])

    @property
    def seen(self) -> str:
        """Both values, as the form carries them: what is settled is what was looked at."""
        return json.dumps([self.inforce, self.row["side"]], sort_keys=True)

    def words(self, values: Mapping[str, Any] | None) -> str:
        """Values of this field, or of those that settle as one, as people read them."""
        if not values:
            return ""
        labels = labels_for(db(), self.entity, [dict(values)])
        joined = [n for n in self.names if not n.endswith(("_precision", "_told"))]
        told = [in_words(self.entity, name, values, labels) for name in joined]
        return " · ".join(told)


@bp.get("")
def all_open() -> str:
    """Every open dispute on this laptop."""
    return render_template("disputes.html", lines=[_line(row) for row in _rows()])


@bp.get("/<dispute_id>")
def show(dispute_id: str) -> str:
    """One dispute: both values whole, the difference underlined, nothing chosen beforehand."""
    one = _open(dispute_id)
    if one.row["state"] != "open":
        return _settled(one)
    return _page(one, {})


@bp.post("/<dispute_id>")
def settle(dispute_id: str) -> Answer:
    """Settle with a reason; it waits here until it is sent."""
    one = _open(dispute_id)
    if one.row["state"] != "open":
        raise AlreadySettled
    choice, reason = request.form.get("choice", ""), request.form.get("reason", "").strip()
    if request.form.get("_seen") != one.seen:
        desk().say("warning", gettext("The values have changed since you looked. Look again."))
        return _page(one, request.form), HTTPStatus.CONFLICT
    third = _third(one) if choice == NEITHER else {}
    wrong = _wrong(choice, reason, third)
    if wrong:
        return _page(one, request.form, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    following = _next(dispute_id)
    said = third if choice == NEITHER else choice
    saving.save(db(), [acts.settle(db(), dispute_id, said or choice, reason)])
    desk().say("done", gettext("Settled here, will be sent."))
    return redirect(following, HTTPStatus.SEE_OTHER)


def _page(one: Open, typed: Mapping[str, str], wrong: Mapping[str, Said] | None = None) -> str:
    errors, every = wrong or {}, [row["id"] for row in _rows()]
    record = one.record
    person = passage.person_of(db(), one.row["entity"], record)
    return render_template(
        "dispute.html",
        question=_question(one, typed, errors),
        further=_asked(one, typed)[1:],
        problems=[(errors[name], anchor) for name, anchor in ANCHORS.items() if name in errors],
        failed=bool(errors),
        seen=one.seen,
        may_settle=facts.Rights(db()).may("change", record["compartment"], record["scope"]),
        name=reading.titles(db(), "person", [person]).get(person, "") if person else "",
        person_href=url_for("people.show", person_id=person) if person else "",
        noun=Said(one.entity.label),
        place=every.index(one.row["id"]) + 1 if one.row["id"] in every else 1,
        all=len(every),
        skip=_next(one.row["id"]),
    )


def _question(one: Open, typed: Mapping[str, str], errors: Mapping[str, Said]) -> dict[str, Any]:
    inforce, side = one.words(one.inforce), one.words(one.row["side"])
    return {
        "label": one.label,
        "before": one.words(one.row["before"]),
        "chosen": typed.get("choice", ""),
        "sides": [
            _side(one, "inforce", acts.KEEP, pieces(inforce, side)),
            _side(one, "side", acts.TAKE, pieces(side, inforce)),
        ],
        "neither": _asked(one, typed)[0],
        "reason": typed.get("reason", ""),
        "reason_errors": [errors["reason"]] if "reason" in errors else [],
    }


def _side(one: Open, which: str, value: str, shown: list[tuple[str, bool]]) -> dict[str, Any]:
    device = facts.device(db())
    mine = which == "side" and owner_of(str(one.row["source"])) == device.id
    kept = gettext("Yours, kept") if mine else gettext("The other value, kept")
    who = gettext("You, this laptop") if mine else one.row[f"{which}_by"]
    return {
        "state": "here" if which == "side" else "registry",
        "tag": kept if which == "side" else gettext("In force at the registry"),
        "pieces": shown,
        "who": who or gettext("The registry"),
        "said_at": one.row[f"{which}_at"],
        "arrived_at": None,
        "choice": gettext("Use this value") if which == "side" else gettext("Keep this value"),
        "value": value,
    }


def _asked(one: Open, typed: Mapping[str, str]) -> list[Input]:
    values = unprefixed(typed, PREFIX) if typed else {}
    drawn = inputs(one.entity, values, only=_askable(one))
    first = replace(drawn[0], label=OTHER_VALUE, required=True)
    return prefixed([first, *drawn[1:]], PREFIX)


def _third(one: Open) -> dict[str, Any]:
    """What was typed as a third value; empty where it was not understood."""
    said = answered(one.entity.noun, unprefixed(request.form, PREFIX), _askable(one))
    if said.errors or all(value is None for value in said.values.values()):
        return {}
    return part_of(gathered({n: said.values.get(n) for n in one.names}, {}), one.row["side"])


def _askable(one: Open) -> list[str]:
    return [name for name in one.names if not name.endswith(("_precision", "_told"))]


def _wrong(choice: str, reason: str, third: Mapping[str, Any]) -> dict[str, Said]:
    wrong = {}
    if choice not in (acts.KEEP, acts.TAKE, NEITHER):
        wrong["choice"] = CHOOSE
    if choice == NEITHER and not third:
        wrong["third"] = THIRD
    if not reason:
        wrong["reason"] = WHY
    return wrong


def _open(dispute_id: str) -> Open:
    row = reading.get(db(), "dispute", dispute_id)
    record = reading.get(db(), row["entity"], row["record_id"])
    return Open(row, noun_of(row["entity"]), record, _names(row["side"]))


def _names(side: Mapping[str, Any]) -> tuple[str, ...]:
    """The disputed fields; of the deployment's map, those of its fields that are."""
    return tuple(name for name in spread(side) if name != CUSTOM) or tuple(side)


def _rows() -> list[Row]:
    return rows.fetch_where(db(), "dispute", "state = 'open' ORDER BY side_at, id")


def _next(dispute_id: str) -> str:
    """The dispute after this one, or the list when it was the last."""
    ids = [row["id"] for row in _rows()]
    later = ids[ids.index(dispute_id) + 1 :] if dispute_id in ids else ids
    if not later:
        return url_for("disputes.all_open")
    return url_for("disputes.show", dispute_id=later[0])


def _line(row: Row) -> dict[str, Any]:
    entity = noun_of(row["entity"])
    field = entity.describe().get(_names(row["side"])[0])
    record = rows.fetch(db(), row["entity"], row["record_id"])
    person = passage.person_of(db(), row["entity"], record) if record else ""
    return {
        "href": url_for("disputes.show", dispute_id=row["id"]),
        "field": Said(field.about.label if field else _names(row["side"])[0]),
        "noun": Said(entity.label),
        "name": reading.titles(db(), "person", [person]).get(person, "") if person else "",
        "since": row["side_at"],
    }


def _settled(one: Open) -> str:
    """What was chosen, by whom, and whether it is sent."""
    mine = (one.row["side"] or {}) == (one.row["value"] or {})
    where = states.state_of(db(), one.row["id"])
    return render_template(
        "settled.html",
        label=one.label,
        chosen=one.words(one.row["value"]),
        row=one.row,
        agrees=mine,
        unsent=where.state == "here",
        skip=_next(one.row["id"]),
    )
