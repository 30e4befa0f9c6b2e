"""Pictures of a file, small: what ``look/pictures.html`` draws at the registry."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from schema.codes import ATTACHMENT_KIND
from schema.policy import Sight
from schema.record import Record
from schema.said import Said
from server.blobs import keeping
from server.blobs.tables import ASIDE, HERE
from server.db import reading
from server.registry.lanes import may

NOUN = "attachment"
PHOTO, SMALL = "photo", "preview_sha256"


def drawn(sight: Sight, found: Sequence[Record]) -> list[dict[str, Any]]:
    """Each picture with its preview, or a sentence in its place; the newest first."""
    with reading() as conn:
        where = keeping.states_of(conn, [str(record.get(SMALL)) for record in found])
    return [_drawn(sight, record, where[str(record.get(SMALL))]) for record in reversed(found)]


def header_href(drawn: Sequence[dict[str, Any]]) -> str:
    """The preview of the newest photo of the person; empty where none can be shown."""
    return next((p["preview_href"] for p in drawn if p["is_photo"] and p["preview_href"]), "")


def add_href(sight: Sight, case: Record | None) -> str:
    """Where one is added; empty where that is not for this reader."""
    if case is None or not may(sight, "create", case):
        return ""
    return url_for("attachments.ask", case_id=case.id)


def described(record: Record, day: str = "") -> str:
    """A picture in words, for whoever does not see it."""
    kind = _(ATTACHMENT_KIND.label(record.get("kind") or ""))
    return ", ".join(part for part in (kind, record.get("title") or "", day) if part)


def not_shown(state: str) -> str:
    """Why there is nothing to look at; empty where there is."""
    if state == ASIDE:
        return _("Kept aside and not shown: it is no clean picture. It must be taken again.")
    return "" if state == HERE else _("Not here yet: a laptop still has to send it.")


def _drawn(sight: Sight, record: Record, where: str) -> dict[str, Any]:
    withdrawn = record.get("withdrawn_at") is not None
    shown = not withdrawn and where == HERE
    href = url_for("attachments.one", record_id=record.id)
    if withdrawn and may(sight, "change", record):
        href = url_for("records.ask_withdraw", noun=record.entity, record_id=record.id)
    return {
        "href": href,
        "preview_href": _href(record, "preview") if shown else "",
        "alt": described(record),
        "is_photo": record.get("kind") == PHOTO,
        "kind": Said(ATTACHMENT_KIND.label(record.get("kind") or "")),
        "title": record.get("title"),
        "day": record.get("taken_on"),
        "state": "",
        "where": _("Withdrawn") if withdrawn else not_shown(where),
    }


def _href(record: Record, which: str) -> str:
    return url_for("attachments.give", record_id=record.id, which=which)
