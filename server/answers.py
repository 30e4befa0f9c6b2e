"""The one place where a problem becomes an answer: JSON for machines, a page for people.

Nobody else catches a Problem. A page says what happened, what was kept, what to do next, and a code
to quote. What may not be seen and what does not exist get the same bytes.
"""

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any
from urllib.parse import unquote_to_bytes

import sqlalchemy as sa
from flask import (
    Flask,
    Request,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from schema.problems import (
    BadValue,
    Clash,
    FormExpired,
    NotFound,
    NotSignedIn,
    Problem,
    TooLarge,
    TooOften,
)
from schema.said import Said
from server import logs

MACHINES = ("/api/", "/sync/", "/health/")
MOST_BODY = 2 * 1024 * 1024
MOST_FORM = 1024 * 1024
MOST_PARTS = 2000
RETRY_SOON = 5
# What a form can say beside its questions: may not, differs, cannot be stored.
FORM_SAYS = (403, 409, 422)
KEPT_HEADERS = ("Allow", "Retry-After")


class Unavailable(Problem):
    """The database does not answer, or is busier than it can bear."""

    code, status, sentence = "unavailable", 503, "The registry is too busy just now."


class Unexpected(Problem):
    """A fault of ours."""

    code, status, sentence = "unexpected", 500, "Something went wrong here. It has been noted."


class InMemory(Request):
    """A request whose files are never laid into a temporary file."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def init_app(app: Flask) -> None:
    """Answer every problem here, and refuse what no database could hold."""
    app.request_class = InMemory
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BODY, MAX_FORM_MEMORY_SIZE=MOST_FORM, MAX_FORM_PARTS=MOST_PARTS
    )
    app.before_request(refuse_unstorable)
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(sa.exc.OperationalError, _database)
    app.register_error_handler(sa.exc.TimeoutError, _database)
    app.register_error_handler(Exception, _unexpected)


def for_machine() -> bool:
    """Whether the asker reads JSON and not pages."""
    if request.path.startswith(MACHINES):
        return True
    return request.accept_mimetypes.best == "application/json"


def form_again(draw: Callable[[dict[str, list[str]]], str]) -> None:
    """How this view draws its form again, given sentences by field ("" for the whole form).

    A view says so before it acts, and catches nothing: when the act is refused, the person gets their
    form back as they typed it, with what is wrong beside it.
    """
    g.form_again = draw


def refuse_unstorable() -> None:
    """Refuse a NUL or a broken character in the address or in a form, wherever it would end up."""
    if not (_is_utf8() and all(map(_storable, _texts()))):
        raise BadValue("This holds a character that cannot be stored.")


_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def _has_form() -> bool:
    """Whether there is a form that may be read before it is known who sends it: none that carries a file."""
    if request.path.startswith(MACHINES) or request.mimetype not in _FORMS:
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return not getattr(view, "most_body", 0)


def _is_utf8() -> bool:
    """Whether the address and a form are UTF-8. Werkzeug would put other signs where they are not."""
    form = request.get_data() if _has_form() and request.mimetype == _FORMS[0] else b""
    try:
        request.environ.get("PATH_INFO", "").encode("latin-1").decode()
        unquote_to_bytes(request.query_string + b"&" + form).decode()
    except UnicodeDecodeError:
        return False
    return True


def _texts() -> Iterator[str]:
    """The address, and all names and answers."""
    yield request.path
    for form in (request.args, request.form) if _has_form() else (request.args,):
        for name, answer in form.items(multi=True):
            yield from (name, answer)


def _storable(text: str) -> bool:
    return not any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in text)


def _problem(problem: Problem) -> AnyResponse:
    if isinstance(problem, NotSignedIn) and not for_machine():
        # The path alone: what was searched for stays out of the next address.
        back = request.path if request.method == "GET" and request.path != "/" else None
        return redirect(url_for("security.login", next=back))
    return _answer(problem, _headers(problem))


def _http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    if isinstance(error, InternalServerError) and error.original_exception:
        return _unexpected(error.original_exception)
    if isinstance(error, SecurityError):
        # A host that is not ours: there is no address that a page could name.
        return Response("This host is not answered here.\n", 400, content_type="text/plain")
    kept = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
    return _answer(_as_problem(error), kept)


def _database(error: Exception) -> AnyResponse:
    logs.failed(error)
    return _answer(Unavailable(), {"Retry-After": str(RETRY_SOON)})


def _unexpected(error: BaseException) -> AnyResponse:
    logs.failed(error)
    return _answer(Unexpected(incident=g.get("request_id", "")), {})


def _headers(problem: Problem) -> dict[str, str]:
    if isinstance(problem, TooOften):
        return {"Retry-After": str(problem.details.get("retry_after", RETRY_SOON))}
    return {"WWW-Authenticate": "Bearer"} if problem.status == HTTPStatus.UNAUTHORIZED else {}


def _as_problem(error: HTTPException) -> Problem:
    if isinstance(error, CSRFError):
        return FormExpired()
    if error.code == HTTPStatus.NOT_FOUND:
        return NotFound()
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return TooLarge()
    status = HTTPStatus(error.code or 500)
    problem = Problem(f"{status.phrase}.")
    problem.code, problem.status = status.phrase.lower().replace(" ", "-"), int(status)
    fields = getattr(error, "data", {}).get("messages")
    problem.details = {"fields": fields} if fields else {}
    return problem


def _answer(problem: Problem, headers: dict[str, str]) -> AnyResponse:
    if isinstance(problem, NotFound):
        # Not its own sentence: that would tell what is hidden from what is not there.
        problem = NotFound()
    if for_machine():
        body = jsonify(_worded(problem.as_dict()))
    elif "form_again" in g and problem.status in FORM_SAYS:
        return _drawn_again(problem)
    else:
        body = Response(render_template("problem.html", problem=problem, next_step=_next(problem)))
    body.status_code = problem.status
    body.headers.update(headers)
    return body


def _drawn_again(problem: Problem) -> AnyResponse:
    """The form as it was typed. What it is about may be gone, or its proof missing: then that is said."""
    draw = g.pop("form_again")
    try:
        return Response(draw(_by_field(problem)), status=problem.status)
    except Problem as other:
        return _problem(other)


def _worded(said: Any) -> Any:
    """The same with its sentences in the reader's language."""
    if isinstance(said, Said):
        return said.into(gettext)
    if isinstance(said, Mapping):
        return {name: _worded(value) for name, value in said.items()}
    return [_worded(one) for one in said] if isinstance(said, list | tuple) else said


def _by_field(problem: Problem) -> dict[str, list[str]]:
    """The sentences of a problem by the field that each is about."""
    if "fields" in problem.details:
        return dict(problem.details["fields"])
    candidates = [label for _id, label in problem.details.get("candidates", ())]
    return {problem.details.get("field", ""): [problem.said, *candidates]}


def _next(problem: Problem) -> str:
    """What to do now, by what happened."""
    if isinstance(problem, Clash | TooOften | FormExpired):
        return gettext("Go back in your browser: what you typed is still in the form.")
    if isinstance(problem, NotFound):
        return gettext("Check the address, or begin at the start page.")
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return gettext("Try again in a minute. If it stays, tell the administrator the code below.")
    return gettext("Go back in your browser, correct it and send it again.")
