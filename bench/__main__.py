"""Runs the benchmarks named, or all."""

import sys
import time
from collections.abc import Callable, Iterator

from bench import (
    exporting,
    files,
    first_sync,
    growth,
    memory,
    ordering,
    pages,
    pushing,
    repairing,
    seeding,
    sticks,
)
from bench.peers import comparing, crowd, narrow, results
from bench.table import Line, NotRun, show

ALL: dict[str, Callable[[], Iterator[Line | NotRun]]] = {
    "sync": first_sync.lines,
    "files": files.lines,
    "push": pushing.lines,
    "peers": comparing.lines,
    "narrow": narrow.lines,
    "crowd": crowd.lines,
    "growth": growth.lines,
    "order": ordering.lines,
    "repair": repairing.lines,
    "stick": sticks.lines,
    "memory": memory.lines,
    "seed": seeding.lines,
    "pages": pages.lines,
    "export": exporting.lines,
}


def main(names: list[str]) -> int:
    """Run them; wrong names end with 2. A missed goal is printed and is no failure of the run."""
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        print(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(ALL)}.")
        return 2
    chosen = names or list(ALL)
    shown = show(line for name in chosen for line in _timed(name))
    if "peers" in chosen:
        results.write(chosen, shown)
    return 0


def _timed(name: str) -> Iterator[Line | NotRun]:
    """The lines of one, and how long they took."""
    began = time.monotonic()
    yield from ALL[name]()
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
