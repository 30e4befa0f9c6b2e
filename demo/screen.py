"""What the demo says on the screen."""

import itertools
import sys
from collections.abc import Iterable, Sequence

_steps = itertools.count(1)


def step(title: str) -> None:
    """A new step of the walk."""
    print(f"\n{next(_steps)}. {title}", flush=True)


def tell(sentence: str) -> None:
    """What happened."""
    print(f"   {sentence}", flush=True)


def show(rows: Iterable[Sequence[str]]) -> None:
    """A few rows in columns."""
    lines = [tuple(map(str, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("     " + "  ".join(cells).rstrip(), flush=True)


def fail(sentence: str) -> None:
    """Which step failed, and how."""
    print(f"\nThe demo stopped here.\n{sentence}", file=sys.stderr, flush=True)
