"""How far a registry came is remembered beside its data, and a database that forgot it is refused."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from server import epochs, highwater, ledger
from server.actor import SYSTEM
from server.db import writing
from server.highwater import Mark, PutBack
from tests.schema.programme import person
from tests.server.town import Town

FIRST = Mark(1, 7, "first")


def put_back(app: Flask, n: int) -> None:
    """Make the counter what it was, as an older copy of the database would have it."""
    with app.app_context(), writing() as conn:
        conn.execute(sa.text("UPDATE sync_state SET n = :n"), {"n": n})


def test_the_mark_is_only_ever_raised(tmp_path: Path) -> None:
    assert highwater.read(tmp_path) is None
    for mark in (FIRST, Mark(1, 6, "first"), Mark(1, 9, "other"), Mark(0, 99, "older")):
        highwater.raise_to(tmp_path, mark)
    assert highwater.read(tmp_path) == FIRST
    highwater.raise_to(tmp_path, Mark(2, 0, "second"))
    assert highwater.read(tmp_path) == Mark(2, 0, "second")


def test_a_file_that_was_begun_and_not_written_says_nothing(tmp_path: Path) -> None:
    (tmp_path / highwater.FILE).touch()
    assert highwater.read(tmp_path) is None
    highwater.raise_to(tmp_path, FIRST)
    assert highwater.read(tmp_path) == FIRST


@pytest.mark.parametrize(
    ("mark", "behind"),
    [
        (FIRST, False),
        (Mark(1, 8, "first"), True),
        (Mark(1, 1, "other"), True),
        (Mark(2, 0, "second"), True),
        (Mark(0, 99, "older"), False),
        (None, False),
    ],
)
def test_who_stands_before_the_mark_or_in_another_epoch_of_its_number_is_behind(
    mark: Mark | None, behind: bool
) -> None:
    assert FIRST.is_behind(mark) is behind


def test_every_commit_that_gave_numbers_raises_the_mark(app: Flask, town: Town) -> None:
    town.arrive("awa", person("Abel"))
    mark = highwater.read(app.extensions["ddr_config"].data)
    assert mark
    assert epochs.head_of(mark) == town.head()


def test_what_was_rolled_back_raises_no_mark(app: Flask, town: Town) -> None:
    before = highwater.read(app.extensions["ddr_config"].data)
    with app.app_context():
        town.programme.judge("awa", person("Abel"))
        with writing() as conn:
            conn.execute(sa.text("UPDATE person SET name = 'nobody'"))
    assert highwater.read(app.extensions["ddr_config"].data) == before


def test_no_number_is_given_twice_after_the_database_was_put_back(app: Flask, town: Town) -> None:
    before = town.head()
    town.arrive("awa", person("Abel"))
    put_back(app, before & 0xFFFF)
    with pytest.raises(PutBack):
        town.arrive("awa", person("Bintou"))
    ready = app.test_client().get("/health/ready")
    assert ready.status_code == 503
    assert "ddr-server restore --by-hand" in ready.json["sentence"]


def test_a_new_epoch_is_above_every_epoch_ever_used_and_counts_from_one(
    app: Flask, town: Town
) -> None:
    """R8."""
    folder = app.extensions["ddr_config"].data
    highwater.raise_to(folder, Mark(6, 3, "elsewhere"))
    with app.app_context(), writing() as conn:
        reached = highwater.read(folder)
        now = epochs.open_further(conn, SYSTEM, epochs.BY_HAND, reached=reached)
    assert now.epoch == 7
    town.arrive("awa", person("Abel"))
    with town.reading() as conn:
        seqs = conn.execute(sa.text("SELECT seq FROM history ORDER BY seq DESC")).scalars()
        assert [seq & 0xFFFF for seq in seqs if seq >> 44 == 7] == [2, 1]
    assert app.test_client().get("/health/ready").status_code == 200


def test_what_an_epoch_before_had_numbered_is_known_as_far_as_it_is_here(
    app: Flask, town: Town
) -> None:
    town.arrive("awa", person("Abel"))
    last = town.head()
    with app.app_context(), writing() as conn:
        epochs.open_further(conn, SYSTEM, epochs.BY_HAND, reached=None)
    with town.reading() as conn:
        known = epochs.known(conn)
        assert [known(n) for n in (0, last, last + 1, town.head(), town.head() + 1)] == [
            True,
            True,
            False,
            True,
            False,
        ]


def test_numbers_of_a_savepoint_that_was_rolled_back_raise_no_mark(app: Flask, town: Town) -> None:
    with app.app_context(), writing() as conn:
        tried = conn.begin_nested()
        ledger.take(conn, 5)
        tried.rollback()
    mark = highwater.read(app.extensions["ddr_config"].data)
    assert mark
    assert epochs.head_of(mark) == town.head()
