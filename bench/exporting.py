"""``case-list``: 100,000 rows beside a plain cursor-to-csv loop; peak memory of 1,000,000 beside 10,000."""

import csv
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from bench.filling import fill
from bench.registries import ENGINES, app_on, database
from bench.table import Line
from bench.timing import best
from server.actor import SYSTEM
from server.db import reading
from server.exports import taking
from server.tables import table_of

ROWS, FEW, MANY = 100_000, 10_000, 1_000_000
MEGABYTE = 1024


def lines() -> Iterator[Line]:
    """Speed and memory on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder), app_on(url, folder):
            fill(ROWS)
            yield _speed(engine, folder)
        grown = _peak(engine, MANY) - _peak(engine, FEW)
        figures = f"peak of {MANY:,} rows less peak of {FEW:,}"
        yield Line("case-list, growth of peak memory", engine, grown / MEGABYTE, 30, figures, "MB")


def _speed(engine: str, folder: Path) -> Line:
    ours = best(2, lambda: export(folder / "ours.csv"))
    plain = best(2, lambda: _plain(folder / "plain.csv"))
    figures = f"{ours:.2f} s, plain loop {plain:.2f} s, {ROWS:,} rows"
    return Line("case-list beside cursor-to-csv", engine, ours / plain, 4, figures)


def export(place: Path) -> None:
    """The report as the shell takes it."""
    with place.open("wb") as out:
        taking.take(taking.named("case-list", SYSTEM.sight), SYSTEM, "", out)


def _plain(place: Path) -> None:
    person, case = table_of("person"), table_of("case")
    query = sa.select(
        person.c.number, person.c.name, person.c.sex, person.c.birth_date, case.c.process, case.c.category,
        case.c.gate, case.c.opened_on, case.c.caseload_id, case.c.area_id,
    ).select_from(case.join(person, person.c.id == case.c.person_id))  # fmt: skip
    with reading() as conn, place.open("w", newline="") as out:
        streamed = conn.execution_options(stream_results=True, yield_per=5000)
        csv.writer(out).writerows(streamed.execute(query))


def _peak(engine: str, rows: int) -> int:
    """Peak memory, in kB, of a process that fills nothing and exports so many rows."""
    with database(engine) as (url, folder):
        with app_on(url, folder):
            fill(rows)
        command = [sys.executable, "-m", "bench.exporting", url, str(folder)]
        return int(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
        )


def _alone(url: str, folder: str) -> None:
    with app_on(url, Path(folder)):
        export(Path(folder) / "alone.csv")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    _alone(*sys.argv[1:])
