"""A save is written whole or not at all, wherever it breaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlite_utils import Database

from field_client.cipher import transaction
from field_client.store import acts, promoting, saving, staging
from schema import frames
from tests.field_client.acting import case, everything, person, registered
from tests.field_client.answers import page, results, state


class Broken(Exception):
    """The disk is full, the power is gone."""


class Failing:
    """A connection whose k-th statement fails; rolling back still works, as with a real one."""

    def __init__(self, conn: Any, k: int) -> None:
        self.conn, self.left = conn, k

    def __getattr__(self, name: str) -> Any:
        return getattr(self.conn, name)

    def execute(self, sql: str, *params: Any) -> Any:
        if "ROLLBACK" not in sql and "RELEASE" not in sql:
            self._count()
        return self.conn.execute(sql, *params)

    def executemany(self, sql: str, rows: Any) -> Any:
        self._count()
        return self.conn.executemany(sql, rows)

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Broken


@contextmanager
def failing(db: Database, k: int) -> Iterator[Failing]:
    conn = db.conn
    db.conn = Failing(conn, k)
    try:
        yield db.conn
    finally:
        db.conn = conn


def broken_everywhere(db: Database, act: Callable[[], object]) -> int:
    """Break an act at each of its statements; how many there were. Nothing may be left behind."""
    before = everything(db)
    for k in range(1, 1000):
        try:
            with failing(db, k) as conn:
                act()
        except Broken:
            assert everything(db) == before, f"statement {k} left something behind"
            assert not db.conn.in_transaction
        else:
            assert conn.left > 0
            return k - 1
    pytest.fail("it never came to an end")


def test_a_new_person_is_saved_whole_or_not_at_all(db: Database) -> None:
    who = person()
    passage = case(who)
    draft = acts.create("person", {})
    assert broken_everywhere(db, lambda: saving.save(db, [who, passage], draft.record)) > 10
    assert len(everything(db)["outbox"]) == 1


def test_a_child_is_sealed_whole_or_not_at_all(db: Database) -> None:
    who, _ = registered(db, name="Kadidiatou")
    doubt = acts.change(db, "person", who.record, {"may_be_under_18": True})
    assert doubt
    assert broken_everywhere(db, lambda: saving.save(db, [doubt])) > 10
    assert "Kadidiatou" not in repr(everything(db))


def test_a_promote_shows_all_or_nothing(db: Database) -> None:
    who, _ = registered(db)
    row = {"id": who.record, **who.values, "phone": "77"}
    with transaction(db):
        staging.state(db, state(db, 9))
        staging.results(db, {"seen": 1, "results": results(db, ("applied", 3))})
        one = page("person", row)
        staging.page(db, frames.frame(frames.PAGE, one), one)

    def promote() -> None:
        with transaction(db):
            promoting.promote(db)

    assert broken_everywhere(db, promote) > 20
    assert everything(db)["stage"] == []
