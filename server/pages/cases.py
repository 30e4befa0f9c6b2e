"""Cases: the list, the search, and the file of a person with one of their cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from schema import codes
from server import access, answers
from server.db import reading
from server.pages import case_filter, finding
from server.pages.case_lines import lines
from server.pages.case_view import shown
from server.pages.reads import noted
from server.pages.turning import pager, turn
from server.registry import cases
from server.registry.case_file import case_file, person_file
from server.registry.lanes import lanes
from server.registry.sought import read

pages = Blueprint("cases", __name__)
FILES = ("case", "child")


@pages.get("/cases")
@access.rule(FILES, "read")
def index() -> str:
    """The cases this reader may see, narrowed and searched."""
    answers.form_again(_narrowed_badly)
    sight, token = access.actor().sight, request.args.get("find", "")
    text = finding.kept(token)
    with reading() as conn:
        asked = case_filter.understood(conn, sight)
        found = cases.cases(conn, sight, asked, turn(), read(text) if token else None)
        panel = case_filter.drawn(conn, sight, asked.chosen)
        chips = case_filter.chips(conn, sight, asked.chosen)
    return _list(
        found=found,
        lines=lines(found),
        asked=panel,
        chips=chips,
        text=text,
        token=token,
        pager=pager(found.page),
    )


@pages.post("/cases/find")
@access.rule(FILES, "read")
def find() -> Response:
    """Search: what was typed goes into the session, and a word for it into the address."""
    text = request.form.get("q", "").strip()
    named = [name for name in case_filter.FIELDS if request.form.get(name)]
    kept: dict[str, Any] = {name: request.form[name] for name in named}
    if text:
        kept["find"] = finding.keep(text)
    return redirect(url_for("cases.index", **kept))


@pages.get("/cases/<uuid:case_id>")
@access.rule(FILES, "read")
def one(case_id: Any) -> str:
    """The file of a case."""
    with reading() as conn:
        found = case_file(conn, access.actor().sight, str(case_id))
    noted("case", str(case_id))
    return render_template("cases/one.html", codes=codes, **shown(found))


@pages.get("/cases/person/<uuid:person_id>")
@access.rule(FILES, "read")
def person(person_id: Any) -> str:
    """The file of a person, with the newest case if there is one."""
    with reading() as conn:
        found = person_file(conn, access.actor().sight, str(person_id))
    noted("person", str(person_id))
    return render_template("cases/one.html", codes=codes, **shown(found))


def _narrowed_badly(errors: Mapping[str, Sequence[Any]]) -> str:
    """The list's questions with what is wrong beside them, and no rows."""
    with reading() as conn:
        panel = case_filter.drawn(conn, access.actor().sight, dict(request.args), errors)
    return _list(found=None, asked=panel, failed=True)


def _list(**shown: Any) -> str:
    """The page of the list, with the filters that a search keeps."""
    kept = {n: v for n, v in request.args.items() if v and n in case_filter.FIELDS}
    may_add = bool(lanes(access.actor().sight, "case", "create"))
    return render_template("cases/index.html", kept=kept, may_add=may_add, codes=codes, **shown)
