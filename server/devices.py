"""Laptops: how one is enrolled for one officer, known again by its token, revoked, and wiped.

A device is one enrolment of one officer on one laptop. The token is 256 random bits and only its
SHA-256 is kept. The account behind it may be disabled and the device still hand in what it holds;
a revoked device may not. One that is to be wiped is told so at its next request, and says when it is
done; until then nobody knows whether it is.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from schema.ids import ALPHABET, is_id, new_id
from schema.problems import Invalid, NotAllowed, NotFound, NotSignedIn, Revoked, WrongCode
from server import accounts, acts, moments, sealing, signing
from server.accounts.people import account
from server.actor import Actor
from server.db import metadata

CODE_LENGTH = 12
CODE_LIFE = timedelta(hours=24)
_ID = sa.Uuid(as_uuid=False)
_HASH = sa.String(64)

device = sa.Table(
    "device",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("account_id", _ID, sa.ForeignKey(account.c.id), nullable=False, index=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("token_hash", _HASH, nullable=False, unique=True),
    sa.Column("public_key", sa.String(64), nullable=False),
    moments.column("enrolled_at"),
    moments.column("revoked_at", nullable=True),
    sa.Column("revoked_reason", sa.String(500)),
    moments.column("wipe_asked_at", nullable=True),
    moments.column("wiped_at", nullable=True),
    moments.column("last_seen_at", nullable=True),
    sa.Column("app_version", sa.String(40)),
)
enrol_code = sa.Table(
    "enrol_code",
    metadata,
    sa.Column("hash", _HASH, primary_key=True),
    sa.Column("account_id", _ID, sa.ForeignKey(account.c.id), nullable=False),
    sa.Column("made_by", _ID, nullable=False),
    moments.column("expires_at"),
    moments.column("used_at", nullable=True),
)


@dataclass(frozen=True)
class Enrolled:
    """What a new device is told once: who it is, for whom, its token, whom it seals to, who signs."""

    device_id: str
    token: str
    recipient: str
    signer: str
    account_id: str
    account_name: str


def make_code(conn: sa.Connection, actor: Actor, who: str) -> str:
    """A one-time code by which this account's holder enrols a laptop within a day."""
    _require_admin(actor, "create")
    person = accounts.find(conn, who)
    if person["disabled_at"] is not None:
        raise NotAllowed("This account is disabled.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row = {
        "hash": _hash(code),
        "account_id": person["id"],
        "made_by": actor.account_id,
        "expires_at": moments.moment(CODE_LIFE),
    }
    conn.execute(enrol_code.insert(), [row])
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def enrol(conn: sa.Connection, code: str, name: str, public_key: str) -> Enrolled:
    """Make a device of the laptop that shows this code. Raises WrongCode, Invalid."""
    _check_laptop(name, public_key)
    person = accounts.find(conn, _use(conn, code))
    if person["disabled_at"] is not None:
        raise WrongCode
    token = secrets.token_urlsafe(32)
    device_id = new_id(moments.milliseconds())
    row = {
        "id": device_id,
        "account_id": person["id"],
        "name": name,
        "token_hash": _hash(token),
        "public_key": public_key,
        "enrolled_at": moments.moment(),
    }
    conn.execute(device.insert(), [row])
    actor = Actor(person["id"], person["name"], accounts.sight_of(conn, person["id"]))
    acts.record(conn, actor, "device", device_id, {"act": "enrolled"})
    keys = (sealing.recipient(), signing.signer())
    return Enrolled(device_id, token, *keys, person["id"], person["name"])


def public_keys(conn: sa.Connection) -> list[str]:
    """The keys of all laptops there ever were: what one signed stays signed."""
    return list(conn.execute(sa.select(device.c.public_key)).scalars())


def by_token(conn: sa.Connection, token: str) -> sa.RowMapping:
    """The device with this token, with ``account_name`` and ``account_disabled_at`` of its holder.

    Raises NotSignedIn when no device has it, Revoked when it may no longer be used; its details say
    ``wipe`` when it is to wipe itself.
    """
    row = _of_token(conn, token)
    if row["wipe_asked_at"] is not None:
        raise Revoked(wipe=True)
    if row["revoked_at"] is not None:
        raise Revoked
    return row


def with_holder(conn: sa.Connection, device_id: str) -> sa.RowMapping | None:
    """The laptop with this id, revoked or not, with what ``by_token`` tells of its holder."""
    query = _held().where(device.c.id == device_id)
    return conn.execute(query).mappings().first() if is_id(device_id) else None


def require_seal_key(conn: sa.Connection) -> None:
    """Raises KeyMissing when laptops are in use and the key that they seal to is not here."""
    used = sa.select(device.c.id).where(device.c.revoked_at.is_(None)).limit(1)
    if not sealing.is_kept() and conn.execute(used).first():
        raise sealing.KeyMissing


def is_revoked(conn: sa.Connection, device_id: str) -> bool:
    """Whether this laptop may no longer be used."""
    query = sa.select(device.c.revoked_at).where(device.c.id == device_id)
    return conn.execute(query).scalar() is not None


