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
from schema.problems import Invalid, NotSignedIn, Problem, Refused
from schema.wording import format_number

OUT, BACK = ".bundle", ".reply"
Answer = Response | tuple[str, int]

bp = Blueprint("sticks", __name__, url_prefix="/sync/stick")


@bp.get("")
def show() -> str:
    """What is plugged in, and what can be done with it."""
    return _page()


def _page(wrong: Problem | None = None, **typed: str) -> str:
    pending, plugged = states.pending(db()), media.folders()
    found = [path for folder in plugged for path in media.files(folder, BACK)]
    return render_template(
        "stick.html",
        pending=pending,
        stands=stands(pending),
        folders=plugged,
        found=found,
        name=_name(OUT),
        wrong=wrong,
        typed=typed,
    )


def _again(act: str, problem: Problem) -> Answer:
    """The page with what was typed, and why it did not come about; unlocking comes first."""
    if isinstance(problem, NotSignedIn):
        raise problem
    return _page(problem, **{act: request.form.get("typed", "")}), problem.status


@bp.post("/write")
def write() -> Answer:
    """Write the stick; what it holds stays only here all the same."""
    try:
        done = bundle.write(_free(), _place())
    except Problem as problem:
        return _again("write", problem)
    desk().say("done", WORDS.laptop("stick_written", done.units))
    return redirect(url_for("sticks.show"), HTTPStatus.SEE_OTHER)


@bp.post("/read")
def read() -> Answer:
    """Read the registry's answer."""
    try:
        done = bundle.read(_free(), _chosen())
    except Problem as problem:
        return _again("read", problem)
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


def _place() -> Path:
    """Where to write: the file that was typed, or this laptop's in the folder that was."""
    path = _chosen()
    return path / _name(OUT) if media.is_folder(path) else path


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
