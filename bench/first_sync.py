"""A first sync of 10,000 records beside ``executemany`` of the same rows into the same kind of file.

The floor has no index and one commit that waits for the disk. Memory is that of ``ddr-field sync`` at its
height, the 64 MiB of its passphrase included.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import laptops
from bench.registries import ENGINES, app_on, database, served
from bench.table import Line
from bench.timing import wall
from field_client import cipher, sync
from field_client.home import Unlocked
from schema.entities import ENTITIES

RECORDS = 10_000
MOST_MEMORY, KILOBYTES = 150, 1024
# A process begins with the height of the one that started it, which is a small one here.
WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def lines() -> Iterator[Line]:
    """The ratio with the registry on each engine, and what the laptop's process takes."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(RECORDS // laptops.EACH)
                one_time, another = laptops.code(), laptops.another_code()
            with served(url, folder) as (address, _):
                yield _first(engine, laptops.enrolled(folder, address, one_time), folder)
                laptops.enrolled(folder / "other", address, another)
                yield _memory(engine, folder / "other" / "laptop")


def _first(engine: str, unlocked: Unlocked, folder: Path) -> Line:
    done: list[sync.Summary] = []
    ours = wall(lambda: done.append(sync.run(unlocked)))
    floor = min(_floor(unlocked, folder / f"floor{n}.db") for n in range(3))
    figures = f"{ours:.2f} s for {done[0].fetched:,} records, {done[0].bytes_down:,} B; bare {floor:.2f} s"
    return Line("first sync of 10,000 records", engine, ours / floor, 10, figures)


def _memory(engine: str, home: Path) -> Line:
    """What a sync in a process of its own takes at its height."""
    said = {"DDR_FIELD_HOME": str(home), "DDR_PASSPHRASE": laptops.PASSPHRASE}
    command = [sys.executable, "-c", WATCH, str(Path(sys.executable).parent / "ddr-field"), "sync"]
    env = {**os.environ, **said}
    told = subprocess.run(command, check=True, env=env, capture_output=True, text=True).stdout
    name, height = "memory of a first sync of 10,000 records", int(told.split()[-1]) / KILOBYTES
    return Line(name, engine, height, MOST_MEMORY, "of the laptop's process", "MB")


def _floor(unlocked: Unlocked, place: Path) -> float:
    tables: list[tuple[str, list[tuple[Any, ...]]]] = []
    with unlocked.opened() as db:
        for entity in ENTITIES:
            cursor = db.execute(f'SELECT * FROM "{entity.noun}"')
            tables.append((entity.noun, cursor.fetchall()))
    bare = cipher.open_database(place, unlocked.key)
    for noun, rows in tables:
        if rows:
            bare.execute(
                f'CREATE TABLE "{noun}" ({", ".join(f"c{n}" for n in range(len(rows[0])))})'
            )
    seconds = wall(lambda: _insert(bare, tables))
    bare.close()
    return seconds


def _insert(bare: Any, tables: list[tuple[str, list[tuple[Any, ...]]]]) -> None:
    with cipher.transaction(bare):
        for noun, rows in tables:
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                bare.conn.executemany(f'INSERT INTO "{noun}" VALUES ({marks})', rows)
