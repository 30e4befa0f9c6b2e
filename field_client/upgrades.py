"""Brings a store to this version: numbered steps, each recorded with what it did, in one transaction.

A field that this version declares and the store lacks becomes a column at every start, with what was
carried of it unread; a step is for what a new column cannot do. Numbers are permanent; a step that has
run anywhere is never changed.
"""

from collections.abc import Callable

from sqlite_utils import Database

from field_client import moments
from field_client.cipher import transaction
from field_client.store import learning, outbox, tables

Step = Callable[[Database], None]


def _first(db: Database) -> None:
    tables.make(db)
    outbox.begin_chain(db, 1)


STEPS: tuple[tuple[int, str, Step], ...] = ((1, "tables of the first version", _first),)


def upgrade(db: Database) -> list[str]:
    """Run the steps that have not run here, and add what is declared and missing; what was done.

    A store that lacks nothing is only read: whoever looks into it waits for nobody who writes.
    """
    done: list[str] = []
    if _is_current(db):
        return done
    with transaction(db):
        db.execute(
            "CREATE TABLE IF NOT EXISTS upgrade (number INTEGER PRIMARY KEY, name TEXT, at TEXT)"
        )
        before = {row[0] for row in db.execute("SELECT number FROM upgrade").fetchall()}
        for number, name, step in STEPS:
            if number not in before:
                step(db)
                row = (number, name, moments.now())
                db.execute("INSERT INTO upgrade (number, name, at) VALUES (?, ?, ?)", row)
                done.append(name)
        added = tables.complete(db)
        learning.learn(db, added)
    return done + added


def _is_current(db: Database) -> bool:
    if not db.table("upgrade").exists():
        return False
    run = {row[0] for row in db.execute("SELECT number FROM upgrade").fetchall()}
    complete = not tables.lacking(db) and not tables.unindexed(db)
    return complete and run.issuperset(number for number, _, _ in STEPS)
