"""Real writers in real processes on one PostgreSQL; each law beside the same run with the law undone."""

import json
import multiprocessing as mp
from collections.abc import Iterator
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import sqlalchemy as sa

from server.db import engine_options
from server.tables import entry, history, table_of
from tests.schema.programme import ident, person
from tests.server import racing
from tests.server.cast import RegistryProgramme

PEOPLE, TIMES, WRITERS, COMMITS = 5, 500, 8, 40
# Forking a process that holds connections would share them.
CONTEXT = mp.get_context("spawn")


@pytest.fixture
def url(fresh_database) -> str:
    """A migrated PostgreSQL."""
    return fresh_database("postgresql")


@pytest.fixture
def watcher(url: str) -> Iterator[sa.Connection]:
    """A connection that reads what is committed, statement by statement."""
    engine = sa.create_engine(url, **engine_options(url))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        yield conn
    engine.dispose()


def started(target, *given: tuple) -> list[BaseProcess]:
    processes = [CONTEXT.Process(target=target, args=args, daemon=True) for args in given]
    for process in processes:
        process.start()
    return processes


def finished(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.join(240)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def lost_edits(url: str, folder: Path, watcher: sa.Connection, edit) -> int:
    """How many of the edits a later line of history has silently undone."""

    def people() -> None:
        made = RegistryProgramme()
        made.arrive("celine", *(person(f"P{number}") for number in range(PEOPLE)))

    racing.in_app(url, str(folder), people)
    fields = ("alias", "mother_name")
    finished(started(edit, *((url, str(folder), name, name, PEOPLE, TIMES) for name in fields)))
    return sum(
        undone(watcher, ident(f"P{number}"), field) for number in range(PEOPLE) for field in fields
    )


def undone(watcher: sa.Connection, person_id: str, field: str) -> int:
    """Lines of history in which a field went back to an older value."""
    query = (
        sa.select(history.c.payload).where(history.c.record_id == person_id).order_by(history.c.seq)
    )
    said = (json.loads(payload)["values"] for (payload,) in watcher.execute(query))
    numbers = [int(values.get(field) or -1) for values in said]
    return sum(later < earlier for earlier, later in pairwise(numbers))


def test_two_processes_editing_different_fields_of_the_same_people_lose_nothing(
    url, tmp_path, watcher
):
    assert lost_edits(url, tmp_path, watcher, racing.edit) == 0
    people = table_of("person")
    rows = watcher.execute(sa.select(people.c.alias, people.c.mother_name)).all()
    last = {str(TIMES - PEOPLE + number) for number in range(PEOPLE)}
    assert {row.alias for row in rows} == {row.mother_name for row in rows} == last


def test_without_the_row_lock_the_same_run_loses_edits(url, tmp_path, watcher):
    assert lost_edits(url, tmp_path, watcher, racing.edit_without_lock) > 0


def missed(url: str, folder: Path, watcher: sa.Connection, add) -> int:
    """How many records a reader who polls by number never sees while eight writers commit."""
    writers = started(
        add, *((url, str(folder), f"w{number}", COMMITS) for number in range(WRITERS))
    )
    cursor, seen = 0, set()
    while any(writer.is_alive() for writer in writers):
        cursor = read_on(watcher, cursor, seen)
    finished(writers)
    read_on(watcher, cursor, seen)
    everything = watcher.execute(
        sa.select(sa.func.count()).select_from(table_of("organisation"))
    ).scalar_one()
    assert everything == WRITERS * COMMITS
    return everything - len(seen)


def read_on(watcher: sa.Connection, cursor: int, seen: set[str]) -> int:
    for record_id, seq in watcher.execute(
        sa.select(entry.c.record_id, entry.c.seq).where(entry.c.seq > cursor)
    ):
        seen.add(record_id)
        cursor = max(cursor, seq)
    return cursor


def test_a_reader_polling_by_number_misses_nothing(url, tmp_path, watcher):
    assert missed(url, tmp_path, watcher, racing.add) == 0


def test_with_a_plain_sequence_the_same_reader_misses_records(url, tmp_path, watcher):
    watcher.execute(sa.text("CREATE SEQUENCE plain"))
    assert missed(url, tmp_path, watcher, racing.add_by_sequence) > 0
