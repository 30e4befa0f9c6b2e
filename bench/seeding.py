"""Seed rate end to end, with history and entries; its last tenth beside its first; ``verify`` afterwards."""

import time
from collections.abc import Iterator

from bench.registries import ENGINES, app_on, database
from bench.table import Line
from server.db import reading
from server.seeding.sowing import sow
from server.verify import verify

PEOPLE, SEED = 6_000, 1


def lines() -> Iterator[Line]:
    """Rate and steadiness on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder), app_on(url, folder):
            yield from _sown(engine)


def _sown(engine: str) -> Iterator[Line]:
    marks = [time.perf_counter()]
    sown = sow(PEOPLE, SEED, lambda done: marks.append(time.perf_counter()))
    seconds, records = marks[-1] - marks[0], sum(sown.records.values())
    figures = f"{records:,} records in {seconds:.1f} s"
    rate = records / seconds
    yield Line("seed, records a second", engine, rate, 4000, figures, "/s", more_is_better=True)
    # The first mark also has the places in it, and the last batch is not a whole one.
    tenth = max(len(marks) // 10, 1)
    first, last = marks[1 + tenth] - marks[1], marks[-2] - marks[-2 - tenth]
    name = "seed, last tenth beside the first"
    yield Line(name, engine, first / last, 0.8, "", more_is_better=True)
    with reading() as conn:
        faults = verify(conn).faults
    yield Line("verify after the seed, faults", engine, faults, 0, "", "")
