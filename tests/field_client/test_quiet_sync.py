"""A sync that has nothing to say costs the laptop one write to its disk, and few questions to its store."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlite_utils import Database

from field_client import cipher, home, moments, sync
from tests.field_client.agreeing import MANY, person, save
from tests.field_client.registry import Registry

# What it takes now: more is a reason to look, and fewer to put the figure down.
STATEMENTS, WRITES = 86, 1


class Watched:
    """What the connections to a store are asked for, and how often one of them commits something."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.commits = 0
        self.alone = 0

    def watch(self, db: Database) -> None:
        """Follow what this connection does."""
        conn, at_begin = db.conn, [0, 0]

        def said(sql: str) -> None:
            self.statements.append(sql)
            if sql.startswith("BEGIN"):
                self.alone += conn.total_changes - at_begin[1]
                at_begin[0] = conn.total_changes
            elif sql == "COMMIT":
                self.commits += conn.total_changes > at_begin[0]
                at_begin[1] = conn.total_changes

        conn.set_trace_callback(said)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """All that is asked of a store from now on."""
    watched = Watched()
    begin: Callable[[Path, bytes], Database] = cipher.open_database

    def opened(path: Path, key: bytes) -> Database:
        db = begin(path, key)
        watched.watch(db)
        return db

    monkeypatch.setattr(home.cipher, "open_database", opened)
    return watched


def test_nothing_new_is_one_write(
    registry: Registry, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa, moment = registry.laptop("awa"), count()
    # Two syncs in one second would find the moment written already.
    monkeypatch.setattr(moments, "now", lambda: moments.later(next(moment)))
    save(awa, *(person(name=f"Person {n}") for n in range(MANY)))
    for _ in range(2):
        sync.run(awa)
    watched.statements.clear()
    watched.commits = watched.alone = 0
    done = sync.run(awa)
    assert (done.round_trips, done.sent, done.fetched) == (1, 0, 0)
    assert (watched.commits, watched.alone) == (WRITES, 0)
    assert len(watched.statements) <= STATEMENTS, "\n".join(watched.statements)
