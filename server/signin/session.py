"""Sessions kept in the database: the cookie holds a random id and nothing else.

A visitor who has not signed in has an id and no row: the CSRF token follows from the id, so a page
that only shows a form writes nothing. Signing in and out change the id. Only the id's SHA-256 is
stored: whoever reads the table cannot use it.
"""

import hashlib
import hmac
import secrets
from typing import Any

import sqlalchemy as sa
from flask import Flask, Request, Response
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin

from server import moments
from server.config import settings
from server.db import aside, insert_new, metadata, reading

# Requests that have no use for a session, and must not pay for one.
WITHOUT = ("/look/", "/sync/", "/health/", "/metrics")
# What every request sets for itself; alone it is not worth a row.
PASSING = frozenset({"csrf_token", "fs_cc"})
TOUCH_AFTER_SECONDS = 60
ID_LENGTH = 43

session_table = sa.Table(
    "session",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("data", sa.Text, nullable=False),
    moments.column("seen_at"),
    moments.column("expires_at"),
    sa.Index("ix_session_expires_at", "expires_at"),
)
_json = TaggedJSONSerializer()


class StoredSession(dict[str, Any], SessionMixin):
    """What one visitor's session holds. ``given`` is the id that the browser has now."""

    def __init__(self, given: str, secret: str) -> None:
        super().__init__()
        self.given = given
        self.secret = secret
        self.shown = False
        self.stale = False
        self.was = ""
        self.left: list[str] = []
        self._take(given or secrets.token_urlsafe(32))

    def _take(self, sid: str) -> None:
        self.sid = sid
        token = hmac.new(self.secret.encode(), f"csrf {sid}".encode(), hashlib.sha256)
        self["csrf_token"] = token.hexdigest()

    def __getitem__(self, key: str) -> Any:
        """A form that shows the CSRF token needs the visitor to have the id it follows from."""
        self.shown = self.shown or key == "csrf_token"
        return super().__getitem__(key)

    def load(self, data: str) -> None:
        """Fill in what is stored under this id."""
        self.was = data
        self.update(_json.loads(data))

    def renew(self) -> None:
        """Go on under a new id: whoever knew the old one has nothing."""
        self.left.append(self.sid)
        self.was = ""
        self._take(secrets.token_urlsafe(32))

    def end(self) -> None:
        """Forget all, and go on under a new id."""
        self.clear()
        self.renew()

    def kept(self) -> str:
        """What is worth a row, as it is stored; empty when nothing is."""
        data = {name: value for name, value in self.items() if name not in PASSING}
        return _json.dumps(data) if data else ""


class StoredSessions(SessionInterface):
    """Makes a session when a request begins and writes it when its answer is made."""

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """The visitor's session, still empty: ``fill`` reads it where a fault can be answered."""
        sid = request.cookies.get(app.config["SESSION_COOKIE_NAME"], "")
        if request.path.startswith(WITHOUT) or len(sid) != ID_LENGTH or not sid.isascii():
            return StoredSession("", str(app.secret_key))
        return StoredSession(sid, str(app.secret_key))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed, and give the visitor the id where it is new."""
        if not isinstance(session, StoredSession) or self._is_without(session):
            return
        data = session.kept()
        if session.left or data != session.was or (data and session.stale):
            _store(session, data)
        response.vary.add("Cookie")
        if session.sid != session.given and (session.given or session.shown or data):
            response.set_cookie(
                app.config["SESSION_COOKIE_NAME"],
                session.sid,
                path="/",
                httponly=True,
                secure=settings().https,
                samesite="Lax",
            )

    @staticmethod
    def _is_without(session: StoredSession) -> bool:
        return not (session.given or session.shown or session.left or session.kept())


def fill(session: StoredSession) -> None:
    """Load the row of this id, unless it is too old or has idled too long."""
    if not session.given:
        return
    with reading() as conn:
        query = sa.select(session_table).where(session_table.c.id == _hash(session.sid))
        row = conn.execute(query).first()
    if row is None or row.expires_at <= moments.moment():
        return
    idle = moments.age(row.seen_at)
    if idle < settings().session_idle:
        session.load(row.data)
        session.stale = idle.total_seconds() > TOUCH_AFTER_SECONDS


def _store(session: StoredSession, data: str) -> None:
    """Write the row, or take it away. A row that another request ended meanwhile stays ended."""
    t = session_table.c
    now = moments.moment()
    with aside() as conn:
        if session.left:
            ended = sa.or_(t.expires_at <= now, t.id.in_([_hash(sid) for sid in session.left]))
            conn.execute(session_table.delete().where(ended))
        mine = t.id == _hash(session.sid)
        if not data:
            conn.execute(session_table.delete().where(mine))
        elif session.was:
            conn.execute(session_table.update().where(mine).values(data=data, seen_at=now))
        else:
            life = moments.moment(settings().session_life)
            row = {"id": _hash(session.sid), "data": data, "seen_at": now, "expires_at": life}
            insert_new(conn, session_table, [row])


def _hash(sid: str) -> str:
    return hashlib.sha256(sid.encode()).hexdigest()
