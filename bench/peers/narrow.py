"""A link of 64 kbit/s each way: a bounded part of the comparison, since all of it would take the peer minutes.

What such a link carries is what counts there, so the goals are those of the bytes.
"""

from collections.abc import Iterator

from bench import laptops
from bench.peers import ours, pouch
from bench.peers.relay import Road
from bench.registries import ENGINES
from bench.table import Line, NotRun

# Bytes a second, each way.
NARROW = Road(delay=0.05, rate=8_000)
RECORDS, EDITS = 2_000, 100
PEOPLE = RECORDS // laptops.EACH
GOALS = {"first": (0.40, 0.31), "push": (0.15, 0.06), "pull": (0.42, 0.22)}
STEPS = {
    "first": f"first sync of {RECORDS:,} records",
    "push": f"push of {EDITS} edits",
    "pull": f"pull of {EDITS} edits",
}


def lines() -> Iterator[Line | NotRun]:
    """Time of each step beside the peer's."""
    if why := pouch.why_not():
        yield NotRun("64 kbit/s beside PouchDB", why)
        return
    mine = dict(ours.steps(ENGINES[0], PEOPLE, NARROW, EDITS))
    theirs = dict(pouch.steps(PEOPLE, NARROW, EDITS))
    for step, (most, aim) in GOALS.items():
        one, other = mine[step], theirs[step]
        figures = f"{one.seconds:.1f} s, PouchDB {other.seconds:.1f} s; aim {aim:g}"
        name = f"{STEPS[step]}, time at 64 kbit/s"
        yield Line(name, ENGINES[0], one.seconds / other.seconds, most, figures)
