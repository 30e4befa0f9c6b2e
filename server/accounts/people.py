"""People who sign in: their accounts, and the record of who looked at whom.

What they may do is in ``grants``; how they sign in is in ``signin``. An account is never deleted,
it is disabled: history names it for ever.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask_security.utils import hash_password

from schema.ids import is_id, new_id
from schema.problems import Invalid, NotAllowed, NotFound
from server import acts, moments
from server.actor import Actor
from server.db import metadata

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
FEWEST_DIFFERENT = 5
# Long enough, and yet tried first: the words of this programme and of every list of leaked passwords.
KNOWN_TO_ALL = frozenset(
    {
        "ploughshare1",
        "ploughshare123",
        "ploughshare2026",
        "disarmament1",
        "demobilization",
        "demobilisation",
        "reintegration",
        "reintegration1",
        "administrator",
        "administrator1",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "123456789012",
        "1234567890123",
        "12345678901234",
        "123456789123456789",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopasdf",
        "qwertyuiopasdfghjkl",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "iloveyou1234",
        "letmein12345",
        "welcome12345",
        "abcdefghijkl",
        "abc123abc123",
        "changeme1234",
        "changemechangeme",
    }
)
DISPLAY = ("language", "theme")

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    sa.Column("email", sa.String(200), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("password", sa.String(200)),
    sa.Column("session_key", sa.String(64), nullable=False, unique=True),
    sa.Column("language", sa.String(8)),
    sa.Column("theme", sa.String(20)),
    moments.column("created_at"),
    moments.column("disabled_at", nullable=True),
)
read_audit = sa.Table(
    "read_audit",
    metadata,
    sa.Column("id", sa.Uuid(as_uuid=False), primary_key=True),
    moments.column("at"),
    sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
    sa.Column("noun", sa.String(40), nullable=False),
    sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=False),
    sa.Index("ix_read_audit_account_id_at", "account_id", "at"),
    sa.Index("ix_read_audit_record_id_at", "record_id", "at"),
)


def folded(email: str) -> str:
    """An address in its one written form, so that one person has one account."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def add_account(
    conn: sa.Connection, actor: Actor, email: str, name: str = "", password: str | None = None
) -> str:
    """Add somebody who may sign in; without a password only by laptop. The account's id."""
    _require_admin(actor, "create")
    address = _address(email)
    if _by_email(conn, address) is not None:
        said = "There is an account with this address."
        raise Invalid(said, fields={"email": [said]})
    account_id = new_id(moments.milliseconds())
    row = {
        "id": account_id,
        "email": address,
        "name": _name(name or address.partition("@")[0]),
        "password": None if password is None else hashed(password),
        "session_key": new_key(),
        "created_at": moments.moment(),
    }
    conn.execute(account.insert(), [row])
    _note(conn, actor, account_id, "added")
    return account_id


def set_password(conn: sa.Connection, actor: Actor, account_id: str, password: str) -> None:
    """Give a new first password; every session of the account ends."""
    _require_admin(actor, "change")
    _change(conn, account_id, password=hashed(password), session_key=new_key())
    _note(conn, actor, account_id, "given a password")


def disable(conn: sa.Connection, actor: Actor, account_id: str) -> None:
    """End all that the account may do on the server, from the next request on."""
    _require_admin(actor, "change")
    _change(conn, account_id, disabled_at=moments.moment(), session_key=new_key())
    _note(conn, actor, account_id, "disabled")


def enable(conn: sa.Connection, actor: Actor, account_id: str) -> None:
    """Let a disabled account sign in again; its grants are as they were."""
    _require_admin(actor, "change")
    if actor.account_id == account_id:
        raise NotAllowed("Nobody enables their own account.")
    _change(conn, account_id, disabled_at=None)
    _note(conn, actor, account_id, "enabled")


def choose(conn: sa.Connection, account_id: str, **display: str) -> None:
    """Keep how somebody wants pages shown: some of DISPLAY."""
    _change(conn, account_id, **display)


def replace_password(conn: sa.Connection, account_id: str, password: str, key: str) -> None:
    """Keep the hash and session key that signing in, or changing one's own password, made."""
    _change(conn, account_id, password=password, session_key=key)


def find(conn: sa.Connection, who: str) -> sa.RowMapping:
    """The account with this address or id. Raises NotFound."""
    row = _by_id(conn, who) if is_id(who) else _by_email(conn, folded(who))
    if row is None:
        raise NotFound("There is no such account.")
    return row


def seek(conn: sa.Connection, **by: str) -> sa.RowMapping | None:
    """The account with this one value of ``id``, ``email`` or ``session_key``, if there is one."""
    ((name, value),) = by.items()
    return conn.execute(sa.select(account).where(account.c[name] == value)).mappings().first()


def listed(conn: sa.Connection) -> Sequence[sa.RowMapping]:
    """All accounts by address, without what only signing in needs."""
    columns = [c for c in account.c if c.name not in ("password", "session_key")]
    return conn.execute(sa.select(*columns).order_by(account.c.email)).mappings().all()


def note_reads(conn: sa.Connection, account_id: str, noun: str, record_ids: Iterable[str]) -> None:
    """Keep that somebody looked at these records; on a connection of ``aside``."""
    at = moments.moment()
    rows = [
        {
            "id": new_id(moments.milliseconds()),
            "at": at,
            "account_id": account_id,
            "noun": noun,
            "record_id": record_id,
        }
        for record_id in record_ids
    ]
    if rows:
        conn.execute(read_audit.insert(), rows)


def hashed(password: str) -> str:
    """The argon2id hash of a password that is good enough. Raises Invalid."""
    if weak := weakness(password):
        raise Invalid(weak, fields={"password": [weak]})
    return str(hash_password(unicodedata.normalize("NFKD", password)))


def weakness(password: str) -> str:
    """What is wrong with a password, in a sentence; empty when it will do. No rule on its signs."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    if len(set(password)) < FEWEST_DIFFERENT or password.casefold() in KNOWN_TO_ALL:
        return "This password is among the first that somebody would try. Choose another."
    return ""


def new_key() -> str:
    """A new session key: whoever holds a session under the old one is signed out."""
    return new_id(moments.milliseconds())


def _require_admin(actor: Actor, verb: str) -> None:
    if not actor.sight.anywhere(verb, "admin"):
        raise NotAllowed("Accounts are the administrator's.")


def _note(conn: sa.Connection, actor: Actor, account_id: str, act: str) -> None:
    acts.record(conn, actor, "account", account_id, {"act": act})


def _change(conn: sa.Connection, account_id: str, **values: Any) -> None:
    changed = conn.execute(account.update().where(account.c.id == account_id).values(values))
    if not changed.rowcount:
        raise NotFound("There is no such account.")


def _by_email(conn: sa.Connection, address: str) -> sa.RowMapping | None:
    return seek(conn, email=address)


def _by_id(conn: sa.Connection, account_id: str) -> sa.RowMapping | None:
    return seek(conn, id=account_id)


def _address(email: str) -> str:
    address = folded(email)
    name, at, domain = address.rpartition("@")
    if not (name and at and domain) or len(address) > 200 or not address.isprintable():
        said = "This is not an address, as grace@example.org."
        raise Invalid(said, fields={"email": [said]})
    if any(character.isspace() for character in address):
        raise Invalid("An address has no spaces.", fields={"email": ["An address has no spaces."]})
    return address


def _name(name: str) -> str:
    said = "A name has 1 to 200 printable characters."
    if not 0 < len(name) <= 200 or not name.isprintable():
        raise Invalid(said, fields={"name": [said]})
    return name
