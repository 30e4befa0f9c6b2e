"""A first sync of 10,000 records beside ``executemany`` of the same rows into the same kind of file."""

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


def lines() -> Iterator[Line]:
    """The ratio with the registry on each engine."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(RECORDS // laptops.EACH)
                one_time = laptops.code()
            with served(url, folder) as (address, _):
                yield _first(engine, laptops.enrolled(folder, address, one_time), folder)


def _first(engine: str, unlocked: Unlocked, folder: Path) -> Line:
    done: list[sync.Summary] = []
    ours = wall(lambda: done.append(sync.run(unlocked)))
    floor = min(_floor(unlocked, folder / f"floor{n}.db") for n in range(3))
    figures = f"{ours:.2f} s for {done[0].fetched:,} records, {done[0].bytes_down:,} B; bare {floor:.2f} s"
    return Line("first sync of 10,000 records", engine, ours / floor, 10, figures)


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
