"""What numbers in the order of commits cost: 16 writers on PostgreSQL, whose disk is waited for here.

The naive way takes a number from a sequence as it writes. A reader that polls for what is above the last
number it saw passes by whoever commits late, and never sees it. Ours takes it from the counter's row, last,
and commits wait for each other. One write in ten dawdles: with its number in hand, or before it takes one.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench import laptops
from bench.registries import app_on, database
from bench.table import Line
from schema.change import Source
from schema.entities import NUMBERS
from schema.ids import new_id
from server import bulk, ledger
from server.db import reading, writing
from server.tables import entry, history, table_of

WRITERS, SECONDS = 16, 15.0
SLOW_EVERY, SLOW, POLL = 10, 0.02, 0.005
_FORK = multiprocessing.get_context("fork")
ENTRY = ("bucket_id", "entity", "record_id", "seq", "removed")
PERSON = table_of("person")
DURABLE = (
    "ALTER SYSTEM SET fsync = on",
    "ALTER SYSTEM SET synchronous_commit = on",
    "SELECT pg_reload_conf()",
)
Number = Callable[[sa.Connection, ledger.Line, bool], int]


@dataclass(frozen=True)
class Ends:
    """What the processes of a run share: when all are ready, when the reader stops, what they say."""

    ready: Any
    stop: Any
    rates: Any
    missed: Any


@dataclass(frozen=True)
class Came:
    """What came of a run. rate: commits a second; missed: rows that the reader never saw."""

    rate: float
    missed: int


def lines() -> Iterator[Line]:
    """Rows missed, and commits a second beside the naive way."""
    with database("postgresql") as (url, folder):
        with app_on(url, folder):
            laptops.people(WRITERS)
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as conn:
            for statement in DURABLE:
                conn.exec_driver_sql(statement)
        ours = _run(url, folder, _last)
        with engine.connect() as conn:
            above = conn.exec_driver_sql("SELECT max(seq) + 1 FROM history").scalar_one()
            conn.exec_driver_sql(f"CREATE SEQUENCE naive START {above}")
        naive = _run(url, folder, _at_once)
    told = f"{SECONDS:.0f} s; the naive way {naive.missed}"
    yield Line(f"missed by a reader, {WRITERS} writers", "postgresql", ours.missed, 0, told, "rows")
    told = f"{ours.rate:,.0f}/s, the naive way {naive.rate:,.0f}/s; aim 0.5"
    name = f"commits a second in order, {WRITERS} writers"
    yield Line(name, "postgresql", ours.rate / naive.rate, 0.3, told, more_is_better=True)


def _last(conn: sa.Connection, line: ledger.Line, slow: bool) -> int:  # noqa: FBT001 - its turn
    _dawdle(conn, slow=slow)
    taken = ledger.take(conn, 1)
    ledger.write(conn, taken, [line], "bench")
    return taken.last


def _at_once(conn: sa.Connection, line: ledger.Line, slow: bool) -> int:  # noqa: FBT001 - its turn
    seq = int(conn.exec_driver_sql("SELECT nextval('naive')").scalar_one())
    values = {name: getattr(line, name) for name in ("entity", "record_id", "scope", "compartment")}
    values |= {"payload": line.payload, "salt": line.salt, "digest": line.digest}
    said = {"seq": seq, "commit_no": 0, "chain": "bench", "author": "", "by": "", **values}
    conn.execute(sa.insert(history).values(said))
    _dawdle(conn, slow=slow)
    return seq


def _dawdle(conn: sa.Connection, *, slow: bool) -> None:
    if slow:
        conn.exec_driver_sql(f"SELECT pg_sleep({SLOW})")


def _run(url: str, folder: Path, number: Number) -> Came:
    """All write as fast as they can for a while, and one reads."""
    ends = Ends(_FORK.Barrier(WRITERS + 1), _FORK.Event(), _FORK.Queue(), _FORK.Queue())
    reader = _FORK.Process(target=_read, args=(url, folder, ends))
    writers = [
        _FORK.Process(target=_write, args=(url, folder, number, place, ends))
        for place in range(WRITERS)
    ]
    for process in (reader, *writers):
        process.start()
    rate = sum(ends.rates.get() for _ in writers)
    ends.stop.set()
    missed = int(ends.missed.get())
    for process in (reader, *writers):
        process.join()
    return Came(rate, missed)


def _write(url: str, folder: Path, number: Number, place: int, ends: Ends) -> None:
    person, commits = laptops.person_id(place), 0
    with app_on(url, folder):
        bucket_id = _bucket()
        ends.ready.wait()
        begun = time.monotonic()
        while (since := time.monotonic() - begun) < SECONDS:
            source = Source("bench", str(commits), by="bench")
            line = ledger.line("person", person, {"values": {"alias": str(commits)}}, source)
            with writing() as conn:
                bulk.update_rows(conn, PERSON, ("id", "alias"), [(person, str(commits))])
                seq = number(conn, line, (commits + place) % SLOW_EVERY == 0)
                row = (bucket_id, NUMBERS["person"], new_id(seq), seq, False)
                bulk.insert_rows(conn, entry, ENTRY, [row])
            commits += 1
    ends.rates.put(commits / since)


def _read(url: str, folder: Path, ends: Ends) -> None:
    with app_on(url, folder):
        bucket_id, last, found = _bucket(), False, 0
        mine = sa.select(entry.c.seq).where(entry.c.bucket_id == bucket_id)
        with reading() as conn:
            start = at = max(conn.execute(mine).scalars())
        ends.ready.wait()
        while not last:
            last = bool(ends.stop.wait(POLL))
            with reading() as conn:
                rows = (
                    conn.execute(mine.where(entry.c.seq > at).order_by(entry.c.seq)).scalars().all()
                )
            found, at = found + len(rows), max(rows, default=at)
        with reading() as conn:
            ends.missed.put(len(conn.execute(mine.where(entry.c.seq > start)).all()) - found)


def _bucket() -> int:
    """The bucket in which the people are."""
    with reading() as conn:
        query = sa.select(entry.c.bucket_id).where(entry.c.entity == NUMBERS["person"])
        return int(conn.execute(query.limit(1)).scalar_one())
