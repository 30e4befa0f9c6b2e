"""Printing on the laptop: the paper of a record as a PDF, in the language that is asked for."""

from flask import Blueprint, Response, request, url_for

from field_client import papers
from field_client.pages.desk import db
from field_client.pages.display import settings
from field_client.store.rows import Row

PDF = "application/pdf"

bp = Blueprint("papers", __name__)


@bp.get("/papers/<noun>/<record_id>")
def show(noun: str, record_id: str) -> Response:
    """The paper of one record. It is written to no disk: the same record gives it again."""
    language = request.args.get("language") or settings().display.language
    body = papers.paper(db(), noun, record_id, language)
    shown = {"Content-Disposition": f'inline; filename="{noun}.pdf"'}
    return Response(body, mimetype=PDF, headers=shown)


def href(noun: str, row: Row) -> str:
    """Where the paper of this record is; empty where this laptop has none."""
    if not papers.is_printed(db(), noun, row):
        return ""
    return url_for("papers.show", noun=noun, record_id=row["id"])
