"""Sync by stick, where no link comes: write what is only here, read the registry's answer."""

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from field_client import bundle, media
from field_client.home import Unlocked
from field_client.pages.desk import db, desk
from field_client.pages.syncing import stands
from field_client.pages.words import WORDS
from field_client.store import facts, states
from schema.problems import Invalid, NotSignedIn, Refused
from schema.wording import format_number

OUT, BACK = ".bundle", ".reply"

bp = Blueprint("sticks", __name__, url_prefix="/sync/stick")


@bp.get("")
def show() -> str:
    """What is plugged in, and what can be done with it."""
    pending, plugged = states.pending(db()), media.folders()
    found = [path for folder in plugged for path in media.files(folder, BACK)]
    return render_template(
        "stick.html",
        pending=pending,
        stands=stands(pending),
        folders=plugged,
        found=found,
        name=_name(OUT),
    )


@bp.post("/write")
def write() -> Response:
    """Write the stick; what it holds stays only here all the same."""
    path = _chosen()
    if media.is_folder(path):
        path /= _name(OUT)
    done = bundle.write(_free(), path)
    desk().say("done", WORDS.laptop("stick_written", done.units))
    return redirect(url_for("sticks.show"), HTTPStatus.SEE_OTHER)


@bp.post("/read")
def read() -> Response:
    """Read the registry's answer."""
    done = bundle.read(_free(), _chosen())
    desk().say("done", WORDS.laptop("stick_read", done.confirmed))
    if decide := done.disputed + done.held:
        words = gettext("%(count)s need a decision.", count=format_number(decide))
        desk().say("warning", words)
    if done.late:
        late = gettext("This answer is older than what is here: only its outcomes were taken.")
        desk().say("warning", late)
    return redirect(url_for("sticks.show"), HTTPStatus.SEE_OTHER)


def _name(ending: str) -> str:
    """What this laptop's file is called: it names nobody."""
    return f"ploughshare-{facts.device(db()).id[-8:]}{ending}"


def _chosen() -> Path:
    """The place that was typed, else the one that was chosen. Raises Invalid."""
    typed = request.form.get("typed", "").strip() or request.form.get("chosen", "")
    path = Path(typed)
    if not path.name or not path.is_absolute() or not typed.isprintable():
        raise Invalid("Choose a stick, or type the whole path, as /media/stick/file.")
    return path


def _free() -> Unlocked:
    """The open laptop, while no sync goes on. Raises Refused, NotSignedIn."""
    unlocked, run = desk().unlocked, desk().run
    if run and run.going:
        raise Refused("A sync goes on. Wait until it has ended, or stop it.", rule="busy")
    if unlocked is None:
        raise NotSignedIn
    return unlocked
