"""How much a laptop takes back at once: what its link carries in a few seconds, as it was measured.

A cut costs what was under way, so an answer is no larger than that; and no smaller than a page that is worth
its head. The size changes little at a time, so that one bad minute does not make a good link slow.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from field_client.store import facts

# Seconds that an answer should take, and by what part its size may change from one to the next.
AIM, CHANGE = 5.0, 0.3
# Bytes. FIRST: before anything was measured.
LEAST, FIRST, MOST = 16_000, 256_000, 4_000_000


@dataclass(frozen=True)
class Took:
    """How long so many bytes took to come, after the first of them."""

    size: int = 0
    seconds: float = 0.0


def following(before: int, took: Took) -> int:
    """The size to ask for after an answer that came so. Too few bytes say nothing of a link."""
    if took.size < LEAST:
        return before
    carried = took.size * AIM / max(took.seconds, 0.001)
    bounded = min(max(carried, before * (1 - CHANGE)), before * (1 + CHANGE))
    return round(min(max(bounded, LEAST), MOST))


def asked(db: Database) -> int:
    """How many bytes to ask for now."""
    return int(facts.get(db, "budget", FIRST))


def learn(db: Database, took: Took) -> None:
    """Keep what an answer has taught, whole or cut."""
    before = asked(db)
    after = following(before, took)
    if after != before:
        facts.put(db, budget=after)
