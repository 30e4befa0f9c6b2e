"""In whose hands a caseload is: which of its grants hold today, and when the last one ended."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from schema.policy import EVERYWHERE
from server import moments
from server.accounts.grants import access_grant, place_of, scopes_of
from server.accounts.people import account
from server.config import settings
from server.registry.disputes import arrived

Row = sa.Row[Any]


@dataclass(frozen=True)
class Hands:
    """Scopes in which somebody has one of these roles today; of the others, when the last one ended."""

    held: frozenset[str] = frozenset()
    ended: Mapping[str, str] = field(default_factory=dict)

    def hold(self, scope: str) -> bool:
        """Whether somebody answers for this scope."""
        return scope in self.held or EVERYWHERE in self.held


def hands(conn: sa.Connection, roles: Collection[str]) -> Hands:
    """In whose hands scopes are, by these roles: a grant counts while its account is not disabled."""
    g = access_grant.c
    given = sa.select(access_grant, account.c.disabled_at).join(
        account, account.c.id == g.account_id
    )
    rows = conn.execute(given.where(g.role.in_(sorted(roles)))).all()
    at = arrived(conn, [row.until_seq for row in rows if row.until_seq is not None])
    held: set[str] = set()
    ended: dict[str, str] = {}
    today = moments.today(settings().timezone).isoformat()
    for row in rows:
        ends = _ends(row, at, today)
        for scope in scopes_of(conn, place_of(row)) if _had_begun(row, today) else ():
            if not ends:
                held.add(scope)
            else:
                ended[scope] = max(ended.get(scope, ""), min(ends))
    return Hands(frozenset(held), ended)


def _had_begun(row: Row, today: str) -> bool:
    return row.valid_from is None or bool(row.valid_from <= today)


def _ends(row: Row, at: Mapping[int, str], today: str) -> list[str]:
    """What has ended this grant: somebody, its last day, or the end of the account."""
    day: Iterable[str] = [row.valid_until] if row.valid_until and row.valid_until < today else []
    taken = [at[row.until_seq]] if row.until_seq in at else []
    return [*taken, *day, *([row.disabled_at] if row.disabled_at else [])]
