"""The ``gates`` report, for donors: how many persons passed each gate, and nobody among them.

A person is counted once at each gate they passed by the day of the report, whatever they passed it
with. Withdrawn people, cases and events are not counted. The area is the first-level area of the
person's last case, or of its caseload where the case names none.

Nobody of the child process is counted, in no line: a figure for children beside that of adults would
tell, from one release to the next, of a child who was recognised late. Figures on children are the
child-protection officers' own report.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schema.codes import GATE
from schema.dates import ADULT_AGE, youngest_age
from schema.policy import Sight
from schema.said import Said
from server.exports.disclosure import TOTAL, Cell, protect
from server.exports.report import HIDDEN, Column, Report, Row
from server.registry.reports import AsOf, Then, then

# The first age of each band; a birthday moves nobody between gates of one report.
BANDS = ((60, "60+"), (36, "36-59"), (25, "25-35"), (ADULT_AGE, "18-24"))
UNKNOWN = "not-known"
AGES = ("18-24", "25-35", "36-59", "60+", UNKNOWN)
# Together, because so few people are either that apart they would be known.
OTHER_SEX = "other-or-not-said"
SEXES = ("female", "male", OTHER_SEX)
FIRST_LEVEL = 1
COLUMNS = (
    Column("Gate", "#x_ddr+gate"),
    Column("First-level area, P-code", "#adm1+code"),
    Column("First-level area", "#adm1+name"),
    Column("Sex", "#x_ddr+sex"),
    Column("Age", "#x_ddr+age"),
    Column("Persons", "#reached+num"),
)
COVERAGE = Said(
    "Persons who passed each gate by the day of the report, each counted once at a gate. Not "
    "counted: who is in the child process, and what has been withdrawn. Ages are told on the day "
    "of the report. Counts of 1 to 4 are hidden, with the figures that would give them back: "
    "'hidden' is not zero."
)


@dataclass(frozen=True)
class Seen:
    """One person as the report sees them: a cell's codes, and the gates they passed."""

    cell: Cell
    gates: frozenset[str]


def rows(conn: sa.Connection, sight: Sight, as_of: AsOf) -> Iterator[Row]:
    """The figures of every gate, totals first, with small counts hidden."""
    areas = {area.id: area for area in then(conn, "area", as_of.number)}
    seen = _people(conn, as_of, areas)
    counts: dict[str, Counter[Cell]] = defaultdict(Counter)
    for person in seen:
        for gate in person.gates:
            counts[gate][person.cell] += 1
    names = _first_level_names(areas)
    for gate in GATE.values:
        yield from _figures(gate, counts[gate], names)


def band(values: Mapping[str, object], day: date) -> str:
    """The age band that date of birth and precision allow at the youngest."""
    born, precision = values.get("birth_date"), values.get("birth_date_precision")
    age = youngest_age(str(born) if born else None, str(precision) if precision else None, day)
    found = (name for first, name in BANDS if age is not None and age >= first)
    return next(found, UNKNOWN)


def sex(values: Mapping[str, object]) -> str:
    """The sex as the report shows it."""
    known = values.get("sex")
    return str(known) if known in SEXES else OTHER_SEX


def first_level(area_id: object, areas: Mapping[str, Then]) -> str:
    """The id of the first-level area that an area is or lies in; UNKNOWN when there is none."""
    at, steps = area_id, 0
    while isinstance(at, str) and at in areas and steps < len(areas):
        if areas[at].values.get("level") == FIRST_LEVEL:
            return at
        at, steps = areas[at].values.get("parent_id"), steps + 1
    return UNKNOWN


def _people(conn: sa.Connection, as_of: AsOf, areas: Mapping[str, Then]) -> Iterator[Seen]:
    """Everybody who is counted."""
    owners, places = _cases(conn, as_of, areas)
    passed = _passed(then(conn, "gate_event", as_of.number), owners, as_of.day)
    for person in then(conn, "person", as_of.number):
        if person.id in passed and _counts(person):
            cell = (places[person.id], sex(person.values), band(person.values, as_of.day))
            yield Seen(cell, _gates(passed[person.id]))


def _cases(
    conn: sa.Connection, as_of: AsOf, areas: Mapping[str, Then]
) -> tuple[dict[str, str], dict[str, str]]:
    """Whose each case is, and the first-level area of each person's last case."""
    level = {area_id: first_level(area_id, areas) for area_id in areas}
    homes = {c.id: c.values.get("area_id") for c in then(conn, "caseload", as_of.number)}
    owners: dict[str, str] = {}
    last: dict[str, tuple[str, str, str]] = {}
    for case in then(conn, "case", as_of.number):
        person_id = case.values.get("person_id")
        if not person_id or not _counts(case):
            continue
        owners[case.id] = person_id
        area_id = case.values.get("area_id") or homes.get(case.values.get("caseload_id", ""))
        place = level.get(area_id or "", UNKNOWN)
        rank = (case.values.get("opened_on") or "", case.id, place)
        last[person_id] = max(last.get(person_id, rank), rank)
    return owners, {person_id: place for person_id, (_, _, place) in last.items()}


def _passed(events: Iterable[Then], owners: Mapping[str, str], day: date) -> dict[str, int]:
    """The gates each person has passed, a bit each."""
    bits = {gate: 1 << place for place, gate in enumerate(GATE.values)}
    until = day.isoformat()
    passed: dict[str, int] = defaultdict(int)
    for event in events:
        owner = owners.get(event.values.get("case_id", ""))
        on = event.values.get("date")
        if owner and on and on <= until and _counts(event):
            passed[owner] |= bits.get(event.values.get("gate", ""), 0)
    return passed


def _gates(bits: int) -> frozenset[str]:
    return frozenset(gate for place, gate in enumerate(GATE.values) if bits >> place & 1)


def _counts(record: Then) -> bool:
    return record.compartment == "case" and not record.values.get("withdrawn_at")


def _first_level_names(areas: Mapping[str, Then]) -> dict[str, tuple[str, str]]:
    """P-code and name of each row's area, in the order of the rows."""
    found = {
        area.id: (area.values.get("pcode") or "", area.values.get("name") or "")
        for area in areas.values()
        if area.values.get("level") == FIRST_LEVEL
    }
    ordered = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return dict([(TOTAL, (TOTAL, "All areas")), *ordered, (UNKNOWN, (UNKNOWN, "Not known"))])


def _figures(gate: str, counts: Mapping[Cell, int], names: dict[str, tuple[str, str]]) -> list[Row]:
    areas = tuple(area for area in names if area != TOTAL)
    figures = protect(counts, (areas, SEXES, AGES), kept=("female",)).figures
    found: list[Row] = []
    for area in names:
        for kind in (TOTAL, *SEXES):
            for age in (TOTAL, *AGES):
                figure = figures[area, kind, age]
                shown = HIDDEN if figure is None else figure
                found.append((gate, *names[area], kind, age, shown))
    return found


REPORT = Report(
    name="gates",
    title=Said("Persons at each gate"),
    compartment="reference",
    leaves=(
        Said("How many persons passed each gate, by sex, age band and first-level area."),
        Said("No name, number, date of birth, and no place below the first level."),
        Said("Counts of 1 to 4 are hidden, with the figures that would give them back."),
    ),
    coverage=COVERAGE,
    columns=COLUMNS,
    rows=rows,
)
