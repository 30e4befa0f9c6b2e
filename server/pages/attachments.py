"""Photos and papers at the registry: add one to a case, look at it, fetch its bytes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from schema.change import Change
from schema.deployment import gathered
from schema.detail import details
from schema.picture import JPEG, MOST_TAKEN, Picture, hash_of, longest_of, made
from schema.problems import Invalid, NotFound
from schema.record import Record
from schema.said import Said
from server import access, answers
from server.blobs import keeping
from server.db import reading
from server.pages import pictures
from server.pages import record_acts as acts
from server.pages import record_questions as asking
from server.pages.deployed import noun_of
from server.pages.reads import noted
from server.registry import records
from server.registry.labels import labels
from server.registry.lanes import may

pages = Blueprint("attachments", __name__)
FILES = ("case", "child")
NOUN, PICTURE = "attachment", "picture"
# The bytes of a picture and what stands around them in a form.
MOST_SENT = MOST_TAKEN + 1024 * 1024
_CHOOSE = Said("Choose a picture")
WHICH = {"preview": "preview_sha256", "original": "sha256"}


@pages.get("/cases/<uuid:case_id>/attachments/new")
@access.rule(FILES, "create")
def ask(case_id: Any) -> str:
    """Ask for a picture and what it is."""
    return _form(_case(str(case_id)), {"kind": "photo"}, {})


@pages.post("/cases/<uuid:case_id>/attachments/new")
@access.rule(FILES, "create")
@access.larger(MOST_SENT)
def add(case_id: Any) -> AnyResponse:
    """Keep a picture, without where and by what it was taken, and its record."""
    case, sent = _case(str(case_id)), request.files.get(PICTURE)
    questions = asking.new(NOUN, {}, ("case_id",))
    parsed = questions.read(request.form)
    answers.form_again(lambda errors: _form(case, parsed.typed, errors))
    asking.refuse_unasked(request.form, questions)
    wrong: dict[str, Any] = {**questions.required(parsed.values), **parsed.errors}
    if sent is None or not sent.filename:
        wrong[PICTURE] = [_CHOOSE]
    if wrong or sent is None:
        raise Invalid(fields=wrong)
    picture = made(sent.stream.read(), longest_of(parsed.values.get("kind")))
    values = {n: value for n, value in gathered(parsed.values, {}).items() if value is not None}
    said = {**values, **_kept(picture), "case_id": case.id}
    outcome = acts.write(Change("create", NOUN, acts.made_id(), said), beside=hash_of(picture.body))
    return acts.done(outcome, NOUN, acts.made_id(), url_for("cases.index"))


@pages.get("/attachments/<uuid:record_id>")
@access.rule(FILES, "read")
def one(record_id: Any) -> str:
    """One picture as large as it is here."""
    with reading() as conn:
        sight = access.actor().sight
        record = records.get(conn, sight, NOUN, str(record_id))
        where = keeping.state_of(conn, str(record.get("sha256")))
        words = labels(conn, sight, [record])
    noted(NOUN, record.id)
    return render_template(
        "attachments/one.html",
        record=record,
        alt=pictures.described(record),
        withdrawn=record.get("withdrawn_at") is not None,
        not_shown=pictures.not_shown(where),
        lines=[line for line in details(noun_of(NOUN), record.values, words) if line.text],
        may_change=may(sight, "change", record),
        back_href=acts.address_of(record),
    )


@pages.get(f"/attachments/<uuid:record_id>/<any({', '.join(WHICH)}):which>")
@access.rule(FILES, "read")
def give(record_id: Any, which: str) -> Response:
    """The bytes of a picture that is shown. Raises NotFound."""
    with reading() as conn:
        record = records.get(conn, access.actor().sight, NOUN, str(record_id))
        shown = record.get("withdrawn_at") is None
        body = keeping.body_of(conn, str(record.get(WHICH[which]))) if shown else None
    if body is None:
        raise NotFound
    return Response(body, mimetype=JPEG)


def _kept(picture: Picture) -> dict[str, Any]:
    """The bytes, kept before their record names them; what the record says of them."""
    for body in (picture.preview, picture.body):
        keeping.keep(hash_of(body), body, None)
    return dict(picture.content)


def _case(case_id: str) -> Record:
    """The case, if this reader may add to it. Raises NotFound."""
    sight = access.actor().sight
    with reading() as conn:
        case = records.get(conn, sight, "case", case_id)
    if not may(sight, "create", case):
        raise NotFound
    return case


def _form(case: Record, values: Mapping[str, Any], errors: Mapping[str, Sequence[Any]]) -> str:
    questions = asking.new(NOUN, {}, ("case_id",))
    with reading() as conn:
        asked = questions.drawn(conn, access.actor().sight, values, errors)
        hidden = acts.hidden(conn, again=errors)
    known = {*questions.only, PICTURE}
    return render_template(
        "attachments/new.html",
        asked=asked,
        wrong=errors.get(PICTURE, ()),
        others=[said for name, all_ in errors.items() if name not in known for said in all_],
        hidden=hidden,
        back_href=url_for("cases.one", case_id=case.id),
        failed=bool(errors),
    )
