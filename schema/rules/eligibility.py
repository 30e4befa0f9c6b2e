"""Whether somebody meets the criteria of an agreement: pure, and asked alike at both ends.

``known`` says what can be known of a person here, ``verdict`` what one criterion makes of it, and
``assess`` what a whole set does: criteria of one way in hold together, and one way in is enough. It refuses
nobody: a refusal is a person's act, with a name and a reason. Consents are not known to it (red line 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schema.record import Record, Working
from schema.rules.criteria import criteria_of
from schema.rules.known import Known, known
from schema.rules.rule import BROKEN, CANNOT_TELL, HOLDS
from schema.rules.safeguards import is_child
from schema.said import Said

# What only a person can find out: a check says it, or it cannot be told.
JUDGED = ("document", "verified", "attested", "ratio")
# A check by somebody who may approve it stands above what is counted.
LET_IN = ("waived", "not-applicable")
_FOUND = {"met": HOLDS, "not-met": BROKEN, "waived": HOLDS, "not-applicable": HOLDS}


@dataclass(frozen=True)
class Finding:
    """What one criterion says: holds, broken or cannot tell, and why, in words to be read."""

    criterion: Record
    verdict: str
    because: Said
    check: Record | None = None


@dataclass(frozen=True)
class Way:
    """One way in: all of its criteria, and what they come to together."""

    path: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """holds where all hold, broken where one is."""
        return all_of(one.verdict for one in self.findings)


@dataclass(frozen=True)
class Assessment:
    """What a set of criteria says of somebody. child: nobody asked it (domain rule C2)."""

    ways: tuple[Way, ...] = ()
    child: bool = False

    @property
    def verdict(self) -> str:
        """holds where one way in does, broken where none can."""
        return any_of(way.verdict for way in self.ways)

    @property
    def way_in(self) -> str:
        """The first way in that holds, empty where none does."""
        return next((way.path for way in self.ways if way.verdict == HOLDS), "")


def all_of(verdicts: Iterable[str]) -> str:
    """One verdict of several that hold together; of none nothing can be told."""
    found = set(verdicts)
    if BROKEN in found:
        return BROKEN
    return HOLDS if found == {HOLDS} else CANNOT_TELL


def any_of(verdicts: Iterable[str]) -> str:
    """One verdict of several of which one is enough; of none nothing can be told."""
    found = set(verdicts)
    if HOLDS in found:
        return HOLDS
    return BROKEN if found == {BROKEN} else CANNOT_TELL


def assess(case: Record, criteria_set: Record, work: Working, on: date) -> Assessment:
    """What these criteria say of this case. A child is not put through them."""
    person = work.find("person", str(case.get("person_id")))
    if case.compartment == "child" or (person is not None and is_child(person, work, on)):
        return Assessment(child=True)
    facts = known(case, criteria_set, work)
    ways: dict[str, list[Finding]] = {}
    for criterion in criteria_of(criteria_set.id, work):
        ways.setdefault(str(criterion.get("path")), []).append(verdict(criterion, facts))
    return Assessment(tuple(Way(path, tuple(found)) for path, found in ways.items()))


def verdict(criterion: Record, facts: Known) -> Finding:
    """What one criterion says of what is known."""
    check, kind = facts.checks.get(criterion.id), str(criterion.get("kind"))
    let_in = check is not None and check.get("result") in LET_IN
    asked = None if let_in or kind in JUDGED else _ASKED.get(kind)
    said, because = asked(criterion, facts) if asked else (CANNOT_TELL, _NOT_CHECKED)
    if check is not None and said == CANNOT_TELL:
        said, because = _FOUND.get(str(check.get("result")), CANNOT_TELL), _CHECKED
    return Finding(criterion, said, because, check)


Asked = tuple[str, Said]
_NOT_CHECKED = Said("Nobody has recorded yet what was found.")
_CHECKED = Said("As it was found and recorded.")
_ENOUGH, _FEWER = Said("%(there)s recorded."), Said("%(there)s recorded, %(needed)s needed.")
_ELSEWHERE = Said("%(there)s recorded here; others may be recorded where this cannot be seen.")
_NO_DATE = Said("The date of birth is not known.")
_BY_THEN, _AFTER = Said("By the cut-off date."), Said("After the cut-off date.")
_VAGUE = Said("The date is not exact enough to tell.")
_UNSEEN = Said("What is recorded about this cannot be seen here.")
_NONE_THERE = Said("Nothing is recorded about this.")
_SAME, _OTHER = Said("The category fits."), Said("The category is another one.")
_NO_CATEGORY = Said("The category is not recorded.")
_LISTED, _UNLISTED = Said("On a list, confirmed."), Said("On no list that is confirmed.")
_CLEAR, _ADVERSE = Said("The result is clear."), Said("The result is adverse.")
_NO_RESULT = Said("There is no result yet.")
_ROOM, _FULL = Said("%(there)s of %(needed)s are taken."), Said("All %(needed)s are taken.")


def _weapon(criterion: Record, facts: Known) -> Asked:
    return _enough(facts.weapons, criterion, facts)


def _rounds(criterion: Record, facts: Known) -> Asked:
    return _enough(facts.rounds, criterion, facts)


def _enough(there: int, criterion: Record, facts: Known) -> Asked:
    needed = int(criterion.get("quantity") or 1)
    if there >= needed:
        return HOLDS, _ENOUGH.of(there=there)
    if facts.all_weapons:
        return BROKEN, _FEWER.of(there=there, needed=needed)
    return CANNOT_TELL, _ELSEWHERE.of(there=there)


def _born_by(criterion: Record, facts: Known) -> Asked:
    if not facts.born:
        return CANNOT_TELL, _NO_DATE
    first, last = _span(facts.born, facts.precision)
    day = str(criterion.get("day"))
    if last <= day:
        return HOLDS, _BY_THEN
    return (BROKEN, _AFTER) if first > day else (CANNOT_TELL, _VAGUE)


def _span(born: str, precision: str | None) -> tuple[str, str]:
    """The first and the last day that a date of birth may stand for."""
    year = int(born[:4])
    if precision == "month":
        return f"{born[:7]}-01", f"{born[:7]}-31"
    if precision == "year":
        return f"{year}-01-01", f"{year}-12-31"
    if precision == "estimated":
        return f"{year - 2}-01-01", f"{year + 2}-12-31"
    return born, born


def _served_by(criterion: Record, facts: Known) -> Asked:
    if facts.joined is None:
        return CANNOT_TELL, _UNSEEN
    if not facts.joined:
        return CANNOT_TELL, _NONE_THERE
    early = min(facts.joined) <= str(criterion.get("day"))
    return (HOLDS, _BY_THEN) if early else (BROKEN, _AFTER)


def _category(criterion: Record, facts: Known) -> Asked:
    if not facts.category:
        return CANNOT_TELL, _NO_CATEGORY
    same = facts.category == criterion.get("category")
    return (HOLDS, _SAME) if same else (BROKEN, _OTHER)


def _on_a_list(criterion: Record, facts: Known) -> Asked:
    if facts.listed is None:
        return CANNOT_TELL, _UNSEEN
    return (HOLDS, _LISTED) if facts.listed else (BROKEN, _UNLISTED)


def _background_clear(criterion: Record, facts: Known) -> Asked:
    if facts.background is None:
        return CANNOT_TELL, _UNSEEN
    if facts.background == "adverse":
        return BROKEN, _ADVERSE
    return (HOLDS, _CLEAR) if facts.background == "clear" else (CANNOT_TELL, _NO_RESULT)


def _room(criterion: Record, facts: Known) -> Asked:
    """A ceiling counts people of every caseload, which only the registry can."""
    needed = int(criterion.get("quantity") or 1)
    if facts.taken is None:
        return CANNOT_TELL, _UNSEEN
    if facts.taken >= needed:
        return BROKEN, _FULL.of(needed=needed)
    return HOLDS, _ROOM.of(there=facts.taken, needed=needed)


_ASKED = {
    "weapon": _weapon,
    "ammunition": _rounds,
    "born-by": _born_by,
    "served-by": _served_by,
    "category": _category,
    "listed": _on_a_list,
    "background-check": _background_clear,
    "ceiling": _room,
}
