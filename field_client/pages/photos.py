"""Photos and papers of a case on the laptop: add one, look at it, keep its original here, withdraw it."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import moments
from field_client.cipher import transaction
from field_client.pages import passage
from field_client.pages.desk import db, desk
from field_client.pages.record_form import Answered, answered, questions
from field_client.pages.words import WORDS
from field_client.store import acts, blobs, reading, rows, saving, states
from field_client.store.rows import Row
from schema.codes import ATTACHMENT_KIND
from schema.detail import details
from schema.entities.attachment import Attachment
from schema.ids import is_id
from schema.picture import JPEG, longest_of, made
from schema.problems import FormExpired, NotAPicture, NotFound, Problem
from schema.said import Said

Answer = Response | str | tuple[str, int]
NOUN, PICTURE = "attachment", "picture"
_CHOOSE = Said("Choose a picture")
_WHY = Said("Say why")

bp = Blueprint("photos", __name__)


@bp.get("/cases/<case_id>/photo")
def ask(case_id: str) -> str:
    """Ask for a picture and what it is."""
    said = Answered({"kind": "photo", "taken_on": moments.today().isoformat()})
    return _form(reading.get(db(), "case", case_id), said, (), moments.new_id())


@bp.post("/cases/<case_id>/photo")
def add(case_id: str) -> Answer:
    """Keep a picture with its record; a form that is sent twice makes one."""
    case, record_id = reading.get(db(), "case", case_id), request.form.get("_id", "")
    if not is_id(record_id):
        raise FormExpired
    if rows.fetch(db(), NOUN, record_id):
        return redirect(_back(case), HTTPStatus.SEE_OTHER)
    said, sent = answered(NOUN, request.form), request.files.get(PICTURE)
    wrong: list[Said] = [] if sent and sent.filename else [_CHOOSE]
    if not said.errors and not wrong and sent:
        try:
            picture = made(sent.stream.read(), longest_of(said.values.get("kind")))
            act = acts.create(
                NOUN, {**said.values, **picture.content, "case_id": case_id}, record_id
            )
            saving.save(db(), [act], pictures=[picture])
            desk().say("done", gettext("Saved on this laptop. It is only here until you sync."))
            return redirect(_back(case), HTTPStatus.SEE_OTHER)
        except NotAPicture as problem:
            wrong = [Said(problem.said)]
    return _form(case, said, wrong, record_id), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/photos/<record_id>")
def show(record_id: str) -> str:
    """One picture as large as it is here, with where it is and what can be done."""
    return _shown(_mine(record_id), ())


@bp.get("/photos/<record_id>/<any(preview, original):which>")
def give(record_id: str, which: str) -> Response:
    """The bytes of a picture that is shown here."""
    row = _mine(record_id)
    body = blobs.body_of(db(), str(row["sha256" if which == "original" else "preview_sha256"]))
    if body is None:
        raise NotFound
    return Response(body, mimetype=JPEG)


@bp.post("/photos/<record_id>/keep")
def keep(record_id: str) -> Response:
    """Have the original fetched with the next sync and kept here, or let go of it."""
    row, kept = _mine(record_id), request.form.get("kept") == "1"
    with transaction(db()):
        blobs.keep_original(db(), row["sha256"], row["size"], int(kept))
    desk().ring()
    told = gettext("The next sync brings the original.") if kept else gettext("It is let go of.")
    desk().say("done", told)
    return redirect(url_for("photos.show", record_id=record_id), HTTPStatus.SEE_OTHER)


@bp.post("/photos/<record_id>/withdraw")
def withdraw(record_id: str) -> Answer:
    """Withdraw a picture with a reason: it is shown nowhere any more, and the record stays."""
    row, reason = _mine(record_id), request.form.get("reason", "").strip()
    if not reason:
        return _shown(row, (_WHY,)), HTTPStatus.UNPROCESSABLE_ENTITY
    said = {"withdrawn_at": moments.now(), "withdrawn_reason": reason}
    act = acts.change(db(), NOUN, record_id, said)
    back = _back(reading.get(db(), "case", row["case_id"]))
    try:
        if act:
            saving.save(db(), [act])
    except Problem as problem:
        return _shown(row, (Said(problem.said),)), HTTPStatus.UNPROCESSABLE_ENTITY
    desk().say("done", gettext("Withdrawn. The picture is shown nowhere any more."))
    return redirect(back, HTTPStatus.SEE_OTHER)


def drawn(found: Sequence[Row]) -> list[dict[str, object]]:
    """The pictures of a file, small: what ``look/pictures.html`` draws."""
    where = blobs.where(db(), found)
    return [
        {
            "href": url_for("photos.show", record_id=row["id"]),
            "preview_href": _preview_href(row),
            "alt": described(row),
            "kind": Said(ATTACHMENT_KIND.label(row["kind"] or "")),
            "title": row["title"],
            "day": row["taken_on"],
            "state": where[row["id"]],
            "where": gettext("The next sync brings this picture."),
        }
        for row in found
    ]


def header_href(found: Sequence[Row]) -> str:
    """The preview of the newest photo of the person; empty where there is none here."""
    photos = [row for row in found if row["kind"] == "photo"]
    return next((href for row in reversed(photos) if (href := _preview_href(row))), "")


def described(row: Row) -> str:
    """A picture in words, for whoever does not see it."""
    kind = gettext(ATTACHMENT_KIND.label(row["kind"] or ""))
    day = WORDS.day(row["taken_on"]) if row["taken_on"] else ""
    return ", ".join(part for part in (kind, row["title"] or "", day) if part)


def _preview_href(row: Row) -> str:
    here = blobs.is_here(db(), str(row["preview_sha256"]))
    return url_for("photos.give", record_id=row["id"], which="preview") if here else ""


def _mine(record_id: str) -> Row:
    """The record of a picture that is shown here. Raises NotFound."""
    row = reading.get(db(), NOUN, record_id)
    if row["withdrawn_at"] or not row["sha256"]:
        raise NotFound
    return row


def _back(case: Row) -> str:
    person_id = passage.person_of(db(), "case", case)
    return url_for("people.show", person_id=person_id, _anchor=NOUN)


def _form(case: Row, said: Answered, wrong: Sequence[Said], record_id: str) -> str:
    return render_template(
        "photo_add.html",
        asked=questions(NOUN, {**said.values, **said.typed}, said.errors),
        wrong=wrong,
        failed=bool(said.errors or wrong),
        hidden_values={"_id": record_id},
        back_href=_back(case),
    )


def _shown(row: Row, wrong: Sequence[Said]) -> str:
    whole, small = (blobs.is_here(db(), row[name] or "") for name in ("sha256", "preview_sha256"))
    which = "original" if whole else "preview" if small else ""
    return render_template(
        "photo.html",
        row=row,
        alt=described(row),
        whole=whole,
        href=url_for("photos.give", record_id=row["id"], which=which) if which else "",
        kept=blobs.is_kept(db(), row["sha256"]),
        lines=[line for line in details(Attachment, row, {}, Attachment.columns) if line.text],
        state=blobs.where(db(), [row])[row["id"]],
        record_state=states.state_of(db(), row["id"]),
        kilobytes=round(row["size"] / 1000),
        edit_href=url_for("records.edit", noun=NOUN, record_id=row["id"]),
        back_href=_back(reading.get(db(), "case", row["case_id"])),
        wrong=wrong,
        failed=bool(wrong),
    )
