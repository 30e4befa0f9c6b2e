"""A stick arrives: what a laptop wrote is handed in here, and its answer taken away."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from schema.entity import Entity
from schema.form import unknown_names
from schema.problems import Invalid, UnknownField
from server import access, answers
from server.sync import bundle

pages = Blueprint("sticks", __name__)
FILE = "file"


class StickForm(Entity):
    """What is asked beside the file: nothing."""

    noun = "stick"


@pages.get("/laptops/stick")
@access.rule("admin", "change")
def ask() -> str:
    """Say what happens with a stick, and ask for its file."""
    return _drawn({})


@pages.post("/laptops/stick")
@access.rule("admin", "change")
def accept() -> Response:
    """Take in the file of a laptop, and send back the answer that only it can read."""
    answers.form_again(_drawn)
    if unasked := unknown_names(StickForm, request.form, ()):
        raise UnknownField(field=unasked[0])
    carried = request.files.get(FILE)
    if carried is None or not carried.filename:
        raise Invalid(fields={FILE: [_("Choose the file that the laptop wrote.")]})
    done = bundle.accept(carried.stream, access.actor())
    sent = Response(BytesIO(done.reply), mimetype="application/octet-stream")
    sent.content_length = len(done.reply)
    name = f"ploughshare-{done.device[-8:]}.reply"
    sent.headers.set("Content-Disposition", "attachment", filename=name)
    return sent


def _drawn(errors: Mapping[str, Sequence[str]]) -> str:
    others = [text for texts in errors.values() for text in texts]
    return render_template("sticks/arrives.html", others=others, failed=bool(errors))
