"""A stock check on this laptop: how many of each type, and whether these weapons are there.

What is expected is not shown: who counts does not know what should come out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.pages.desk import db, desk
from field_client.pages.register.draft import stores
from field_client.store import facts, rows, saving, stock
from field_client.store.rows import Row
from schema.codes import WEAPON_TYPE
from schema.codes_weapons import COUNT_RESULT
from schema.custody import STORED
from schema.ids import is_id
from schema.ledger_words import kind_words
from schema.problems import FormExpired, Invalid, NotFound, Refused
from schema.said import Said
from schema.stock_checks import FULL, WEEKLY, due, sample, written
from schema.typed_dates import western

KINDS = (WEEKLY, FULL)
# A Unit carries at most 500 changes.
AT_ONCE = 400
NO_FIGURE = Said("This must be a whole number")
UNSEEN = Said("Say of each weapon whether it was found")

bp = Blueprint("checking", __name__, url_prefix="/stores/<store_id>/check/<any(weekly, full):kind>")


@dataclass
class Sheet:
    """What a check asks and what was answered. expected: by type; weapons: those to look for."""

    expected: dict[str, int]
    weapons: list[Row]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, Said] = field(default_factory=dict)

    def counts(self) -> list[dict[str, Any]]:
        """The lines of the check; what cannot be understood is in ``errors``."""
        return [*self._by_type(), *self._by_serial()]

    def _by_type(self) -> list[dict[str, Any]]:
        made = []
        for place, (kind, expected) in enumerate(self.expected.items()):
            text = western(self.typed.get(f"n-{place}", "")).strip()
            if not text.isdecimal() or len(text) > 9:
                self.errors[f"n-{place}"] = NO_FIGURE
                continue
            made.append({"counted_type": kind, "expected": expected, "found": int(text)})
        return made

    def _by_serial(self) -> list[dict[str, Any]]:
        made = []
        for weapon in self.weapons:
            result = self.typed.get(f"w-{weapon['id']}", "")
            if result not in COUNT_RESULT:
                self.errors["weapons"] = UNSEEN
                continue
            seen = self.typed.get(f"s-{weapon['id']}", "").strip()[:80] or None
            made.append({"weapon_id": weapon["id"], "result": result, "serial_seen": seen})
        return made


@bp.get("")
def ask(store_id: str, kind: str) -> str:
    """An empty check of today."""
    return _page(store_id, kind, _sheet(store_id, kind), moments.new_id())


@bp.post("")
def record(store_id: str, kind: str) -> Response | tuple[str, int]:
    """Save the check, its counts and a discrepancy for each that differs."""
    check_id = request.form.get("_id", "")
    if not is_id(check_id):
        raise FormExpired
    after = url_for("files.show", noun="stock_check", record_id=check_id)
    if rows.fetch(db(), "stock_check", check_id):
        return redirect(after, HTTPStatus.SEE_OTHER)
    sheet = _sheet(store_id, kind)
    sheet.typed = request.form
    counts = sheet.counts()
    if sheet.errors:
        return _page(store_id, kind, sheet, check_id), HTTPStatus.UNPROCESSABLE_ENTITY
    ids = [check_id, *(moments.new_id() for _ in range(2 * len(counts)))]
    changes = written(_check(store_id, kind), counts, ids)
    try:
        for begun in range(0, len(changes), AT_ONCE):
            saving.save(db(), changes[begun : begun + AT_ONCE])
    except (Invalid, Refused) as problem:
        sheet.errors["check"] = Said(problem.said)
        return _page(store_id, kind, sheet, check_id), HTTPStatus.UNPROCESSABLE_ENTITY
    differing = sum(change.entity == "discrepancy" for change in changes)
    if differing:
        desk().say("warning", gettext("What differs is recorded, for somebody else to look into."))
    desk().say("done", gettext("Saved on this laptop. It is only here until you sync."))
    return redirect(after, HTTPStatus.SEE_OTHER)


def due_here(store_id: str) -> dict[str, str]:
    """By when the next checks of this store are due, as far as this laptop knows."""
    where = "store_id = ? AND withdrawn_at IS NULL"
    done = rows.fetch_where(db(), "stock_check", where, (store_id,))
    return due((row["kind"], row["date"]) for row in done)


def _check(store_id: str, kind: str) -> dict[str, Any]:
    second = request.form.get("second", "").strip()[:120] or None
    today = moments.today().isoformat()
    return {"store_id": store_id, "kind": kind, "date": today, "second": second}


def _sheet(store_id: str, kind: str) -> Sheet:
    """What is to be counted here today. Raises NotFound for who may not check."""
    if store_id not in dict(stores()) or not facts.Rights(db()).may("approve", "weapons", store_id):
        raise NotFound
    today = moments.today().isoformat()
    lines = stock.account(db(), store_id, today).lines
    expected = {of: line.columns[STORED] for (_, of), line in sorted(lines.items())}
    here = {row["id"]: row for row in stock.stored(db(), "weapon", store_id)}
    return Sheet(expected, [here[one] for one in sample([*here], kind, today)])


def _page(store_id: str, kind: str, sheet: Sheet, check_id: str) -> str:
    return render_template(
        "check.html",
        store_id=store_id,
        name=dict(stores())[store_id],
        kind=kind,
        types=[
            (
                f"n-{place}",
                kind_words(of),
                sheet.typed.get(f"n-{place}", ""),
                sheet.errors.get(f"n-{place}"),
            )
            for place, of in enumerate(sheet.expected)
        ],
        weapons=[
            (row, sheet.typed.get(f"w-{row['id']}", ""), sheet.typed.get(f"s-{row['id']}", ""))
            for row in sheet.weapons
        ],
        second=sheet.typed.get("second", ""),
        errors=list(dict.fromkeys(sheet.errors.values())),
        results=COUNT_RESULT.items,
        type_of=WEAPON_TYPE,
        failed=bool(sheet.errors),
        hidden_values={"_id": check_id},
    )
