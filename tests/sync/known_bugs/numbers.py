"""Known bugs that show only when two write at once, which SQLite does not know."""

from typing import Any
from unittest import mock

import sqlalchemy as sa

from schema.ids import change_number
from server import ledger, loading, rows
from server.db import db
from server.tables import sync_state
from tests.server.racing import whole
from tests.sync.known_bugs.flaw import Patches


def number_at_insert() -> Patches:
    """Numbers are given when a row is written, not last: a reader passes a gap that is filled later."""

    def early(conn: Any, count: int) -> ledger.Taken:
        taken = sa.update(sync_state).values(
            n=sync_state.c.n + count, commit_no=sync_state.c.commit_no + 1
        )
        returned = (sync_state.c.epoch_no, sync_state.c.n, sync_state.c.commit_no)
        with db.engine.begin() as other:
            found = other.execute(taken.returning(*returned)).one()
        last = change_number(found.epoch_no, found.n)
        return ledger.Taken(last - count + 1, last, found.commit_no)

    yield mock.patch.object(ledger, "take", early)


def no_row_lock() -> Patches:
    """What is judged is a copy that somebody else may write over meanwhile."""
    yield mock.patch.object(loading, "_has_row_locks", return_value=False)
    yield mock.patch.object(rows, "_differing", whole)
