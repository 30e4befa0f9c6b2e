"""How long something takes: the best of several, so that a busy moment of the machine is left out."""

import gc
import time
from collections.abc import Callable
from typing import Any


def best(times: int, act: Callable[[], Any]) -> float:
    """Seconds of the quickest of several runs."""
    return min(wall(act) for _ in range(times))


def wall(act: Callable[[], Any]) -> float:
    """Seconds by the clock."""
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def cpu(act: Callable[[], Any]) -> float:
    """Seconds of this process's own work."""
    gc.collect()
    start = time.process_time()
    act()
    return time.process_time() - start
