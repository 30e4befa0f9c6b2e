"""``bench/RESULTS.md``: the table of a run, with versions, the machine, and what missed."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.peers import pouch
from bench.peers.comparing import ROUNDS
from bench.table import Line, NotRun
from tests.postgres import binaries

PLACE = Path(__file__).parent.parent / "RESULTS.md"
OURS = ("ploughshare", "Flask", "SQLAlchemy", "psycopg", "gunicorn", "sqlcipher3", "orjson")
HEAD = """\
# Results

Written by `make bench`; do not edit. Ratios are of two figures measured in the same run on the same machine;
what misses its goal is printed as MISSED. PostgreSQL runs with `fsync=off`, SQLite as it is shipped. How the
sync is held against PouchDB is told in `bench/peers/__init__.py`.
"""


def write(chosen: Sequence[str], lines: Sequence[Line | NotRun]) -> None:
    """Put the run into the file, in place of the one before."""
    PLACE.write_text("\n".join([HEAD, *_about(chosen), "", *_table(lines), ""]), encoding="utf-8")


def _about(chosen: Sequence[str]) -> Iterator[str]:
    yield f"- run of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {', '.join(chosen)}"
    yield f"- beside PouchDB: median of {ROUNDS} round{'s' * (ROUNDS > 1)}, one at a long round trip"
    yield f"- machine: {_machine()}"
    named = [f"{name} {version(name)}" for name in OURS]
    engines = [f"SQLite {sqlite3.sqlite_version}", _postgres()]
    yield f"- ours: Python {platform.python_version()}, {', '.join([*engines, *named])}"
    why = pouch.why_not()
    yield f"- peer: {why or pouch.versions()}"


def _machine() -> str:
    """What it has, and how busy others kept it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, load {load} at the end"
    )


def _postgres() -> str:
    said = subprocess.run(
        [str(binaries() / "postgres"), "--version"], check=True, capture_output=True, text=True
    )
    return f"PostgreSQL {said.stdout.split()[2]}"


def _table(lines: Sequence[Line | NotRun]) -> Iterator[str]:
    missed = sum(not line.met for line in lines)
    yield f"{missed} of {len(lines)} missed their goal.\n"
    yield "| | measure | engine | value | goal | figures |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for line in lines:
        yield f"| {' | '.join(_cells(line))} |"


def _cells(line: Line | NotRun) -> list[str]:
    if isinstance(line, NotRun):
        return ["not run", line.name, "", "", "", line.why]
    sign = "≥" if line.more_is_better else "≤"
    verdict = "met" if line.met else "**MISSED**"
    value, goal = f"{line.value:.2f} {line.unit}", f"{sign} {line.goal:g} {line.unit}"
    return [verdict, line.name, line.engine, value, goal, line.figures]
