"""Sync: what is only here, when the registry last answered, and sending it now."""

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response

from field_client.pages.desk import db, desk
from field_client.pages.running import Run
from field_client.pages.words import WORDS
from field_client.store import facts, outbox, states
from schema.problems import Revoked, Unreachable
from schema.wording import format_number

PROMPT = 1.0
BROKEN_OFF = lazy_gettext("The sync broke off. What had come is kept. Press Send now to go on.")

bp = Blueprint("syncing", __name__, url_prefix="/sync")


@bp.get("")
def show() -> Response:
    """Where this laptop stands; while a sync goes on, the page renews itself without script."""
    pending, run = states.pending(db()), desk().run
    page = render_template(
        "sync.html",
        pending=pending,
        stands=stands(pending),
        run=run,
        run_words=run_words(run),
        device=facts.device(db()),
        held=states.held(db()),
    )
    response = make_response(page)
    if run and run.going:
        response.headers["Refresh"] = f"2; url={url_for('syncing.show')}"
    return response


@bp.post("")
def send() -> Response:
    """Send now. A short sync is over before the next page; a long one goes on beside the work."""
    begin()
    return redirect(url_for("syncing.show"), HTTPStatus.SEE_OTHER)


@bp.post("/stop")
def stop() -> Response:
    """End the sync that goes on; what has come is kept."""
    run = desk().run
    if run:
        run.stop()
        run.wait(PROMPT)
    return redirect(url_for("syncing.show"), HTTPStatus.SEE_OTHER)


def _kilobytes() -> int:
    return sum(len(line["payload"]) for line in outbox.unsent(db())) // 1000


def begin() -> None:
    """Begin a sync unless one goes on, and wait a moment for its end."""
    here, unlocked = desk(), desk().unlocked
    if unlocked and (here.run is None or not here.run.going):
        here.run = Run(kilobytes=_kilobytes())
        here.run.begin(unlocked)
        here.run.wait(PROMPT)


def stands(pending: states.Pending) -> str:
    """In one sentence: what is only here."""
    if pending.only_here:
        return WORDS.laptop("some_here", pending.only_here, when=WORDS.when(pending.oldest))
    return WORDS.laptop("all_sent", when=WORDS.when(pending.last_contact))


def run_words(run: Run | None) -> str:
    """In one sentence: how the sync goes, or how the last one went."""
    if run is None:
        return ""
    if run.going:
        return _going(run)
    done = run.summary
    if done:
        decide = format_number(done.disputed + done.held)
        sent, fetched = format_number(done.sent), format_number(done.fetched)
        return WORDS.laptop("done", sent=sent, fetched=fetched, decide=decide)
    if isinstance(run.problem, Revoked):
        return WORDS.laptop("revoked")
    if isinstance(run.problem, Unreachable):
        return _unreachable(run.problem)
    return gettext(run.problem.said) if run.problem else str(BROKEN_OFF)


def _going(run: Run) -> str:
    """Sending, with figures, as soon as there are any; fetching after it."""
    now = run.progress
    if now is None or now.fetching or now.sent >= now.to_send:
        return WORDS.laptop("fetching")
    kilobytes = run.kilobytes * now.sent // now.to_send
    return WORDS.laptop(
        "sending",
        now.to_send,
        sent=format_number(now.sent),
        kB=format_number(kilobytes),
        all_kB=format_number(run.kilobytes),
        left=_left(run, now.sent, now.to_send),
    )


def _left(run: Run, sent: int, to_send: int) -> str:
    minutes = round(run.seconds() * (to_send - sent) / max(sent, 1) / 60)
    if minutes < 1:
        return gettext("less than a minute")
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _unreachable(problem: Unreachable) -> str:
    if problem.details.get("network") is False:
        return WORDS.laptop("no_network")
    if problem.said != Unreachable.sentence:
        return gettext(problem.said)
    return WORDS.laptop("no_answer", when=gettext("when you press Send now"))
