"""One line of the table, and the table."""

import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A ratio (or rate), the goal it is held against, and the figures it was made from."""

    name: str
    engine: str
    value: float
    goal: float
    figures: str
    unit: str = "x"
    more_is_better: bool = False

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal

    def __str__(self) -> str:
        sign = ">=" if self.more_is_better else "<="
        verdict = "met   " if self.met else "MISSED"
        goal = f"{sign} {self.goal:g} {self.unit}"
        return f"{verdict} {self.name:<52} {self.engine:<10} {self.value:>9.2f} {goal:<16} {self.figures}"


@dataclass(frozen=True)
class NotRun:
    """What could not be measured here, and why; no failure."""

    name: str
    why: str

    @property
    def met(self) -> bool:
        """Nothing was missed."""
        return True

    def __str__(self) -> str:
        return f"NOT RUN {self.name}: {self.why}"


def show(lines: Iterable[Line | NotRun]) -> list[Line | NotRun]:
    """Print lines as they come, and how many missed their goal; what was printed."""
    print(
        f"Python {platform.python_version()}, {platform.machine()}, ratios of one run",
        file=sys.stderr,
    )
    shown = []
    for line in lines:
        print(line, flush=True)
        shown.append(line)
    missed = sum(not line.met for line in shown)
    print(f"{missed} missed their goal" if missed else "every goal is met")
    return shown
