"""Three kinds of transaction, on both engines: each can do what it is for and no more."""

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from server.accounts.people import account
from server.db import aside, is_current, reading, upgrade, writing
from server.signin.throttle import login_throttle

ROW = {"key": "k", "failures": 0, "blocked_until": "", "last_at": ""}


def count(conn: sa.Connection) -> int:
    """How many rows the table of these tests has."""
    return conn.execute(sa.select(sa.func.count()).select_from(login_throttle)).scalar_one()


def test_what_is_written_is_there_to_be_read(app: Flask) -> None:
    with app.app_context():
        with writing() as conn:
            conn.execute(login_throttle.insert(), [ROW])
        with reading() as conn:
            assert count(conn) == 1


def test_a_reading_transaction_cannot_write(app: Flask) -> None:
    with (
        app.app_context(),
        reading() as conn,
        pytest.raises(sa.exc.DBAPIError, match=r"read-?only"),
    ):
        conn.execute(login_throttle.insert(), [ROW])


def test_a_reading_transaction_sees_one_moment(app: Flask) -> None:
    with app.app_context(), reading() as conn:
        assert count(conn) == 0
        with aside() as other:
            other.execute(login_throttle.insert(), [ROW])
        assert count(conn) == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_request_that_only_reads_cannot_open_a_writing_transaction(
    app: Flask, method: str
) -> None:
    here = app.test_request_context("/", method=method)
    with here, pytest.raises(RuntimeError, match="reads"), writing():
        pass


def test_a_request_that_only_reads_may_leave_something_aside(app: Flask) -> None:
    with app.test_request_context("/"), aside() as conn:
        conn.execute(login_throttle.insert(), [ROW])
        assert count(conn) == 1


def test_nothing_is_opened_aside_while_the_registry_is_written(app: Flask) -> None:
    with app.app_context(), writing(), pytest.raises(RuntimeError, match="would wait"), aside():
        pass


def test_what_raises_leaves_nothing(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(sa.exc.IntegrityError), writing() as conn:
            conn.execute(login_throttle.insert(), [ROW, ROW])
        with reading() as conn:
            assert count(conn) == 0


def test_read_then_write_in_many_threads_loses_nothing(app: Flask) -> None:
    with app.app_context(), writing() as conn:
        conn.execute(login_throttle.insert(), [ROW])

    def add_some() -> None:
        with app.app_context():
            for _ in range(20):
                with writing() as conn:
                    query = sa.select(login_throttle.c.failures).with_for_update()
                    known = conn.execute(query).scalar_one()
                    conn.execute(login_throttle.update().values(failures=known + 1))

    threads = [threading.Thread(target=add_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context(), reading() as conn:
        assert conn.execute(sa.select(login_throttle.c.failures)).scalar_one() == 80


def test_sqlite_keeps_what_it_acknowledged_and_checks_references(app: Flask) -> None:
    with app.app_context(), reading() as conn:
        if conn.dialect.name == "sqlite":
            found = [
                conn.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
            assert found == ["wal", 2, 1, 10000]


def test_a_fresh_database_is_not_current_until_it_is_upgraded(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.connect() as conn:
        assert not is_current(conn)
    upgrade(database_url)
    upgrade(database_url)
    with engine.connect() as conn:
        assert is_current(conn)
        assert sa.inspect(conn).has_table(account.name)
    engine.dispose()
