"""Lines of an answer in as many pieces as there are commits: a fast link's together, a slow one's as they come.

Each commit waits for the disk, and what a fast link brings again costs nothing; what was waited for is kept
at once.
"""

from collections.abc import Callable, Iterator

from field_client import moments
from schema.problems import Unreachable

# Seconds that somebody has waited for a part, and bytes that are held in memory at most.
LONG, MOST = 0.05, 8_000_000


def gathered(
    parts: Iterator[list[bytes]], clock: Callable[[], float] = moments.seconds
) -> Iterator[list[bytes]]:
    """The lines of these parts, together as far as that pays.

    Raises Unreachable where they do, when what came before has been given. Before the first part it is the
    registry that takes its time.
    """
    held: list[bytes] = []
    asked = None
    try:
        for part in parts:
            waited = asked is not None and clock() - asked > LONG
            held += part
            if waited or sum(map(len, held)) > MOST:
                yield held
                held = []
            asked = clock()
    except Unreachable:
        if held:
            yield held
        raise
    if held:
        yield held
