"""Printing: the paper of a record as a PDF, in the language its reader asks for."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import get_locale

from schema.record import Record
from server import access, papers
from server.db import reading
from server.pages.reads import noted

pages = Blueprint("papers", __name__)

PDF = "application/pdf"


@pages.get(f"/papers/<any({', '.join(papers.MADE)}):noun>/<uuid:record_id>")
@access.rule(("weapons", "case", "child"), "read")
def one(noun: str, record_id: Any) -> Response:
    """The paper of one record. It is kept nowhere: the same record gives it again."""
    with reading() as conn:
        draw = papers.paper(conn, access.actor().sight, noun, str(record_id), _language())
    noted(noun, str(record_id))
    shown = {"Content-Disposition": f'inline; filename="{noun}.pdf"'}
    return Response(draw(), mimetype=PDF, headers=shown)


def href(record: Record) -> str:
    """Where the paper of this record is; empty where it has none."""
    if not papers.is_printed(record):
        return ""
    return url_for("papers.one", noun=record.entity, record_id=record.id)


def _language() -> str:
    return request.args.get("language") or str(get_locale())