def wiped(conn: sa.Connection, token: str) -> None:
    """The laptop with this token says that it has wiped itself. Raises NotAllowed when nobody asked."""
    row = _of_token(conn, token)
    if row["wipe_asked_at"] is None:
        raise NotAllowed("Nobody has asked this laptop to wipe itself.")
    if row["wiped_at"] is None:
        values = {"wiped_at": moments.moment()}
        conn.execute(device.update().where(device.c.id == row["id"]).values(values))
        sight = accounts.sight_of(conn, row["account_id"])
        holder = Actor(row["account_id"], row["account_name"], sight)
        acts.record(conn, holder, "device", row["id"], {"act": "wiped"})


def _of_token(conn: sa.Connection, token: str) -> sa.RowMapping:
    row = conn.execute(_BY_TOKEN, {"hashed": _hash(token)}).mappings().first()
    if row is None:
        raise NotSignedIn("This laptop is not known here.")
    return row


def _held() -> sa.Select[Any]:
    return sa.select(
        device,
        account.c.name.label("account_name"),
        account.c.disabled_at.label("account_disabled_at"),
    ).join(account, account.c.id == device.c.account_id)


_BY_TOKEN = _held().where(device.c.token_hash == sa.bindparam("hashed"))


def lock(conn: sa.Connection, device_id: str) -> None:
    """One request of a device at a time: a second one waits here until the first has committed."""
    conn.execute(_LOCK, {"one": device_id}).one()


_MINE = device.c.id == sa.bindparam("one")
_LOCK = sa.select(device.c.id).where(_MINE).with_for_update(key_share=True)


def holder(conn: sa.Connection, device_id: str) -> str:
    """The name of the officer whose laptop this is; empty when there is no such laptop."""
    query = sa.select(account.c.name).join(device, device.c.account_id == account.c.id)
    return conn.execute(query.where(device.c.id == device_id)).scalar() or ""


def seen(conn: sa.Connection, device_id: str, app_version: str) -> None:
    """Keep when a device was last heard of, and with which version."""
    said = {"one": device_id, "moment": moments.moment(), "version": app_version[:40]}
    conn.execute(_SEEN, said)


_SEEN = (
    device.update()
    .where(_MINE)
    .values(last_seen_at=sa.bindparam("moment"), app_version=sa.bindparam("version"))
)


def revoke(conn: sa.Connection, actor: Actor, device_id: str, reason: str) -> None:
    """Refuse this device from its next request on; revoking it twice changes nothing."""
    _require_admin(actor, "change")
    if not reason.strip() or len(reason) > 500:
        raise Invalid("Say why, in at most 500 characters.", fields={"reason": ["Say why."]})
    if find(conn, device_id)["revoked_at"] is None:
        values = {"revoked_at": moments.moment(), "revoked_reason": reason}
        conn.execute(device.update().where(device.c.id == device_id).values(values))
        acts.record(conn, actor, "device", device_id, {"act": "revoked", "reason": reason})


def wipe(conn: sa.Connection, actor: Actor, device_id: str, reason: str) -> None:
    """Revoke this device and ask it to wipe itself when it is next in contact."""
    revoke(conn, actor, device_id, reason)
    if find(conn, device_id)["wipe_asked_at"] is None:
        values = {"wipe_asked_at": moments.moment()}
        conn.execute(device.update().where(device.c.id == device_id).values(values))
        acts.record(conn, actor, "device", device_id, {"act": "wipe asked", "reason": reason})


def find(conn: sa.Connection, device_id: str) -> sa.RowMapping:
    """The laptop with this id. Raises NotFound."""
    query = sa.select(device).where(device.c.id == device_id)
    row = conn.execute(query).mappings().first() if is_id(device_id) else None
    if row is None:
        raise NotFound("There is no such laptop.")
    return row


def listed(conn: sa.Connection) -> Sequence[sa.RowMapping]:
    """All laptops with their holder's address and name, those silent for longest first."""
    columns = [c for c in device.c if c.name not in ("token_hash", "public_key")]
    query = sa.select(*columns, account.c.email, account.c.name.label("account_name"))
    heard = sa.func.coalesce(device.c.last_seen_at, device.c.enrolled_at)
    joined = query.join(account, account.c.id == device.c.account_id)
    return conn.execute(joined.order_by(heard, device.c.id)).mappings().all()


def _use(conn: sa.Connection, code: str) -> str:
    """Spend the code; the account it was made for. One statement: two cannot both spend it."""
    typed = code.upper().replace("-", "").replace(" ", "")
    plain = typed.replace("O", "0").replace("I", "1").replace("L", "1")
    now = moments.moment()
    spent = (
        enrol_code.update()
        .where(
            enrol_code.c.hash == _hash(plain),
            enrol_code.c.used_at.is_(None),
            enrol_code.c.expires_at > now,
        )
        .values(used_at=now)
        .returning(enrol_code.c.account_id)
    )
    account_id = conn.execute(spent).scalar()
    if account_id is None:
        raise WrongCode
    return str(account_id)


def _check_laptop(name: str, public_key: str) -> None:
    if not 0 < len(name) <= 100 or not name.isprintable():
        raise Invalid("A laptop's name has 1 to 100 printable characters.", field="name")
    hexadecimal = set(public_key) <= set("0123456789abcdef")
    if len(public_key) != 64 or not hexadecimal:
        raise Invalid("A public key is 64 hexadecimal digits.", field="public_key")


def _require_admin(actor: Actor, verb: str) -> None:
    if not actor.sight.anywhere(verb, "admin"):
        raise NotAllowed("Laptops are the administrator's.")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
