"""The ``three-way`` report: people, weapons and money beside each other, and what does not match.

Counts first, one line a caseload: who was found eligible, disarmed and discharged; the weapons that count for
somebody; the instalments paid, by currency. Then the mismatches, each with the number of the person: paid and
not found eligible by then, paid and not discharged by then, one instalment paid twice, one weapon that counts
for two. IDDRS 4.20 asks that the three agree; the registry names what does not and corrects nothing.

Nobody of the child process is on any line.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from schema.policy import EVERYWHERE, Sight
from schema.rules.paying import PAID, UNDONE
from schema.said import Said
from server.exports.report import Column, Report, Row
from server.registry.reports import AsOf, Then, then

NOT_ELIGIBLE, NOT_DISCHARGED = "paid, not found eligible by then", "paid, not discharged by then"
TWICE, FOR_TWO = "instalment paid twice", "weapon counts for two"
PEOPLE, WEAPONS = ("eligible", "disarmed", "discharged"), "weapons that count"
COUNTS_FOR_NOBODY = "none"
COLUMNS = (
    Column("Part", "#x_ddr+part"),
    Column("Line", "#x_ddr+line"),
    Column("Caseload", "#x_ddr+caseload"),
    Column("Currency", "#currency"),
    Column("Number", "#x_ddr+count+num"),
    Column("Amount, smallest unit", "#value+num"),
    Column("Person", "#x_ddr+person+number"),
    Column("What", "#x_ddr+record"),
)


@dataclass(frozen=True)
class Payment:
    """One instalment that stands as paid. key: package and number; times: how often it was paid."""

    key: tuple[str, int]
    day: str
    amount: int
    currency: str
    times: int = 1


@dataclass
class Dossier:
    """What is known of one case: its person and caseload, first days at gates, weapons, payments."""

    person: str
    caseload: str
    gates: dict[str, str] = field(default_factory=dict)
    weapons: set[str] = field(default_factory=set)
    paid: list[Payment] = field(default_factory=list)

    def passed(self, gate: str, day: str) -> bool:
        """Whether this gate was passed by this day."""
        return self.gates.get(gate, "9999") <= day


Dossiers = Mapping[str, Dossier]


def rows(conn: sa.Connection, sight: Sight, as_of: AsOf) -> Iterator[Row]:
    """The counts of each caseload, then the mismatches."""
    found = _dossiers(conn, sight, as_of)
    yield from counts(found)
    yield from mismatches(found)


def counts(found: Dossiers) -> Iterator[Row]:
    """How many of each, by caseload."""
    by_caseload: dict[str, list[Dossier]] = defaultdict(list)
    for one in found.values():
        by_caseload[one.caseload].append(one)
    for caseload, mine in sorted(by_caseload.items()):
        for gate in PEOPLE:
            people = {one.person for one in mine if gate in one.gates}
            yield ("people", gate, caseload, None, len(people), None, None, None)
        weapons: set[str] = set().union(*(one.weapons for one in mine))
        yield ("weapons", WEAPONS, caseload, None, len(weapons), None, None, None)
        yield from _money(caseload, [paid for one in mine for paid in one.paid])


def _money(caseload: str, paid: Sequence[Payment]) -> Iterator[Row]:
    number: Counter[str] = Counter()
    amount: Counter[str] = Counter()
    for one in paid:
        number[one.currency] += one.times
        amount[one.currency] += one.times * one.amount
    for currency in sorted(number):
        sums = (number[currency], amount[currency])
        yield ("money", "instalments paid", caseload, currency, *sums, None, None)


def mismatches(found: Dossiers) -> Iterator[Row]:
    """What does not match, a line each."""
    given: dict[str, set[str]] = defaultdict(set)
    for one in found.values():
        for weapon in one.weapons:
            given[weapon].add(one.person)
    for one in found.values():
        yield from _of_payments(one)
        for weapon in sorted(one.weapons):
            if len(given[weapon]) > 1:
                yield _mismatch(FOR_TWO, one, weapon)


def _of_payments(one: Dossier) -> Iterator[Row]:
    times: Counter[tuple[str, int]] = Counter()
    for paid in one.paid:
        which = f"{paid.key[1]}, {paid.day}"
        if not one.passed("eligible", paid.day):
            yield _mismatch(NOT_ELIGIBLE, one, which, paid)
        if not one.passed("discharged", paid.day):
            yield _mismatch(NOT_DISCHARGED, one, which, paid)
        times[paid.key] += paid.times
        if times[paid.key] > 1:
            yield _mismatch(TWICE, one, which, paid)


def _mismatch(line: str, one: Dossier, what: str, paid: Payment | None = None) -> Row:
    money = (paid.currency, paid.amount) if paid else (None, None)
    return ("mismatch", line, one.caseload, money[0], 1, money[1], one.person, what)


def _dossiers(conn: sa.Connection, sight: Sight, as_of: AsOf) -> dict[str, Dossier]:
    """All cases that this reader may export, people and money both, with what hangs on them."""
    found = _cases(conn, sight, as_of)
    until = as_of.day.isoformat()
    for noun, gate in (("gate_event", "gate"), ("eligibility_event", "act")):
        for event in _standing(conn, noun, as_of):
            day, said = str(event.values.get("date") or "9999"), event.values.get(gate)
            if event.values.get("reason") == "eligible":
                said = "eligible"
            one = found.get(str(event.values.get("case_id")))
            if one is not None and said in PEOPLE and day <= until:
                one.gates[str(said)] = min(day, one.gates.get(str(said), day))
    if sight.anywhere("export", "weapons"):
        _lay_weapons(conn, as_of, found)
    _lay_payments(conn, as_of, found)
    return found


def _cases(conn: sa.Connection, sight: Sight, as_of: AsOf) -> dict[str, Dossier]:
    both = (sight.scopes("export", "case"), sight.scopes("export", "payments"))
    codes = {c.id: str(c.values.get("code")) for c in then(conn, "caseload", as_of.number)}
    people = _standing(conn, "person", as_of)
    numbers = {p.id: str(p.values.get("number")) for p in people if p.compartment != "child"}
    found = {}
    for case in _standing(conn, "case", as_of):
        scope, person = case.values.get("caseload_id"), str(case.values.get("person_id"))
        mine = all(EVERYWHERE in scopes or scope in scopes for scopes in both)
        if mine and case.compartment != "child" and person in numbers:
            found[case.id] = Dossier(numbers[person], codes.get(str(scope), ""))
    return found


def _lay_weapons(conn: sa.Connection, as_of: AsOf, found: Dossiers) -> None:
    """What counts for somebody: by the weapon itself, and by the line of a hand-in."""
    for weapon in _standing(conn, "weapon", as_of):
        _lay_weapon(found, weapon.values.get("case_id"), weapon.id)
    giver = {h.id: h.values.get("case_id") for h in _standing(conn, "hand_in", as_of)}
    for line in _standing(conn, "hand_in_line", as_of):
        weapon_id, counts_as = line.values.get("weapon_id"), line.values.get("criterion")
        if weapon_id and counts_as not in (None, COUNTS_FOR_NOBODY):
            _lay_weapon(found, giver.get(str(line.values.get("hand_in_id"))), str(weapon_id))


def _lay_weapon(found: Dossiers, case_id: object, weapon_id: str) -> None:
    one = found.get(str(case_id))
    if one is not None:
        one.weapons.add(weapon_id)


def _lay_payments(conn: sa.Connection, as_of: AsOf, found: Dossiers) -> None:
    entitled = {e.id: e for e in then(conn, "entitlement", as_of.number)}
    happened: dict[str, list[Then]] = defaultdict(list)
    for event in _standing(conn, "payment_event", as_of):
        happened[str(event.values.get("instalment_id"))].append(event)
    for due in then(conn, "instalment", as_of.number):
        entitlement = entitled.get(str(due.values.get("entitlement_id")))
        one = found.get(str(entitlement.values.get("case_id"))) if entitlement else None
        if one is None or entitlement is None:
            continue
        days = [str(e.values.get("date")) for e in happened[due.id] if _says(e, (PAID,))]
        times = len(days) - sum(_says(e, UNDONE) for e in happened[due.id])
        if days and times > 0:
            package = str(entitlement.values.get("package_id"))
            key = (package, int(due.values.get("number") or 0))
            money = (int(due.values.get("amount") or 0), str(due.values.get("currency") or ""))
            one.paid.append(Payment(key, max(days), *money, times))


def _says(event: Then, codes: tuple[str, ...]) -> bool:
    return event.values.get("event") in codes


def _standing(conn: sa.Connection, noun: str, as_of: AsOf) -> Iterator[Then]:
    return (r for r in then(conn, noun, as_of.number) if not r.values.get("withdrawn_at"))


REPORT = Report(
    name="three-way",
    title=Said("People, weapons and money beside each other"),
    compartment="payments",
    leaves=(
        Said(
            "How many were found eligible, disarmed and discharged, what they gave, what was paid."
        ),
        Said("The numbers of the people for whom these do not match: for the programme itself."),
    ),
    coverage=Said(
        "Cases of the caseloads whose people and payments the person named here may export, by dates "
        "until the day of the report. Not counted: who is in the child process, and what has been "
        "withdrawn. Weapons only for who may export them."
    ),
    columns=COLUMNS,
    rows=rows,
)
