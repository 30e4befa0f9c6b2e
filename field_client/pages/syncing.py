"""Sync: what is only here, when the registry last answered, and sending it now."""

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from sqlite_utils import Database
from werkzeug.wrappers import Response

from field_client.carrying import BUDGET
from field_client.cipher import transaction
from field_client.pages.automatic import CHOICE, automatic
from field_client.pages.desk import db, desk
from field_client.pages.running import Paused, Run
from field_client.pages.words import WORDS
from field_client.store import blobs, facts, outbox, states
from field_client.sync import Summary
from schema.problems import Problem, Revoked, Unreachable
from schema.wording import format_number

PROMPT = 1.0
BROKEN_OFF = lazy_gettext("The sync broke off. What had come is kept. Press Send now to go on.")

bp = Blueprint("syncing", __name__, url_prefix="/sync")


@bp.get("")
def show() -> Response:
    """Where this laptop stands; while a sync goes on, the page renews itself without script."""
    pending, found, run = states.pending(db()), states.whereabouts(db()), desk().run
    goes, why = bool(run and run.going), last_problem(run, found)
    page = render_template(
        "sync.html",
        pending=pending,
        stands=stands(pending),
        run=run,
        run_words=run_words(run),
        found=found,
        last_try="" if goes or (run and run.problem) else last_try(found),
        on_its_way=on_its_way(),
        is_automatic=is_automatic(db()),
        next_words="" if goes or is_silence(why) else next_words(),
        device=facts.device(db()),
        pictures=blobs.counted(db()),
        picture_words=picture_words(run),
        megabytes=BUDGET // 1_000_000,
        held=states.held(db()),
    )
    response = make_response(page)
    if goes:
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
        run.stop(Paused)
        run.wait(PROMPT)
    return redirect(url_for("syncing.show"), HTTPStatus.SEE_OTHER)


@bp.post("/automatic")
def switch() -> Response:
    """Sync by itself from now on, or only when somebody presses Send now."""
    on = request.form.get("on") == "yes"
    with transaction(db()):
        facts.put(db(), **{CHOICE: on})
    automatic().has_chosen()
    told = gettext("Automatic sync is on.") if on else gettext("Automatic sync is off.")
    desk().say("done", told)
    return redirect(url_for("syncing.show"), HTTPStatus.SEE_OTHER)


def begin() -> None:
    """Begin a sync unless one goes on, and wait a moment for its end."""
    desk().launch(Run(outbox.kilobytes(db())))
    run = desk().run
    if run:
        run.wait(PROMPT)


def picture_words(run: Run | None) -> str:
    """In one sentence: what the last sync left of pictures; empty where it left nothing."""
    done = run.summary if run else None
    if done is None or not done.pictures_waiting:
        return ""
    why = f" {gettext(done.pictures_why)}" if done.pictures_why else ""
    waiting = done.pictures_waiting
    return (
        ngettext(
            "%(num)s picture waits for the next sync.",
            "%(num)s pictures wait for the next sync.",
            waiting,
        )
        + why
    )


def on_its_way() -> int:
    """How many of the changes that are only here a sync is sending now."""
    run = desk().run
    now = run.progress if run and run.going else None
    return max(now.to_send - now.sent, 0) if now else 0


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
    return _done(run.summary) if run.summary else _problem(run.problem)


def _done(done: Summary) -> str:
    decide = format_number(done.disputed + done.held)
    sent, fetched = format_number(done.sent), format_number(done.fetched)
    return WORDS.laptop("done", sent=sent, fetched=fetched, decide=decide)


def _problem(problem: Problem | None) -> str:
    if isinstance(problem, Revoked):
        return WORDS.laptop("revoked")
    if isinstance(problem, Paused):
        return WORDS.laptop("paused", states.pending(db()).only_here)
    if isinstance(problem, Unreachable):
        return _unreachable(problem)
    return gettext(problem.said) if problem else str(BROKEN_OFF)


def last_try(found: states.Whereabouts) -> str:
    """In one sentence: why the last try did not work; empty when it did."""
    if not found.failed_at:
        return ""
    why = _problem(Unreachable(found.why, network=found.network))
    return WORDS.laptop("last_try", when=WORDS.when(found.failed_at), why=why)


def last_problem(run: Run | None, found: states.Whereabouts) -> Problem | None:
    """Why the last try did not work; None when it did."""
    if run and run.problem:
        return run.problem
    return Unreachable(found.why, network=found.network) if found.failed_at else None


def is_silence(problem: Problem | None) -> bool:
    """Whether there is a network and no answer: the sentence for that names the next try."""
    return (
        isinstance(problem, Unreachable)
        and problem.details.get("network") is not False
        and problem.said == Unreachable.sentence
    )


def next_words() -> str:
    """In one sentence: when the laptop tries by itself."""
    if not is_automatic(db()):
        return WORDS.laptop("by_hand")
    following = automatic().next_try()
    return WORDS.laptop("next_try", time=WORDS.clock(following)[:5]) if following else ""


def is_automatic(store: Database) -> bool:
    """Whether this laptop syncs by itself."""
    return bool(facts.get(store, CHOICE, automatic().config.autosync))


def _going(run: Run) -> str:
    """Sending, with figures, as soon as there are any; fetching after it."""
    now = run.progress
    if now and now.waiting:
        return WORDS.laptop("waiting")
    if left := _lost(db()):
        return WORDS.laptop("restored", left)
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


def _lost(store: Database) -> int:
    """How much goes again because the registry was restored."""
    return states.pending(store).only_here if facts.get(store, "restored") else 0


def _left(run: Run, sent: int, to_send: int) -> str:
    minutes = round(run.seconds() * (to_send - sent) / max(sent, 1) / 60)
    if minutes < 1:
        return gettext("less than a minute")
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _unreachable(problem: Unreachable) -> str:
    if problem.details.get("network") is False:
        return WORDS.laptop("no_network")
    if not is_silence(problem):
        return gettext(problem.said)
    following = automatic().next_try()
    when = WORDS.clock(following)[:5] if following else gettext("when you press Send now")
    return WORDS.laptop("no_answer", when=when)
