"""The ``gate-ledger`` report: in = out + still there, at each gate, person by person.

A figure that is published beside another must come to the same people. Each person is counted once in
each part, on one line of what came in and one of what became of them; so the two sides are equal or the
report says by how many they are not. ``screening`` is the two-stage ledger of registration and verification;
the other parts say of each gate from where people came, and to where they went.

Who is in the child process stands on the line of those who were not found eligible, with whoever was
referred elsewhere: a line of their own would tell of a child who was recognised late.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.codes import GATE, GATE_REASON
from schema.policy import EVERYWHERE, Sight
from schema.rules.lifecycle import EXITED
from schema.said import Said
from server.exports.report import Column, Report, Row
from server.registry.reports import AsOf, Then, then

BEFORE = ("listed", "presented", "registered")
SCREENED, NO_SHOW = "screened", ("no-show", "untraceable")
ELSEWHERE = ("found-to-be-child", "moved-to-cvr")
CAME, WENT, STAYED, CHECK = "in", "out", "still there", "difference"
NEW, ANYWHERE = "new", "nowhere before"
COLUMNS = (
    Column("Part", "#x_ddr+part"),
    Column("Side", "#x_ddr+side"),
    Column("Line", "#x_ddr+line"),
    Column("Persons", "#reached+num"),
)


@dataclass(order=True, frozen=True)
class Step:
    """One gate that a person passed; of two on one day the later gate comes second."""

    day: str
    place: int
    gate: str = field(compare=False)
    reason: str = field(compare=False)


@dataclass
class Path:
    """Everything one person passed, over all of their cases. child: in the child process by then."""

    steps: list[Step] = field(default_factory=list)
    child: bool = False

    def ordered(self) -> list[Step]:
        """The steps from the first day, each gate once: as they came to it first, exits as they ended."""
        firsts: dict[str, Step] = {}
        for step in sorted(self.steps):
            if step.gate not in firsts or step.gate in (EXITED, SCREENED):
                firsts[step.gate] = step
        return sorted(firsts.values())


def rows(conn: sa.Connection, sight: Sight, as_of: AsOf) -> Iterator[Row]:
    """The ledger of screening, then of each gate."""
    paths = _paths(conn, sight, as_of)
    yield from _balanced("screening", screening(paths.values()))
    for gate, counts in at_gates(paths.values()).items():
        yield from _balanced(gate, counts)


Counts = Counter[tuple[str, str]]


def screening(paths: Iterable[Path]) -> Counts:
    """Registered and new people, and what became of each at verification."""
    counts: Counts = Counter()
    for path in paths:
        steps = path.ordered()
        counts[CAME, _came(steps)] += 1
        side, line = _became(path, steps)
        counts[side, line] += 1
    return counts


def at_gates(paths: Iterable[Path]) -> dict[str, Counts]:
    """Of each gate: from where people came to it, and to where they went."""
    found: dict[str, Counts] = {gate: Counter() for gate in GATE.values if gate != EXITED}
    for path in paths:
        steps = path.ordered()
        for place, step in enumerate(steps):
            if step.gate == EXITED:
                continue
            before = steps[place - 1].gate if place else ANYWHERE
            found[step.gate][CAME, before] += 1
            later = steps[place + 1] if place + 1 < len(steps) else None
            found[step.gate][(WENT, _named(later)) if later else (STAYED, "")] += 1
    return found


def _came(steps: list[Step]) -> str:
    screened = next((step for step in steps if step.gate == SCREENED), None)
    early = [step for step in steps if step.gate in BEFORE]
    if screened is None:
        return "registered"
    return "registered" if any(step.day <= screened.day for step in early) else NEW


def _became(path: Path, steps: list[Step]) -> tuple[str, str]:
    """On which line of the other side a person stands."""
    screened = next((step for step in steps if step.gate == SCREENED), None)
    left = next((step for step in steps if step.gate == EXITED), None)
    if path.child or (screened is None and left is not None and left.reason in ELSEWHERE):
        return WENT, "not eligible, or referred elsewhere"
    if screened is not None and screened.reason in ("eligible", "ineligible"):
        lines = {"eligible": "verified", "ineligible": "not eligible, or referred elsewhere"}
        return WENT, lines[screened.reason]
    if left is not None:
        return WENT, "no-show" if left.reason in NO_SHOW else "left before"
    beyond = [s for s in steps if s.gate not in (*BEFORE, SCREENED)]
    return (WENT, "went on without screening") if beyond else (STAYED, "")


def _named(step: Step) -> str:
    if step.gate != EXITED:
        return step.gate
    return f"{EXITED}: {GATE_REASON.label(step.reason).lower()}" if step.reason else EXITED


def _balanced(part: str, counts: Counts) -> Iterator[Row]:
    """The lines of a part, its sums, and by how many its sides differ."""
    sums = {side: sum(n for (s, _), n in counts.items() if s == side) for side in (CAME, WENT)}
    stayed = counts[STAYED, ""]
    for side in (CAME, WENT):
        for line in sorted(line for s, line in counts if s == side):
            yield (part, side, line, counts[side, line])
        yield (part, side, "all", sums[side])
    yield (part, STAYED, "all", stayed)
    yield (part, CHECK, "all", sums[CAME] - sums[WENT] - stayed)


def _paths(conn: sa.Connection, sight: Sight, as_of: AsOf) -> dict[str, Path]:
    """What everybody of the reader's caseloads had passed by then."""
    owners, children = _owners(conn, sight, as_of)
    until, places = as_of.day.isoformat(), {gate: n for n, gate in enumerate(GATE.values)}
    paths: dict[str, Path] = {}
    for event in then(conn, "gate_event", as_of.number):
        owner = owners.get(str(event.values.get("case_id")))
        day, gate = event.values.get("date"), str(event.values.get("gate"))
        if owner is None or not day or day > until or event.values.get("withdrawn_at"):
            continue
        if gate in places:
            reason = str(event.values.get("reason") or "")
            path = paths.setdefault(owner, Path(child=owner in children))
            path.steps.append(Step(str(day), places[gate], gate, reason))
    return paths


def _owners(conn: sa.Connection, sight: Sight, as_of: AsOf) -> tuple[Mapping[str, str], set[str]]:
    """Whose each case is, of the scopes in which this reader may export; and who is a child."""
    scopes = sight.scopes("export", "case")
    owners: dict[str, str] = {}
    children: set[str] = set()
    for case in then(conn, "case", as_of.number):
        person = case.values.get("person_id")
        if not person or not _is_mine(case, scopes):
            continue
        owners[case.id] = str(person)
        if case.compartment == "child":
            children.add(str(person))
    return owners, children


def _is_mine(case: Then, scopes: frozenset[str]) -> bool:
    mine = EVERYWHERE in scopes or case.values.get("caseload_id") in scopes
    return mine and not case.values.get("withdrawn_at")


REPORT = Report(
    name="gate-ledger",
    title=Said("Ledger of gates: in, out, still there"),
    compartment="case",
    leaves=(
        Said("How many persons came to each gate, from where, and what became of them."),
        Said(
            "No name and no number. Small figures are not hidden: it is for the programme itself."
        ),
    ),
    coverage=Said(
        "Persons of the caseloads that the person named here may export, by the dates of the gates "
        "they passed until the day of the report. Each is counted once in each part, on one line of "
        "each side. Not counted: what has been withdrawn."
    ),
    columns=COLUMNS,
    rows=rows,
)
