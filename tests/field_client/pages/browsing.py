"""A browser without script: it keeps the cookie, sends each form's hidden inputs, follows answers."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

from flask import Flask
from werkzeug.test import TestResponse

from field_client.pages.guard import Gate

PORT = 5111
PASSPHRASE = "three quiet herons at dawn"


class Browser:
    """What one browser on the laptop sees. page: the last answer."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.base = f"http://127.0.0.1:{PORT}"
        self.page: TestResponse

    @property
    def gate(self) -> Gate:
        """The secrets of this start."""
        found: Gate = self.app.extensions["gate"]
        return found

    def start(self) -> "Browser":
        """Open the printed address."""
        self.get(self.gate.address.removeprefix(self.base))
        return self

    def unlock(self, passphrase: str = PASSPHRASE, officer: str = "awa") -> "Browser":
        """Type the passphrase."""
        self.get("/unlock")
        return self.post("/unlock", officer=officer, passphrase=passphrase)

    def get(self, path: str) -> "Browser":
        """Open an address and go where it leads."""
        return self._came(self.client.get(path, base_url=self.base, follow_redirects=True))

    def post(self, path: str, **typed: str) -> "Browser":
        """Send a form and go where it leads."""
        return self.send(path, typed)

    def send(self, path: str, typed: Mapping[str, str]) -> "Browser":
        """Send these fields with the token of our own pages."""
        form = {"csrf_token": self.gate.token, **typed}
        answer = self.client.post(path, data=form, base_url=self.base, follow_redirects=True)
        return self._came(answer)

    def submit(self, **typed: str) -> "Browser":
        """Send the main form of the page as it stands, with these answers in it."""
        return self.send(self.path, {**fields(self.html), **typed})

    def _came(self, answer: TestResponse) -> "Browser":
        self.page = answer
        self.body = answer.get_data(as_text=True)
        answer.close()
        return self

    @property
    def html(self) -> str:
        """The page's source."""
        return self.body

    @property
    def path(self) -> str:
        """Where the browser is."""
        return self.page.request.path

    @property
    def status(self) -> int:
        """The answer's status."""
        return self.page.status_code

    @property
    def text(self) -> str:
        """What a person reads, in one line."""
        main = self.html.partition("<main")[2]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")).split())

    @property
    def title(self) -> str:
        """The page's title."""
        return unescape(re.findall(r"<title>(.*?)</title>", self.html)[0])


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.where = self.tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name, kind = said.get("name", ""), said.get("type", "")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in said):
            self.found[name] = said.get("value", "")
        if tag in ("textarea", "select"):
            self.tag, self.where, self.found[name] = tag, name, ""
        if tag == "option" and "selected" in said:
            self.found[self.where] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag == "textarea":
            self.found[self.where] += data.removeprefix("\n")


def fields(html: str) -> dict[str, str]:
    """What the forms of the page's main part would send as they stand."""
    reader = _Fields()
    reader.feed(html.partition("<main")[2])
    return reader.found
