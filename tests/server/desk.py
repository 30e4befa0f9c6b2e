"""People at the web UI: accounts for the cast, and browsers that hold cookies and post forms."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing

PASSWORD = "five rivers meet here"
ROLES = {
    "Awa": "field-officer",
    "Bakary": "field-officer",
    "Celine": "programme-manager",
    "Dario": "donor",
    "Esther": "child-protection",
    "Faraj": "storekeeper",
    "Grace": "administrator",
    "Hawa": "verification-officer",
    "Ines": "verification-officer",
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def address(name: str) -> str:
    """The address somebody of the cast signs in with."""
    return f"{name.lower()}@example.org"


def bearer(token: str) -> dict[str, str]:
    """The header by which a laptop says who it is."""
    return {"Authorization": f"Bearer {token}"}


class Visitor:
    """One browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, buffered=True, **kwargs)

    def token(self) -> str:
        """The proof that a form was shown to this browser: every page with a frame has one."""
        found = TOKEN.search(self.client.get("/no-such-page").text)
        assert found is not None
        return found[1]

    def post(self, path: str, /, **form: Any) -> TestResponse:
        """Send a form as its page would."""
        return self.client.post(path, data={"csrf_token": self.token(), **form})

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Try to sign in."""
        return self.post("/login", email=address(name), password=password)

    def cookie(self) -> str | None:
        """The session's id as the browser holds it."""
        held = self.client.get_cookie("session")
        return held.value if held else None


class Desk:
    """Makes accounts and browsers for one server."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def add(self, name: str, place: Place = accounts.ALL_PLACES, role: str | None = None) -> str:
        """Somebody of the cast with their role over a place; the account's id."""
        with self.app.app_context(), writing() as conn:
            account_id = accounts.add_account(conn, SYSTEM, address(name), name, PASSWORD)
            accounts.grant(conn, SYSTEM, account_id, role or ROLES[name], place)
        return account_id

    def visitor(self) -> Visitor:
        """A browser that nobody has signed in with."""
        return Visitor(self.app.test_client())

    def signed_in(self, name: str) -> Visitor:
        """A browser with which somebody has signed in; their account is made when it is missing."""
        with self.app.app_context(), writing() as conn:
            known = accounts.seek(conn, email=address(name))
        if known is None:
            self.add(name)
        visitor = self.visitor()
        assert visitor.sign_in(name).status_code == 302
        return visitor
