"""The link between a laptop and the registry: the laptop's own requests, routed into the registry's WSGI.

What a link does to a request is decided here and nowhere else: cut on the way up or down after so many
bytes, answered and the answer lost, delivered twice, delivered again much later.
"""

import io
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from schema.encodings import IDENTITY, unpacked

URL = "http://127.0.0.1:7"
GOOD, CUT_UP, CUT_DOWN, LOST, TWICE, LATE = "good", "cut-up", "cut-down", "lost", "twice", "late"
FAULTS = (CUT_UP, CUT_DOWN, LOST, TWICE, LATE)
Wsgi = Callable[..., Any]


class Request(NamedTuple):
    """A request as it left the laptop."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def brings(self) -> bool:
        """Whether Units are in it."""
        if (self.method, self.path) != ("POST", "/sync/1"):
            return False
        return b'\n["OPS"' in text_of(self.body, self.headers["Content-Encoding"])


class Answer(NamedTuple):
    """What the registry said: status, headers, body as it stands on the wire."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> bytes:
        """The body without its compression; as much of it as there is."""
        return text_of(self.body, self.headers.get("Content-Encoding", IDENTITY))


def text_of(body: bytes, encoding: str) -> bytes:
    """What a body says, as far as it has come."""
    return b"".join(unpacked(iter([body]), encoding))


@dataclass
class Weather:
    """What happens to the next requests of a laptop. at: which of them; share: how much of it gets through.

    clean: a cut looks like the end of the body and not like a broken connection.
    """

    fault: str = GOOD
    at: int = 0
    share: float = 0.0
    clean: bool = False

    def next(self) -> str:
        """What happens to the request that leaves now."""
        self.at -= 1
        return self.fault if self.at == -1 else GOOD

    def part(self, body: bytes) -> bytes:
        """What gets through of a body: never the last of it."""
        return body[: min(int(len(body) * self.share), len(body) - 1)]


class WorkerLost(BaseException):
    """Ends what the registry does for a request, wherever it is: no handler answers it."""


class _Cut(io.BytesIO):
    """A stream that ends too early, with a broken connection."""

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        if not part:
            raise ConnectionResetError("the link broke")
        return part

    read1 = read


@dataclass
class Link(BaseAdapter):
    """The adapter that a laptop's session uses. heard: called with each whole answer of the registry."""

    wsgi: Wsgi
    heard: Callable[[Request, Answer], None]
    weather: Weather = field(default_factory=Weather)
    late: list[Request] = field(default_factory=list)
    delivered: list[Request] = field(default_factory=list)

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """What ``requests`` calls for each request."""
        body = request.body or b""
        assert isinstance(body, bytes)
        sent = Request(
            str(request.method), str(request.path_url), dict(request.headers.items()), body
        )
        try:
            answer = self._through(sent, self.weather.next())
        except WorkerLost:
            raise requests.exceptions.ConnectionError("the link broke") from None
        return HTTPAdapter().build_response(request, answer)

    def close(self) -> None:
        """Nothing is open."""

    def deliver(self, sent: Request) -> Answer:
        """A request reaches the registry whole."""
        answer = self._ask(sent, io.BytesIO(sent.body))
        self.delivered.append(sent)
        self.heard(sent, answer)
        return answer

    def _through(self, sent: Request, fault: str) -> urllib3.HTTPResponse:
        if fault == CUT_UP:
            self._cut_up(sent)
            raise requests.exceptions.ConnectionError("the link broke")
        answer = self.deliver(sent)
        if fault == LOST:
            raise requests.exceptions.ConnectionError("the link broke")
        if fault == TWICE:
            answer = self.deliver(sent)
        if fault == LATE:
            self.late.append(sent)
        return self._back(answer, fault)

    def _cut_up(self, sent: Request) -> None:
        part = self.weather.part(sent.body)
        clean = self.weather.clean
        self._ask(sent, io.BytesIO(part) if clean else _Cut(part), ended=clean)

    def _back(self, answer: Answer, fault: str) -> urllib3.HTTPResponse:
        body: io.BytesIO = io.BytesIO(answer.body)
        if fault == CUT_DOWN:
            part = self.weather.part(answer.body)
            body = io.BytesIO(part) if self.weather.clean else _Cut(part)
        return urllib3.HTTPResponse(
            body, list(answer.headers.items()), answer.status, preload_content=False
        )

    def _ask(self, sent: Request, body: io.BytesIO, *, ended: bool = False) -> Answer:
        environ = EnvironBuilder(
            sent.path, URL, method=sent.method, headers=sent.headers, input_stream=body
        ).get_environ()
        environ["CONTENT_LENGTH"] = str(len(sent.body))
        if ended:
            environ["wsgi.input_terminated"] = True
        parts, status, headers = run_wsgi_app(self.wsgi, environ)
        with closing(parts):
            return Answer(int(status.split()[0]), headers, b"".join(parts))
