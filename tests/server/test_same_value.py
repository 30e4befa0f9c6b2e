"""Two who write the same serial at the same instant mark both weapons, whoever commits first; on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import current_app

from schema.change import Change, Outcome, Unit
from server import Config, create_app, enter, ledger
from server.actor import SYSTEM
from server.db import db, reading
from server.loaded import Loaded
from server.tables import table_of
from tests.schema.programme import create, ident, write
from tests.server.cast import RegistryProgramme

KNOWN = {"store_id": ident("store A"), "class": "small-arm", "type": "rifle"}
FIRST, SECOND = (create("weapon", name, serial="77", **KNOWN) for name in ("one", "two"))


@pytest.fixture(autouse=True)
def programme(fresh_database, tmp_path) -> Iterator[None]:
    """The stores and the cast, and a weapon: who makes a bucket is waited for by who needs it."""
    config = Config(data=tmp_path, database_url=fresh_database("postgresql"), secret_key="x" * 40)
    with create_app(config).app_context():
        RegistryProgramme()
        entered("zero", create("weapon", "zero", serial="11", **KNOWN))
        yield
        db.engine.dispose()


def entered(name: str, change: Change) -> Outcome:
    """One Unit through the door that pages and the shell use."""
    return enter.enter(Unit(ident("unit", name), 0, "said", (change,)), SYSTEM, f"form {name}")


def at_the_same_instant(monkeypatch, meanwhile: Change, change: Change) -> None:
    """Enter two changes: the first is judged, and the other is committed before it takes its number."""
    app, take, waiting = current_app._get_current_object(), ledger.take, [meanwhile]

    def other() -> None:
        with app.app_context():
            entered("meanwhile", meanwhile)

    def taken(conn: sa.Connection, count: int) -> ledger.Taken:
        if waiting:
            waiting.pop()
            with ThreadPoolExecutor(1) as thread:
                thread.submit(other).result(60)
        return take(conn, count)

    monkeypatch.setattr(ledger, "take", taken)
    entered("first", change)
    assert not waiting


def marked() -> set[str]:
    """The weapons whose serial is marked as standing twice."""
    flag = table_of("flag")
    query = sa.select(flag.c.record_id).where(flag.c.rule == "serial-once", flag.c.state == "open")
    with reading() as conn:
        return set(conn.execute(query).scalars())


def test_two_who_create_the_same_serial_at_once_mark_both(monkeypatch):
    at_the_same_instant(monkeypatch, SECOND, FIRST)
    assert marked() == {ident("one"), ident("two")}


def test_without_the_second_look_neither_is_marked(monkeypatch):
    monkeypatch.setattr(Loaded, "is_overtaken", lambda *_: False)
    at_the_same_instant(monkeypatch, SECOND, FIRST)
    assert marked() == set()


def test_who_corrects_a_serial_to_one_that_is_created_at_once_marks_both(monkeypatch):
    entered("other", create("weapon", "one", serial="66", **KNOWN))
    at_the_same_instant(monkeypatch, SECOND, write("weapon", "one", {"serial": "66"}, serial="77"))
    assert marked() == {ident("one"), ident("two")}


def test_another_serial_at_the_same_instant_is_nobodys_business(monkeypatch):
    at_the_same_instant(monkeypatch, create("weapon", "two", serial="78", **KNOWN), FIRST)
    assert marked() == set()
