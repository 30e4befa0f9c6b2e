"""Somebody who goes through the questions of the matrix, and what is wrong with an answer they get."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.test import TestResponse

from tests.server.askings import Asking
from tests.server.desk import PASSWORD, TOKEN, Visitor
from tests.server.province import Province
from tests.server.wanted import ABSENT, YES

# With the right, an unfilled form is answered with what is missing; it is not a no.
ANSWERS = {"GET": (200, 302), "POST": (200, 302, 400, 409, 422)}
# Who sees it and may not change it is told so, or first that the form is not filled.
REFUSALS = {True: (403, 404), False: (400, 403, 404, 422)}
UNKNOWN = "/no-such-page"
MACHINES = ("/api/", "/sync/")
OPEN = {
    ("GET", "frame.look"): (200,),
    ("GET", "health.live"): (200,),
    ("GET", "health.ready"): (200,),
    ("GET", "health.metrics"): (200,),
    ("GET", "security.login"): (200,),
    ("POST", "security.login"): (200, 400),
    ("POST", "frame.display"): (302,),
    ("POST", "enrolment.enrol"): (400,),
}


@dataclass
class Reader:
    """Somebody with one role who goes through the questions."""

    province: Province
    name: str
    visitor: Visitor
    token: str = ""
    absent: dict[tuple[str, str], str] = field(default_factory=dict)
    pages: dict[str, TestResponse] = field(default_factory=dict)

    def page(self, path: str) -> TestResponse:
        """A page, as it was when it was first opened."""
        if path not in self.pages:
            self.pages[path] = self.ask("GET", path)
        return self.pages[path]

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> TestResponse:
        """Make one request, as from a machine of one's own."""
        said = None if method == "GET" else {"csrf_token": self.token, **(form or {})}
        here = {"REMOTE_ADDR": f"127.0.1.{1 + len(self.name)}"}
        return self.visitor.client.open(
            path, method=method, data=said, environ_overrides=here, buffered=True
        )

    def shown(self, method: str, path: str, form: Mapping[str, str] | None = None) -> str:
        """An answer without what differs from one request to the next."""
        answer = self.ask(method, path, form)
        body = TOKEN.sub("", read(answer)).replace(path, "")
        names = sorted({name for name, _ in answer.headers} - {"Set-Cookie"})
        return f"{answer.status_code} {answer.content_type} {names}\n{body}"

    def nothing(self, method: str, like: str, form: Mapping[str, str] | None = None) -> str:
        """The answer about what does not exist."""
        key = (method + str(bool(form)), like)
        if key not in self.absent:
            self.absent[key] = self.shown(method, like, form)
        return self.absent[key]


def read(answer: TestResponse) -> str:
    """What an answer says, a picture's bytes too."""
    return answer.get_data().decode(errors="replace")


def signed_in(province: Province, name: str) -> Reader:
    """Somebody who has signed in."""
    made = Reader(province, name, Visitor(province.app.test_client()))
    made.token = made.visitor.token()
    form = {"email": f"{name}@example.org", "password": PASSWORD}
    assert made.ask("POST", "/login", form).status_code == 302
    made.token = made.visitor.token()
    return made


def wrong(reader: Reader, one: Asking, form: Mapping[str, str] | None = None) -> str:
    """What is wrong with an answer; empty when it is as the policy wants it."""
    wanted = one.wants(reader.province.sight(reader.name))
    if wanted == ABSENT:
        shown = reader.shown(one.method, one.path, form)
        likes = (UNKNOWN, one.like)
        same = any(shown == reader.nothing(one.method, like, form) for like in likes)
        return (
            ""
            if same and shown.startswith("404")
            else f"{one.what} is not answered as what does not exist: {shown[:200]}"
        )
    looks = one.method == "GET"
    answer = reader.page(one.path) if looks else reader.ask(one.method, one.path, form)
    if wanted == YES:
        told = answer.status_code in ANSWERS[one.method] and not to_sign_in(answer)
        return "" if told else f"{one.what} is for them, and says {answer.status_code}"
    return (
        ""
        if answer.status_code in REFUSALS[bool(form)]
        else f"{one.what} says {answer.status_code}"
    )


def to_sign_in(answer: TestResponse) -> bool:
    """Whether this sends somebody to sign in."""
    return answer.status_code == 302 and answer.location.startswith("/login")


def unanswered(reader: Reader, one: Asking) -> str:
    """What is wrong with the answer to somebody who is not signed in; empty when nothing is."""
    answer = reader.ask(one.method, one.path)
    if allowed := OPEN.get((one.method, one.endpoint)):
        return "" if answer.status_code in allowed else f"{one.what} says {answer.status_code}"
    if one.path.startswith(MACHINES):
        return "" if answer.status_code == 401 else f"{one.what} says {answer.status_code}"
    return "" if to_sign_in(answer) else f"{one.what} says {answer.status_code}"
