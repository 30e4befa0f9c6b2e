"""Who may talk to this program: the one browser that opened the address it printed.

The address carries a ticket that works once (a browser's command line can be read by others on the
machine). It buys a cookie that no other site can send and no script can read. Every request shows the
cookie, names this machine as its host (a name on the internet may be made to point here), and every
post carries a token that only our own pages know.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import IO

from flask import Blueprint, Flask, Request, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from field_client.pages.desk import desk
from schema.headers import ALWAYS
from schema.problems import FormExpired, Problem

MOST_BODY = 2 * 1024 * 1024
MOST_FORM = 1024 * 1024
# What a page takes that is sent more than a form: a picture.
LARGER = dict.fromkeys(("photos.add", "register_photo.answer"), 26 * 1024 * 1024)

bp = Blueprint("guard", __name__)


class WrongHost(Problem):
    """The request was meant for another name than this machine's own."""

    code, status, sentence = "wrong-host", 421, "This program answers at 127.0.0.1 only."


class NotThisBrowser(Problem):
    """The request comes from a browser that has not opened the printed address."""

    code, status, sentence = (
        "not-this-browser",
        403,
        "Open the address that ddr-field serve printed last. Each address opens one browser, once.",
    )


@dataclass
class Gate:
    """The secrets of one start. announce: is told the next address whenever one was used."""

    port: int
    announce: Callable[[str], None]
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def cookie_name(self) -> str:
        """Cookies do not tell ports apart: a second laptop's program has its own name."""
        return f"ploughshare-field-{self.port}"

    @property
    def hosts(self) -> tuple[str, str]:
        """The only names this program answers to."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    @property
    def address(self) -> str:
        """What is printed, to be opened once."""
        return f"http://{self.hosts[0]}/start/{self.ticket}"

    def spend(self, ticket: str) -> bool:
        """Whether this is the ticket; the next one is announced, and the browser before is out."""
        if not hmac.compare_digest(ticket.encode(), self.ticket.encode()):
            return False
        self.ticket, self.cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self.announce(self.address)
        return True


class InMemory(Request):
    """A request whose files are never laid in clear into a temporary file."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def init_app(app: Flask, gate: Gate) -> None:
    """Stand before every page of this app."""
    app.request_class = InMemory
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BODY, MAX_FORM_MEMORY_SIZE=MOST_FORM, MAX_FORM_PARTS=2000
    )
    app.extensions["gate"] = gate
    app.before_request(admit)
    app.after_request(harden)
    app.jinja_env.globals["csrf_token"] = lambda: gate.token
    app.register_error_handler(WrongHost, _plainly)
    app.register_error_handler(NotThisBrowser, _plainly)
    app.register_blueprint(bp)


def gate() -> Gate:
    """The gate of this app."""
    found: Gate = current_app.extensions["gate"]
    return found


def admit() -> None:
    """Let only our own browser in, and only posts of our own pages."""
    if request.host not in gate().hosts:
        raise WrongHost
    if request.endpoint == "guard.start":
        return
    if not _known():
        raise NotThisBrowser
    if request.method not in ("GET", "HEAD"):
        request.max_content_length = LARGER.get(request.endpoint or "", MOST_BODY)
        token = request.form.get("csrf_token", "")
        if not hmac.compare_digest(token.encode(), gate().token.encode()):
            raise FormExpired


@bp.get("/start/<ticket>")
def start(ticket: str) -> AnyResponse:
    """Trade the printed address for the cookie; whoever comes with it begins at the door."""
    response = redirect("/", HTTPStatus.SEE_OTHER)
    if _known():
        return response
    if not gate().spend(ticket):
        raise NotThisBrowser
    desk().lock()
    response.set_cookie(gate().cookie_name, gate().cookie, httponly=True, samesite="Strict")
    return response


def harden(response: Response) -> Response:
    """Tell the browser what to refuse, and to keep nothing that shows a person."""
    response.headers.update(ALWAYS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _known() -> bool:
    shown = request.cookies.get(gate().cookie_name, "")
    return hmac.compare_digest(shown.encode(), gate().cookie.encode())


def _plainly(problem: Problem) -> tuple[str, int, dict[str, str]]:
    """Who is not let in gets a sentence and none of our pages."""
    return f"{problem.said}\n", problem.status, {"Content-Type": "text/plain; charset=utf-8"}
