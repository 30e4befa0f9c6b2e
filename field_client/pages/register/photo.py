"""The step that takes a photo, for who wants one: kept with the draft, in the encrypted store."""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, url_for

from field_client.pages.desk import db
from field_client.pages.register import steps
from field_client.pages.register.draft import Begun, begun, keep
from field_client.pages.register.drawing import at, frame, path_of
from field_client.pages.register.pages import BACK, LATER, STAY, Answer, put_aside
from field_client.store import drafts
from schema.picture import JPEG, made
from schema.problems import NotAPicture, NotFound
from schema.said import Said

PICTURE, AWAY = "picture", "away"
Wrong = tuple[Said, ...]

bp = Blueprint("register_photo", __name__, url_prefix="/register")


@bp.get("/<draft_id>/photo")
def ask(draft_id: str) -> Answer:
    """Ask for a photo, or show the one that was taken."""
    one = begun(draft_id)
    if steps.PHOTO not in path_of(one):
        return redirect(at(draft_id, steps.WHO), HTTPStatus.SEE_OTHER)
    return _drawn(one, ())


@bp.post("/<draft_id>/photo")
def answer(draft_id: str) -> Answer:
    """Keep the photo, if there is one, then go where the pressed button says."""
    act = request.form.get("_act", "")
    one = keep(begun(draft_id), steps.PHOTO, {}, later=act == LATER)
    if act == AWAY:
        drafts.drop_picture(db(), draft_id)
        return redirect(at(draft_id, steps.PHOTO), HTTPStatus.SEE_OTHER)
    wrong = _kept(one)
    if wrong:
        return _drawn(one, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    if act == LATER:
        return put_aside()
    return redirect(at(draft_id, _following(one, act)), HTTPStatus.SEE_OTHER)


@bp.get("/<draft_id>/photo/preview")
def preview(draft_id: str) -> Response:
    """The photo that was taken, small."""
    picture = drafts.picture_of(db(), begun(draft_id).id)
    if picture is None:
        raise NotFound
    return Response(picture.preview, mimetype=JPEG)


def _kept(one: Begun) -> Wrong:
    """Keep what was sent; why it could not be."""
    sent = request.files.get(PICTURE)
    if not (sent and sent.filename):
        return ()
    try:
        drafts.keep_picture(db(), one.id, made(sent.stream.read()))
    except NotAPicture as problem:
        return (Said(problem.said),)
    return ()


def _following(one: Begun, act: str) -> str:
    path = path_of(one)
    if act == STAY:
        return steps.PHOTO
    if act == BACK:
        return steps.before(steps.PHOTO, path)
    if request.form.get("_back") == steps.CHECK and steps.CHECK in path:
        return steps.CHECK
    return steps.after(steps.PHOTO, path)


def _drawn(one: Begun, wrong: Wrong) -> str:
    taken = drafts.picture_of(db(), one.id) is not None
    preview_href = url_for("register_photo.preview", draft_id=one.id) if taken else ""
    # Most go on without one: the page begins at the button.
    drawing = {**frame(one, steps.PHOTO), "begins_at_bar": not wrong}
    return render_template(
        "register/photo.html", asked=[], wrong=wrong, preview_href=preview_href, **drawing
    )
