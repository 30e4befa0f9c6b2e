"""What pages write: a sent form becomes a Unit, is entered, and the reader goes on to what they may see.

A form carries a key, an id made when it was shown: the records it makes take their ids from it, so the
same form sent twice is one act, and a changed one sent again is refused and not recorded twice.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from schema.change import DISPUTED, MERGED, Change, Outcome, Unit
from schema.entities import BY_NOUN, SCOPES
from schema.ids import is_id, new_id
from schema.policy import Sight
from schema.problems import FormExpired
from schema.record import Record
from server import access, ledger, moments
from server.db import reading
from server.enter import enter
from server.pages.clashes import clashing
from server.pages.sections import OWN_PAGES, page_of
from server.registry import records

KEY, VERSION = "_key", "_version"
_MILLISECONDS = 80


def hidden(conn: sa.Connection, again: Mapping[str, Any]) -> dict[str, Any]:
    """The hidden inputs of a form: fresh ones, or those it came with.

    After a clash the form shows what is in force now, and may say so.
    """
    if not again:
        return {KEY: new_id(moments.milliseconds()), VERSION: ledger.head(conn)}
    return {**posted(), VERSION: ledger.head(conn)} if clashing(again) else posted()


def posted() -> dict[str, Any]:
    """The hidden inputs that a form came with. Raises FormExpired."""
    key, version = request.form.get(KEY, ""), request.form.get(VERSION, "")
    if not is_id(key) or not (version.isascii() and version.isdecimal() and len(version) < 17):
        raise FormExpired
    return {KEY: key, VERSION: int(version)}


def base_of(conn: sa.Connection) -> int:
    """The number at which the sent form was shown. Raises FormExpired for one not given yet."""
    version = int(posted()[VERSION])
    if version > ledger.head(conn):
        raise FormExpired
    return version


def made_id(place: int = 0) -> str:
    """The id of the form's first, second, … new record: the same however often it is sent."""
    key = str(posted()[KEY])
    seed = hashlib.sha256(f"{key}/{place}".encode()).digest()
    return new_id(int(key.replace("-", ""), 16) >> _MILLISECONDS, lambda count: seed[:count])


def write(*changes: Change, base: int | None = None, beside: str = "") -> Outcome:
    """Enter what the sent form says, with what it carries beside. Raises the Problem that refuses it."""
    form = posted()
    pairs = [
        f"{n}={v}" for n, v in sorted(request.form.items(multi=True)) if not n.startswith("csrf")
    ]
    said = hashlib.sha256("\n".join([request.full_path, *pairs, beside]).encode()).hexdigest()
    with reading() as conn:
        number = base_of(conn) if base is None else base
    unit = Unit(new_id(moments.milliseconds()), number, moments.moment(), changes)
    return enter(unit, access.actor(), f"{form[KEY]}:{said[:24]}")


def changed(record: Record, shown: Mapping[str, Any], values: Mapping[str, Any]) -> Change | None:
    """What the author changed of what they were shown; None where nothing."""
    written = {name: value for name, value in values.items() if shown.get(name) != value}
    if not written:
        return None
    groups = BY_NOUN[record.entity].groups()
    seen = {mate: shown.get(mate) for name in written for mate in groups[name]}
    return Change("set", record.entity, record.id, written, old=seen)


def done(outcome: Outcome | None, noun: str, record_id: str, otherwise: str) -> Response:
    """Say what became of it, and go to the record, or back where its new place is not for this reader."""
    sight = access.actor().sight
    with reading() as conn:
        address = _address(conn, sight, noun, record_id)
    flash(_said(outcome, seen=address), "done")
    return redirect(address or otherwise)


def _said(outcome: Outcome | None, seen: str) -> str:
    if outcome is None:
        return _("Nothing was changed.")
    if not seen:
        return _("Saved. It is now with those who answer for it, and no longer in your lists.")
    if outcome.outcome == DISPUTED:
        return _(
            "Kept beside the value in force: this field is disputed, and somebody must choose."
        )
    if outcome.outcome == MERGED:
        return _("Saved, together with what somebody else changed meanwhile.")
    return _("Saved.")


def _address(conn: sa.Connection, sight: Sight, noun: str, record_id: str) -> str:
    """Where a record is shown; empty where it is not to be seen."""
    record = records.find(conn, sight, noun, record_id)
    return "" if record is None else address_of(record)


def address_of(record: Record) -> str:
    """Where a record is seen: its own page, that of what it hangs on, or the programme's list."""
    entity = BY_NOUN[record.entity]
    home = entity.part_of or entity.hangs_on
    ref = entity.refs().get(home)
    if record.entity in OWN_PAGES:
        return page_of(record.entity, record.id)
    if ref is None:
        return url_for("lists.one", noun=record.entity)
    if ref.to in SCOPES:
        return page_of(record.entity, record.id)
    return page_of(ref.to, str(record.get(home)))
