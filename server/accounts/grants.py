"""Who may do what where: grants, each with the change numbers at which it began and ended.

A grant names one scope (a caseload or a store), an area (all scopes below it), or everywhere. It is
never rewritten: it ends, and another begins. So what somebody could do at any number is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schema.ids import new_id
from schema.policy import EVERYWHERE, ROLES, Grant, Sight, may_grant
from schema.problems import Invalid, NotAllowed, NotFound
from server import acts, moments
from server.accounts.people import account
from server.actor import Actor
from server.config import settings
from server.db import metadata
from server.registry import places

_ID = sa.Uuid(as_uuid=False)

access_grant = sa.Table(
    "access_grant",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("account_id", _ID, sa.ForeignKey(account.c.id), nullable=False, index=True),
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("scope_id", _ID),
    sa.Column("area_id", _ID),
    sa.Column("from_seq", sa.BigInteger, nullable=False),
    sa.Column("until_seq", sa.BigInteger),
    sa.Column("valid_from", sa.String(10)),
    sa.Column("valid_until", sa.String(10)),
)


@dataclass(frozen=True)
class Place:
    """Where a grant holds: kind ``scope``, ``area`` or ``everywhere``; the id of the first two."""

    kind: str
    id: str | None = None


@dataclass(frozen=True)
class Days:
    """The first and last day on which a grant holds; None is open."""

    first: date | None = None
    last: date | None = None


ALWAYS = Days()
ALL_PLACES = Place("everywhere")


def grant(
    conn: sa.Connection,
    actor: Actor,
    account_id: str,
    role: str,
    place: Place,
    days: Days = ALWAYS,
) -> str:
    """Give a role over a place; the grant's id. The last act of its transaction.

    Giving what is held already changes nothing. Raises NotAllowed, Invalid.
    """
    if role not in ROLES:
        raise Invalid("There is no such role.", fields={"role": [f"One of: {', '.join(ROLES)}."]})
    _require_right(conn, actor, account_id, role, place)
    row: dict[str, str | None] = {
        "account_id": account_id,
        "role": role,
        "kind": place.kind,
        "scope_id": place.id if place.kind == "scope" else None,
        "area_id": place.id if place.kind == "area" else None,
        "valid_from": days.first.isoformat() if days.first else None,
        "valid_until": days.last.isoformat() if days.last else None,
    }
    held = _same(conn, row)
    return held or _begin(conn, actor, row)


def end_grant(conn: sa.Connection, actor: Actor, grant_id: str) -> None:
    """End a grant; ending it twice changes nothing. The last act of its transaction."""
    found = conn.execute(sa.select(access_grant).where(access_grant.c.id == grant_id)).first()
    if found is None:
        raise NotFound("There is no such grant.")
    if not actor.sight.anywhere("change", "admin"):
        raise NotAllowed("Grants are the administrator's.")
    if found.until_seq is None:
        seq = acts.record(conn, actor, "access_grant", grant_id, {"act": "ended"})
        ended = access_grant.update().where(access_grant.c.id == grant_id)
        conn.execute(ended.values(until_seq=seq))


def grants_of(
    conn: sa.Connection, account_id: str, at: int | None = None, on: date | None = None
) -> list[Grant]:
    """What the account holds now, or held at change number ``at``, areas spelled out as scopes.

    ``on`` is the day against which first and last days are held; today where it is not given.
    """
    found: list[Grant] = []
    for row in held_by(conn, account_id, at, on):
        found += [Grant(row.role, scope) for scope in scopes_of(conn, place_of(row))]
    return found


def sight_of(
    conn: sa.Connection, account_id: str, at: int | None = None, on: date | None = None
) -> Sight:
    """What the account may do now, or could do at change number ``at``."""
    return Sight.of(grants_of(conn, account_id, at, on))


def held_by(
    conn: sa.Connection, account_id: str, at: int | None = None, on: date | None = None
) -> Sequence[sa.Row[tuple[object, ...]]]:
    """The rows of the grants in force for this account now, or at ``at``."""
    day = (on or moments.today(settings().timezone)).isoformat()
    asked = {"account": account_id, "day": day}
    if at is None:
        return conn.execute(_HELD_NOW, asked).all()
    return conn.execute(_HELD_THEN, {**asked, "at": at}).all()


_G = access_grant.c
_HELD = (
    sa.select(access_grant)
    .where(
        _G.account_id == sa.bindparam("account"),
        sa.or_(_G.valid_from.is_(None), _G.valid_from <= sa.bindparam("day")),
        sa.or_(_G.valid_until.is_(None), _G.valid_until >= sa.bindparam("day")),
    )
    .order_by(_G.from_seq)
)
_HELD_NOW = _HELD.where(_G.until_seq.is_(None))
_HELD_THEN = _HELD.where(
    sa.or_(_G.until_seq.is_(None), _G.until_seq > sa.bindparam("at")),
    _G.from_seq <= sa.bindparam("at"),
)


def place_of(row: sa.Row[tuple[object, ...]]) -> Place:
    """Where the grant of this row holds."""
    return Place(row.kind, row.scope_id or row.area_id)


def grants_given(conn: sa.Connection, account_id: str) -> Sequence[sa.RowMapping]:
    """Every grant the account holds or ever held, oldest first."""
    query = sa.select(access_grant).where(access_grant.c.account_id == account_id)
    return conn.execute(query.order_by(access_grant.c.from_seq)).mappings().all()


def _begin(conn: sa.Connection, actor: Actor, row: dict[str, str | None]) -> str:
    grant_id = new_id(moments.milliseconds())
    seq = acts.record(conn, actor, "access_grant", grant_id, {"act": "given", **row})
    conn.execute(access_grant.insert(), [row | {"id": grant_id, "from_seq": seq}])
    return grant_id


def _same(conn: sa.Connection, row: dict[str, str | None]) -> str | None:
    g = access_grant.c
    alike = [
        g[name].is_(None) if value is None else g[name] == value for name, value in row.items()
    ]
    return conn.execute(sa.select(g.id).where(g.until_seq.is_(None), *alike)).scalar()


def _require_right(
    conn: sa.Connection, actor: Actor, account_id: str, role: str, place: Place
) -> None:
    # An area that has no scope yet will have some: only who may grant everywhere may grant it.
    scopes = scopes_of(conn, place) or {EVERYWHERE}
    for scope in scopes:
        if not may_grant(actor.sight, actor.account_id, account_id, Grant(role, scope)):
            raise NotAllowed("You may grant only what you hold, and never to yourself.")


def scopes_of(conn: sa.Connection, place: Place) -> set[str]:
    """The ids of the scopes of a place; EVERYWHERE for all of them."""
    if place.kind == "scope":
        return {str(place.id)}
    if place.kind == "area":
        return places.scopes_below(conn, str(place.id))
    return {EVERYWHERE}
