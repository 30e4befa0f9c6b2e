"""The cast's town on a server: people and weapons of two caseloads, and who looks at them how."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from schema.change import Change
from schema.judge import Judged
from schema.policy import Sight
from schema.record import Record
from server import accounts
from server.accounts import Place
from server.actor import SYSTEM
from server.db import db, reading, writing
from server.registry.paging import FIRST, Turn
from tests.schema.programme import CAST
from tests.server.cast import RegistryProgramme
from tests.server.desk import PASSWORD, Desk, Visitor, address

HIDDEN = re.compile(r'<input type="hidden" name="(_[a-z]+)" value="([^"]*)"')


def sight(who: str) -> Sight:
    """What somebody of the cast may do."""
    return Sight.of(CAST[who])


class Town:
    """A registry with the cast's two caseloads."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.programme = RegistryProgramme()

    def arrive(self, who: str, *changes: Change, **said: Any) -> Judged:
        """Judge and write what somebody's laptop sends."""
        with self.app.app_context():
            return self.programme.arrive(who, *changes, **said)

    def record(self, noun: str, record_id: str) -> Record:
        """A record as it stands, whoever may see it."""
        with self.app.app_context():
            return self.programme.rows[noun, record_id]

    def head(self) -> int:
        """The last number given."""
        with self.app.app_context():
            return self.programme.n

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A look into the registry."""
        with self.app.app_context(), reading() as conn:
            yield conn

    def signed_in(self, who: str) -> Visitor:
        """A browser with which somebody of the cast has signed in."""
        name, desk = who.capitalize(), Desk(self.app)
        with self.app.app_context(), writing() as conn:
            if accounts.seek(conn, email=address(name)) is None:
                account_id = accounts.add_account(conn, SYSTEM, address(name), name, PASSWORD)
                for grant in CAST[who]:
                    everywhere = grant.scope == "*"
                    place = accounts.ALL_PLACES if everywhere else Place("scope", grant.scope)
                    accounts.grant(conn, SYSTEM, account_id, grant.role, place)
        return desk.signed_in(name)

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements that are run meanwhile, of whichever connection."""
        said: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN")):
                said.append(statement)

        with self.app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden inputs of the form on a page."""
    return dict(HIDDEN.findall(page.text))


def send(visitor: Visitor, path: str, form: Mapping[str, Any]) -> TestResponse:
    """Open a form and send it back with these answers."""
    page = visitor.get(path)
    assert page.status_code == 200, page.status_code
    return visitor.post(path, **{**hidden(page), **form})


def after(record_id: str) -> Turn:
    """The page after this row."""
    return Turn(after=record_id)


__all__ = ["FIRST", "Town", "after", "hidden", "send", "sight"]
