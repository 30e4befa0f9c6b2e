"""Lists of armed groups with their own counts: what they say, what is on them, and who that was found to be."""

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from schema.policy import Sight
from schema.record import Record
from schema.rules.listing import NONE, match_state
from server.loaded import record_of
from server.registry import records
from server.registry.lanes import visible
from server.registry.paging import Page, Turn
from server.tables import table_of


@dataclass(frozen=True)
class Counted:
    """One list. states: how many of its names have come to each state, as far as this reader sees them."""

    roster: Record
    states: Counter[str]

    @property
    def names(self) -> int:
        """How many names are recorded."""
        return sum(self.states.values())


def counted(conn: sa.Connection, sight: Sight, turn: Turn) -> Page[Counted]:
    """A page of lists, the newest first, each with its counts."""
    page = records.listed(conn, sight, "roster", {}, turn)
    states = _states(conn, sight, [one.id for one in page.rows])
    return page.of([Counted(one, states.get(one.id, Counter())) for one in page.rows])


def _states(conn: sa.Connection, sight: Sight, ids: list[str]) -> dict[str, Counter[str]]:
    entry, match = table_of("roster_entry"), table_of("roster_match")
    mine = sa.and_(entry.c.roster_id.in_(ids), entry.c.withdrawn_at.is_(None))
    seen = visible(entry, sight, "roster_entry")
    entries = conn.execute(sa.select(entry.c.id, entry.c.roster_id).where(mine, seen)).all()
    joined = sa.select(match).join(entry, entry.c.id == match.c.entry_id)
    found: dict[str, list[Record]] = {}
    for row in conn.execute(joined.where(mine, seen)).mappings():
        found.setdefault(row["entry_id"], []).append(record_of("roster_match", row))
    counts: dict[str, Counter[str]] = {}
    for entry_id, roster_id in entries:
        state = match_state(found[entry_id]) if entry_id in found else NONE
        counts.setdefault(roster_id, Counter())[state] += 1
    return counts
