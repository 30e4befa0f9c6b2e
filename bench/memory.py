"""What each of several first syncs at once adds to the server's memory at its height."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import laptops
from bench.registries import ENGINES, app_on, database, served
from bench.table import Line
from field_client import sync

RECORDS, AT_ONCE = 10_000, 8
MEGABYTE = 1024


def lines() -> Iterator[Line]:
    """Megabytes for each of the syncs, on both engines."""
    for engine in ENGINES:
        with database(engine) as (url, folder):
            with app_on(url, folder):
                laptops.people(RECORDS // laptops.EACH)
                codes = [laptops.code(), *(laptops.another_code() for _ in range(AT_ONCE))]
            with served(url, folder) as (address, pid):
                first, *others = (laptops.enrolled(folder / code, address, code) for code in codes)
                # One before: what every server comes to hold is no sync's.
                sync.run(first)
                before = _forget_height(pid)
                with ThreadPoolExecutor(AT_ONCE) as threads:
                    fetched = [done.fetched for done in threads.map(sync.run, others)]
                height = sum(_kilobytes(one, "VmHWM") for one in _workers(pid))
        assert min(fetched) >= RECORDS
        each = (height - before) / AT_ONCE / MEGABYTE
        figures = (
            f"{before / MEGABYTE:.0f} MB before, {height / MEGABYTE:.0f} MB with {AT_ONCE} at once"
        )
        yield Line("server memory for each first sync of 10,000", engine, each, 20, figures, "MB")


def _workers(pid: int) -> list[int]:
    """The processes that answer: children of the one that was started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return [int(child) for child in children]


def _forget_height(pid: int) -> int:
    """Count the height of memory anew; what it is now, in kB."""
    for one in _workers(pid):
        Path(f"/proc/{one}/clear_refs").write_text("5", "utf-8")
    return sum(_kilobytes(one, "VmRSS") for one in _workers(pid))


def _kilobytes(pid: int, what: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    [found] = [line for line in lines if line.startswith(f"{what}:")]
    return int(found.split()[1])
