"""The one place where a problem becomes a page: what happened, what was kept, what to do, the code."""

import sys
import traceback
from http import HTTPStatus

from flask import Flask, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from field_client.cipher import DriverError, of_the_file
from schema.problems import (
    AlreadySettled,
    FormExpired,
    NotFound,
    NotSignedIn,
    Problem,
    TooLarge,
)

Answer = Response | tuple[str, int]


class Unexpected(Problem):
    """A fault of ours."""

    code, status, sentence = "unexpected", 500, "Something went wrong in this program."


class StoreFault(Problem):
    """The store could not be read or written: a full or a broken disk."""

    code, status, sentence = "store", 500, "The store on this laptop could not be read or written."


def init_app(app: Flask) -> None:
    """Answer every problem here."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DriverError, _store)
    app.register_error_handler(Exception, _unexpected)


def _problem(problem: Problem) -> Answer:
    if isinstance(problem, NotSignedIn):
        return redirect(url_for("unlock.ask"), HTTPStatus.SEE_OTHER)
    if isinstance(problem, NotFound):
        # Not its own sentence: that would tell what is hidden from what is not there.
        problem = NotFound()
    page = render_template("problem.html", problem=problem, what_to_do=_what_to_do(problem))
    return page, problem.status


def _http(error: HTTPException) -> Answer | HTTPException:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    if error.code == HTTPStatus.NOT_FOUND:
        return _problem(NotFound())
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _problem(TooLarge("This is more than one page may send."))
    status = HTTPStatus(error.code)
    problem = Problem()
    problem.code, problem.status = status.phrase.lower().replace(" ", "-"), int(status)
    return _problem(problem)


def _store(error: DriverError) -> Answer:
    _note(error)
    g.bare = True
    return _problem(of_the_file(error) or StoreFault())


def _unexpected(error: Exception) -> Answer:
    _note(error)
    g.bare = True
    return _problem(Unexpected())


def _note(error: Exception) -> None:
    """Where it happened, for whoever mends it; not the message, which may name somebody."""
    places = "".join(traceback.format_tb(error.__traceback__))
    sys.stderr.write(f"{type(error).__name__}\n{places}")


def _what_to_do(problem: Problem) -> str:
    if isinstance(problem, NotFound):
        return gettext("Check the address, or find the person by name.")
    if isinstance(problem, AlreadySettled):
        return gettext("Open the list of disputes: this one has left it.")
    if isinstance(problem, FormExpired):
        return gettext("Go back in your browser, reload the page and send it again.")
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return gettext("Try again. If it stays, start the program again and tell the code below.")
    return gettext("Go back in your browser, correct it and send it again.")
