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
    marks = [(0, time.perf_counter())]
    sown = sow(PEOPLE, SEED, lambda done: marks.append((done, time.perf_counter())))
    seconds, records = marks[-1][1] - marks[0][1], sum(sown.records.values())
    figures = f"{records:,} records in {seconds:.1f} s"
    yield Line(
        "seed, records a second",
        engine,
        records / seconds,
        4000,
        figures,
        "/s",
        more_is_better=True,
    )
    steady = _rate(marks[-2:]) / _rate(marks[1:3])
    yield Line("seed, last tenth beside the first", engine, steady, 0.8, "", more_is_better=True)
    with reading() as conn:
        faults = verify(conn).faults
    yield Line("verify after the seed, faults", engine, faults, 0, "", "")


def _rate(marks: list[tuple[int, float]]) -> float:
    (before, start), (after, end) = marks[0], marks[-1]
    return (after - before) / (end - start)
