"""What the concurrency tests run in processes of their own: real writers on one PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from schema.change import Change, Source, Unit
from schema.ids import change_number
from schema.policy import EVERYWHERE, Grant, Sight
from schema.record import Record
from server import Config, apply, create_app, ledger, loading, rows, stored
from server.db import db, writing
from server.tables import sync_state
from tests.schema.programme import TODAY, ident

MANAGER = Sight.of([Grant("programme-manager", EVERYWHERE)])


def in_app(url: str, folder: str, act: Callable[[], None]) -> None:
    """Run an act in the context of a server of its own."""
    app = create_app(Config(data=Path(folder), database_url=url, secret_key="x" * 40))
    with app.app_context():
        act()
        db.engine.dispose()


def write_unit(who: str, number: int, change: Change) -> None:
    """One Unit in one transaction."""
    unit = Unit(ident("unit", who, number), 0, "said", (change,))
    source = Source(f"a:{who}", str(number), author=ident(who), by=who)
    with writing() as conn:
        [outcome] = apply.chunk(
            conn, [apply.Arriving(unit, source, MANAGER.may, MANAGER.may, TODAY)]
        )
        dawdle(conn, number)
    assert outcome.outcome != "held", outcome


def dawdle(conn: sa.Connection, number: int) -> None:
    """Every tenth transaction is slow to commit, as on a busy disk."""
    if number % 10 == 0:
        conn.execute(sa.text("SELECT pg_sleep(0.02)"))


def edit(url: str, folder: str, who: str, field: str, people: int, times: int) -> None:
    """Write one field of a few people again and again, each time over one's own last value."""

    def act() -> None:
        for number in range(times):
            name, old = f"P{number % people}", f"{number - people}" if number >= people else None
            values = {field: str(number)}
            write_unit(who, number, Change("set", "person", ident(name), values, {field: old}))

    in_app(url, folder, act)


def whole(record: Record, was: Record) -> list[str]:
    """Every column: what is written over is then lost, and not only what both wrote."""
    return [name for name in stored.columns_of(record.entity) if name != "id"]


def edit_without_lock(url: str, folder: str, who: str, field: str, people: int, times: int) -> None:
    """The same with the row lock taken out."""
    loading._lock = lambda loaded, keys: None
    rows._differing = whole
    # Two who add the same word of a name would else stop one another, and lose nothing.
    rows.tokens = lambda conn, turned: None
    edit(url, folder, who, field, people, times)


def add(url: str, folder: str, who: str, times: int) -> None:
    """Create organisations, one a transaction."""

    def act() -> None:
        for number in range(times):
            values = {"code": f"{who}-{number}", "name": "x"}
            write_unit(who, number, Change("create", "organisation", ident(who, number), values))

    in_app(url, folder, act)


def add_by_sequence(url: str, folder: str, who: str, times: int) -> None:
    """The same with numbers from a plain sequence, given before the commit and locked by nobody."""

    def take(conn: sa.Connection, count: int) -> ledger.Taken:
        epoch = conn.execute(sa.select(sync_state.c.epoch_no)).scalar_one()
        n = conn.execute(sa.text("SELECT nextval('plain')")).scalar_one()
        dawdle(conn, n)
        return ledger.Taken(change_number(epoch, n), change_number(epoch, n), n)

    ledger.take = take
    add(url, folder, who, times)
