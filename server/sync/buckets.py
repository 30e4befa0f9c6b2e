"""Which buckets are open to somebody, and what they may do in each."""

from typing import Any

import sqlalchemy as sa

from schema.policy import (
    CASELOAD_COMPARTMENTS,
    EVERYWHERE,
    POLICY,
    PROGRAMME,
    PROGRAMME_COMPARTMENTS,
    STORE_COMPARTMENTS,
    VERBS,
    Sight,
)
from schema.record import Bucket
from server import accounts
from server.tables import bucket, table_of

Verbs = dict[Bucket, list[str]]


def open_to(conn: sa.Connection, sight: Sight) -> Verbs:
    """Every bucket in which this sight allows anything, with its verbs; in a settled order."""
    granted = {grant.scope for grant in sight.grants}
    scopes = {noun: _known(conn, noun, granted) for noun in _HOMES}
    found: dict[Bucket, set[str]] = {}
    for grant in sight.grants:
        for compartment, verbs in POLICY[grant.role].items():
            for scope in _scopes(compartment, grant.scope, scopes):
                found.setdefault((compartment, scope), set()).update(verbs)
    return {home: [v for v in VERBS if v in found[home]] for home in sorted(found)}


def opened(conn: sa.Connection, device: Any) -> Verbs:
    """The buckets that are open to this laptop now, with what may be done in each."""
    if device["account_disabled_at"] is not None or device["revoked_at"] is not None:
        return {}
    return open_to(conn, accounts.sight_of(conn, device["account_id"]))


_HOMES = {"caseload": CASELOAD_COMPARTMENTS, "store": STORE_COMPARTMENTS}
_OF_THESE = {
    noun: sa.select(ids).where(ids.in_(sa.bindparam("ids", expanding=True)))
    for noun in _HOMES
    for ids in [table_of(noun).c.id]
}


def _known(conn: sa.Connection, noun: str, granted: set[str]) -> set[str]:
    """Which of these are caseloads, or stores; all there are for who is granted everything."""
    if EVERYWHERE in granted:
        return set(conn.execute(sa.select(table_of(noun).c.id)).scalars())
    return set(conn.execute(_OF_THESE[noun], {"ids": list(granted - {PROGRAMME})}).scalars())


def _scopes(compartment: str, granted: str, scopes: dict[str, set[str]]) -> set[str]:
    """The scopes of a compartment that a grant over ``granted`` covers."""
    found = {PROGRAMME} if compartment in PROGRAMME_COMPARTMENTS else set()
    for noun, compartments in _HOMES.items():
        if compartment in compartments:
            found |= scopes[noun] if granted == EVERYWHERE else scopes[noun] & {granted}
    return found


_AMONG = sa.select(bucket.c.id, bucket.c.compartment, bucket.c.scope).where(
    bucket.c.compartment.in_(sa.bindparam("compartments", expanding=True)),
    bucket.c.scope.in_(sa.bindparam("scopes", expanding=True)),
)


def ids_of(conn: sa.Connection, wanted: list[Bucket]) -> dict[Bucket, int]:
    """The numbers of those buckets that hold, or ever held, anything."""
    compartments, scopes = ({home[part] for home in wanted} for part in (0, 1))
    rows = conn.execute(_AMONG, {"compartments": list(compartments), "scopes": list(scopes)})
    found = {(row.compartment, row.scope): row.id for row in rows}
    return {home: found[home] for home in wanted if home in found}
