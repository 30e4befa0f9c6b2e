"""What one step cost: time, bytes, round trips and the server's processor time."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.peers.relay import Relay
from bench.registries import cpu_of


@dataclass(frozen=True)
class Cost:
    """Of one step on one side; said is what the step answered."""

    seconds: float
    size: int
    turns: int
    cpu: float
    said: Any = None


def cost(act: Callable[[], Any], relay: Relay, server: int) -> Cost:
    """Do it, and read the clock, the relay and the server's processor time on both sides of it."""
    before, used, start = relay.count, cpu_of(server), time.perf_counter()
    said = act()
    seconds = time.perf_counter() - start
    went = relay.count.since(before)
    return Cost(seconds, went.up + went.down, went.turns, cpu_of(server) - used, said)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of several rounds, figure by figure."""
    return Cost(
        statistics.median(one.seconds for one in costs),
        statistics.median_high([one.size for one in costs]),
        statistics.median_high([one.turns for one in costs]),
        statistics.median(one.cpu for one in costs),
        costs[-1].said,
    )
