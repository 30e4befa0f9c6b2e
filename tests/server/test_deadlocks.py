"""A page that PostgreSQL gives up, so that a sync can go on, is entered all the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import sqlalchemy as sa

from schema.change import Change, Unit
from server import Config, create_app, deadlocks, enter, ledger, moments
from server.actor import SYSTEM
from server.db import db, reading
from server.tables import table_of
from tests.schema.programme import case, ident, person, write
from tests.server.arrivals.acting import held_by
from tests.server.cast import RegistryProgramme
from tests.server.sync.laptop import Fleet, Laptop

AREA = Change("create", "area", ident("area"), {"pcode": "X1", "name": "X", "level": 1})


@pytest.fixture
def awa(fresh_database, tmp_path) -> Iterator[Laptop]:
    """Awa has registered Abel, and an edit of his that waits for an area; on PostgreSQL."""
    config = Config(data=tmp_path, database_url=fresh_database("postgresql"), secret_key="x" * 40)
    app = create_app(config)
    with app.app_context():
        RegistryProgramme()
    made = Fleet(app).laptop("awa")
    made.save(person("Abel"), case("Abel"))
    made.sync()
    held_by(made, write("person", "Abel", origin_area_id=ident("area")))
    with app.app_context():
        yield made
        db.engine.dispose()


def holding_abel(has_abel: Event, page_has_counter: Event) -> None:
    """What a sync does: hold the person, then take the counter; it never gives up first."""
    table = table_of("person")
    with db.engine.begin() as conn:
        conn.execute(sa.text("SET LOCAL deadlock_timeout = '1min'"))
        conn.execute(
            sa.select(table.c.id).where(table.c.id == ident("Abel")).with_for_update(key_share=True)
        ).one()
        has_abel.set()
        assert page_has_counter.wait(60)
        ledger.lock(conn)


def test_a_page_whose_entry_was_given_up_for_a_sync_is_entered_with_what_waited_for_it(
    awa, monkeypatch
):
    rerun, has_abel, page_has_counter = enter.arrivals.rerun, Event(), Event()

    def saying_so(conn, written) -> None:
        page_has_counter.set()
        rerun(conn, written)

    monkeypatch.setattr(enter.arrivals, "rerun", saying_so)
    app = awa.app
    with ThreadPoolExecutor(1) as pool:
        sync = pool.submit(in_context, app, holding_abel, has_abel, page_has_counter)
        assert has_abel.wait(60)
        unit = Unit(ident("page"), 0, moments.moment(), (AREA,))
        assert enter.enter(unit, SYSTEM, "form").outcome == "applied"
        sync.result(60)
    table = table_of("person")
    with reading() as conn:
        there = sa.select(table.c.origin_area_id).where(table.c.id == ident("Abel"))
        assert conn.execute(there).scalar() == ident("area")


def in_context(app, act, *given) -> None:
    with app.app_context():
        act(*given)


class Given(Exception):
    """Stands for what PostgreSQL says of a transaction that it gave up."""

    sqlstate = "40P01"


def test_what_is_given_up_again_and_again_is_raised_in_the_end():
    tries = []

    def act() -> None:
        tries.append(1)
        raise sa.exc.OperationalError("planted", {}, Given())

    with pytest.raises(sa.exc.OperationalError):
        deadlocks.until_done(act)
    assert len(tries) == deadlocks.TRIES


def test_a_database_that_is_away_is_asked_once():
    tries = []

    def act() -> None:
        tries.append(1)
        raise sa.exc.OperationalError("planted", {}, Exception("away"))

    with pytest.raises(sa.exc.OperationalError):
        deadlocks.until_done(act)
    assert len(tries) == 1
