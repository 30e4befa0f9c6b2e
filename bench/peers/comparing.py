"""The lines of the comparison: each step of ours beside the same step of the peer, by median."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from bench import laptops
from bench.peers import ours, pouch
from bench.peers.cost import Cost, middle
from bench.peers.relay import LOOPBACK, Road
from bench.peers.rows import EDITS
from bench.registries import ENGINES
from bench.table import Line, NotRun

RECORDS = 10_000
PEOPLE = RECORDS // laptops.EACH
ROUNDS = int(os.environ.get("ROUNDS", "3"))
FAR = 0.6
AWAY = Road(delay=FAR / 2)
ONCE_AT = f"at a round trip of {FAR * 1000:.0f} ms"
Costs = dict[str, Cost]


@dataclass(frozen=True)
class Goal:
    """One figure of one step: the most it may be of the peer's, and what is aimed at."""

    step: str
    figure: str
    most: float
    aim: float


# What must hold, and what is aimed at, is from the targets that the sync was designed to.
GOALS = (
    Goal("first", "seconds", 0.20, 0.10),
    Goal("first", "size", 0.40, 0.31),
    Goal("first", "cpu", 0.20, 0.10),
    Goal("push", "seconds", 0.15, 0.05),
    Goal("push", "size", 0.07, 0.06),
    Goal("push", "cpu", 0.30, 0.15),
    Goal("pull", "seconds", 0.20, 0.10),
    Goal("pull", "size", 0.42, 0.22),
    Goal("nothing", "seconds", 0.30, 0.10),
)
AFAR = (Goal("first", "seconds", 0.20, 0.10), Goal("push", "seconds", 0.15, 0.05))
STEPS = {
    "first": f"first sync of {RECORDS:,} records",
    "push": f"push of {EDITS:,} edits",
    "pull": f"pull of {EDITS:,} edits",
    "nothing": "nothing new",
}
FIGURES = {"seconds": "time", "size": "bytes", "cpu": "server CPU"}


def lines() -> Iterator[Line | NotRun]:
    """Our own figures on both engines, and beside the peer's where it can run."""
    why = pouch.why_not()
    theirs = {} if why else _median([_theirs() for _ in range(ROUNDS)])
    for engine in ENGINES:
        mine = _median([_ours(engine) for _ in range(ROUNDS)])
        yield from _alone(engine, mine)
        yield from (_beside(goal, engine, mine, theirs) for goal in GOALS if theirs)
    yield from _from_afar(bool(theirs))
    if why:
        yield NotRun("beside PouchDB", why)


def _from_afar(with_peer: bool) -> Iterator[Line]:  # noqa: FBT001 - whether there is one to compare with
    mine = _ours(ENGINES[0], AWAY)
    trips = mine["nothing"].seconds / FAR
    name = f"nothing new, round trips {ONCE_AT}"
    yield Line(name, ENGINES[0], trips, 1.1, f"{mine['nothing'].seconds:.2f} s", "trips")
    theirs = _theirs(AWAY) if with_peer else {}
    yield from (_beside(goal, ENGINES[0], mine, theirs, ONCE_AT) for goal in AFAR if theirs)


def _alone(engine: str, mine: Costs) -> Iterator[Line]:
    nothing = mine["nothing"]
    yield Line("nothing new, round trips", engine, nothing.turns, 1, "", "trips")
    figures = "both ways with all headers; aim 450"
    yield Line("nothing new, bytes", engine, nothing.size, 700, figures, "B")


def _beside(goal: Goal, engine: str, mine: Costs, theirs: Costs, where: str = "") -> Line:
    one, other = (_figure(side[goal.step], goal.figure) for side in (mine, theirs))
    name = " ".join(part for part in (STEPS[goal.step] + ",", FIGURES[goal.figure], where) if part)
    figures = f"{_said(goal, one)}, PouchDB {_said(goal, other)}; aim {goal.aim:g}"
    if goal.step == "push" and not where:
        both = other + _figure(theirs["push, fetched"], goal.figure)
        figures += f" ({_said(goal, both)} until it too has fetched)"
    return Line(name, engine, one / other, goal.most, figures)


def _figure(cost: Cost, figure: str) -> float:
    """A figure that can be divided by: the clock of processes ticks a hundred times a second."""
    said = {"seconds": cost.seconds, "size": cost.size, "cpu": max(cost.cpu, 0.01)}
    return float(said[figure])


def _said(goal: Goal, value: float) -> str:
    return f"{value:,.0f} B" if goal.figure == "size" else f"{value:.2f} s"


def _ours(engine: str, road: Road = LOOPBACK) -> Costs:
    costs = dict(ours.steps(engine, PEOPLE, road))
    assert costs["first"].said.fetched >= RECORDS
    assert costs["push"].said.sent == EDITS
    assert costs["pull"].said.fetched == EDITS
    assert not costs["nothing"].said.fetched
    return costs


def _theirs(road: Road = LOOPBACK) -> Costs:
    costs = dict(pouch.steps(PEOPLE, road))
    assert costs["first"].said == [RECORDS]
    assert costs["push"].said == costs["pull"].said == [EDITS]
    assert costs["nothing"].said == [0, 0]
    return costs


def _median(rounds: list[Costs]) -> Costs:
    return {step: middle([one[step] for one in rounds]) for step in rounds[0]}
