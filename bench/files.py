"""First syncs by snapshot file: 200 of 10,000 records at once beside one, and one over a link that is cut.

The 200 are thin: they speak the wire, check what comes and keep nothing, because 200 encrypted stores would
have this machine busy with themselves. The one that is cut is a real laptop.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench import laptops, people
from bench.cutting import cutting
from bench.peers.relay import port_of
from bench.registries import ENGINES, app_on, cpu_of, database, served
from bench.table import Line
from bench.thin import Thin, enrolled
from field_client import sync
from field_client.home import Unlocked
from schema.problems import Unreachable

RECORDS = 10_000
LAPTOPS = int(os.environ.get("LAPTOPS", "200"))
ONE_BY_ONE = 20
CUTS = 20


@dataclass(frozen=True)
class Served:
    """A registry that is served. pid: of its process; data: its folder."""

    address: str
    pid: int
    data: Path

    def forget_files(self) -> None:
        """As on a host that has packed nothing yet."""
        shutil.rmtree(self.data / "snapshots", ignore_errors=True)


def lines() -> Iterator[Line]:
    """On each engine: failures, processor time, bytes."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                people.recorded(RECORDS)
                codes = [laptops.code(), laptops.another_code()]
                crowd = [enrolled(number) for number in range(LAPTOPS)]
            with served(url, folder) as (address, pid):
                registry = Served(address, pid, folder)
                yield from _at_once(engine, registry, crowd)
                yield _cut(engine, registry, codes)


def _at_once(engine: str, registry: Served, crowd: list[Thin]) -> Iterator[Line]:
    some = crowd[:ONE_BY_ONE]
    some[0].first_sync(registry.address, by_pages=1)
    pages = _cpu(registry, some, by_pages=1) / len(some)
    packing = _cpu(registry, some[:1])
    file = _cpu(registry, some) / len(some)
    registry.forget_files()
    before = cpu_of(registry.pid)
    with ThreadPoolExecutor(len(crowd)) as threads:
        good = list(threads.map(lambda one: one.first_sync(registry.address), crowd))
    spent = cpu_of(registry.pid) - before
    name = f"{len(crowd)} first syncs of {RECORDS:,} records at once"
    figures = f"{spent:.2f} s CPU, one {packing:.2f} s with the packing; aim 2"
    yield Line(f"{name}, failures", engine, good.count(False), 0, figures, "")
    yield Line(f"{name}, server CPU", engine, spent / packing, 5, figures)
    figures = f"{file * 1000:.0f} ms by file, {pages * 1000:.0f} ms by pages"
    yield Line(
        "a first sync by file beside one by pages, server CPU", engine, file / pages, 0.1, figures
    )


def _cpu(registry: Served, some: list[Thin], by_pages: int = 0) -> float:
    before = cpu_of(registry.pid)
    for one in some:
        assert one.first_sync(registry.address, by_pages=by_pages)
    return cpu_of(registry.pid) - before


def _cut(engine: str, registry: Served, codes: list[str]) -> Line:
    whole = _bytes(registry, codes[0], 0, 0)
    cut = _bytes(registry, codes[1], CUTS, whole // (CUTS + 1))
    figures = f"{cut:,} B, uncut {whole:,} B; aim 1.10"
    return Line(f"{CUTS} cuts in a first sync, bytes", engine, cut / whole, 1.25, figures)


def _bytes(registry: Served, code: str, cuts: int, after: int) -> int:
    """What a first sync takes, both ways, over a link that is cut so often, each time after so many bytes."""
    with cutting(port_of(registry.address), cuts, after) as link:
        folder = registry.data / f"cut-{cuts}"
        unlocked = laptops.enrolled(folder, f"http://127.0.0.1:{link.port}", code)
        link.begin()
        while not _is_through(unlocked):
            pass
        assert link.left == 0
        return link.size


def _is_through(unlocked: Unlocked) -> bool:
    try:
        done = sync.run(unlocked)
    except Unreachable:
        return False
    assert done.unequal == 0
    return True
