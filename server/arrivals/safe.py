"""Up to which Unit each laptop's log is in a backup: what its laptop may forget."""

from collections.abc import Mapping

import sqlalchemy as sa

from server.arrivals.tables import chain


def held(conn: sa.Connection) -> dict[str, int]:
    """Up to which Unit each chain is in this database without a gap."""
    return {row.chain: row.last_n for row in conn.execute(sa.select(chain.c.chain, chain.c.last_n))}


def raise_to(conn: sa.Connection, found: Mapping[str, int]) -> None:
    """A checked backup holds these chains up to these Units: never less than an earlier one did."""
    if found:
        there = sa.and_(
            chain.c.chain == sa.bindparam("_chain"), chain.c.safe_n < sa.bindparam("_n")
        )
        rows = [{"_chain": name, "_n": n} for name, n in sorted(found.items())]
        conn.execute(sa.update(chain).where(there).values(safe_n=sa.bindparam("_n")), rows)
