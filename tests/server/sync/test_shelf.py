"""Snapshot files on a host: when one is made anew, how long it stays, what a crash leaves."""

import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa
from flask import Flask

from schema import points
from server import epochs, highwater
from server.actor import SYSTEM
from server.db import db, writing
from server.sync import shelf, snapshots
from tests.schema.programme import write
from tests.server.sync.fetching import BUCKET, PEOPLE, aged, files, first, get, offered
from tests.server.sync.laptop import Fleet, Laptop


def test_a_file_of_which_much_has_changed_is_made_anew_and_downloads_of_the_old_one_end(
    people: Laptop,
) -> None:
    before = offered(people)
    people.save(write("person", "P1", {"phone": None}, phone="76 00 00 01"))
    people.sync()
    assert offered(people) == before
    for number in range(2, 2 + 2 * PEOPLE // snapshots.STALE):
        people.save(write("person", f"P{number}", {"phone": None}, phone="76 00 00 02"))
    people.sync()
    after = offered(people)
    assert after["seq"] > before["seq"]
    assert [get(people, offer).status_code for offer in (before, after)] == [200, 200]


def test_a_file_that_was_replaced_goes_when_downloads_have_had_their_time_and_any_after_a_day(
    people: Laptop,
) -> None:
    before = offered(people)
    for number in range(2 + 2 * PEOPLE // snapshots.STALE):
        people.save(write("person", f"P{number}", {"phone": None}, phone="76 00 00 02"))
    people.sync()
    after = offered(people)
    aged(people.app, snapshots.GRACE - 60)
    aged(people.app, snapshots.GRACE, before["seq"])
    people.sync()
    assert len(files(people.app)) == 2
    aged(people.app, snapshots.GRACE + 60, after["seq"])
    people.sync()
    assert [get(people, offer).status_code for offer in (before, after)] == [404, 200]
    aged(people.app, snapshots.LIFE + 60)
    people.sync()
    assert files(people.app) == []


def test_what_has_left_a_bucket_does_not_stay_on_the_disk_until_somebody_asks(
    people: Laptop, fleet: Fleet
) -> None:
    offered(people)
    celine = fleet.laptop("celine")
    celine.save(write("case", "case of P5", {"process": "adult"}, process="child"))
    aged(people.app, 0)
    celine.sync()
    assert files(people.app) == []


def test_a_file_of_another_epoch_is_not_there_and_is_taken_away(people: Laptop) -> None:
    offer = offered(people)
    with people.app.app_context(), writing() as conn:
        epochs.open_further(conn, SYSTEM, epochs.BY_HAND, reached=None)
    assert get(people, offer).status_code == 404
    aged(people.app, 0)
    people.sync()
    assert files(people.app) == []


def test_a_database_that_was_put_back_serves_no_file_of_what_it_has_forgotten(
    people: Laptop,
) -> None:
    offer = offered(people)
    with people.app.app_context(), writing() as conn:
        conn.execute(sa.text("UPDATE sync_state SET n = n - 1"))
    assert get(people, offer).status_code == 404


def test_a_file_of_another_version_is_not_found(people: Laptop) -> None:
    offer = offered(people)
    with mock.patch.object(shelf, "_this_version", return_value=("2", "other fields")):
        assert get(people, offer).status_code == 404


@pytest.fixture
def paused() -> Iterator[tuple[Event, Event]]:
    """(one has begun to write, it may go on)."""
    begun, go = Event(), Event()

    def act() -> None:
        begun.set()
        assert go.wait(30)

    with mock.patch.dict(points._acts, {"while writing a snapshot": act}):
        yield begun, go


def test_of_two_at_once_one_makes_the_file_and_the_other_is_told_to_come_again(
    people: Laptop, fleet: Fleet, paused: tuple[Event, Event]
) -> None:
    begun, go = paused
    other = fleet.laptop("awa")
    with ThreadPoolExecutor(1) as threads:
        making = threads.submit(offered, people)
        assert begun.wait(30)
        told = first(other)
        go.set()
        offer = making.result()
    assert told.end == {"more": True, "again": snapshots.AGAIN}
    assert BUCKET not in {page["bucket"] for page in told.pages}
    assert offered(other) == offer
    assert len(files(people.app)) == 1


@pytest.mark.parametrize("point", points.SNAPSHOT)
def test_what_was_left_unfinished_is_served_to_nobody_and_goes_with_the_next(
    people: Laptop, point: str
) -> None:
    app = people.app

    def die() -> None:
        for path in files(app):
            shutil.copyfile(path, path.with_name(f"{path.name}-left"))
        raise KeyboardInterrupt

    with mock.patch.dict(points._acts, {point: die}), pytest.raises(KeyboardInterrupt):
        offered(people)
    assert [path.name.startswith(shelf.UNFINISHED) for path in files(app)] == [True]
    offered(people)
    assert [path.name.startswith(shelf.UNFINISHED) for path in files(app)] == [False]


def test_nobody_but_the_registry_reads_the_files(people: Laptop) -> None:
    offered(people)
    [path] = files(people.app)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_where_no_file_can_be_written_pages_come(people: Laptop) -> None:
    folder = people.app.extensions["ddr_config"].data / "snapshots"
    folder.write_text("in the way", "utf-8")
    answer = first(people)
    assert "snapshots" not in answer.end
    assert BUCKET in {page["bucket"] for page in answer.pages}
    assert not answer.end["more"]


def test_a_file_that_has_vanished_is_made_again(people: Laptop) -> None:
    offer = offered(people)
    [path] = files(people.app)
    path.unlink()
    assert get(people, offer).status_code == 404
    assert offered(people)["hash"] == offer["hash"]


def counted(app: Flask, act: Callable[[], Any]) -> int:
    """How many statements something takes."""
    said: list[str] = []

    def note(conn: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len([s for s in said if s.startswith("SELECT")])


def test_serving_a_file_asks_the_database_who_may_have_it_and_nothing_of_what_it_holds(
    people: Laptop,
) -> None:
    offer = offered(people)
    assert counted(people.app, lambda: get(people, offer)) <= 8


def test_the_mark_of_a_registry_is_not_touched_by_making_files(people: Laptop) -> None:
    data = people.app.extensions["ddr_config"].data
    before = highwater.read(data)
    offered(people)
    assert highwater.read(data) == before
