"""One synthetic person with all that hangs on them: a Unit, and now and then two that disagree.

Men and women of every age, some who are or may be children, women who never carried a weapon, people
with one name, people whose date of birth nobody knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schema.change import CREATE, SET, Change, Unit
from schema.codes_information import SHARED_WITH
from schema.dates import may_be_child
from schema.notice_points import VERSION
from server.seeding import cards, children, names, passage, places, reintegration, screening
from server.seeding.dice import TODAY, Dice, day

SEXES = (("male", 68.0), ("female", 31.4), ("other", 0.3), ("undisclosed", 0.3))
CHILDREN, AGED = 7, 4
PRECISIONS = (("day", 52.0), ("month", 8.0), ("year", 25.0), ("estimated", 15.0))
CATEGORIES = (
    ("combatant", 66.0),
    ("self-demobilised", 12.0),
    ("associated", 12.0),
    ("foreign", 5.0),
    ("child-mobilised", 5.0),
)
WOMENS = (("associated", 58.0), ("combatant", 34.0), ("self-demobilised", 8.0))
MARITAL = (
    ("single", 34.0),
    ("married", 34.0),
    ("union", 18.0),
    ("separated", 8.0),
    ("widowed", 6.0),
)
RELATIONS = (
    ("child", 62.0),
    ("spouse", 20.0),
    ("parent", 9.0),
    ("sibling", 6.0),
    ("other", 3.0),
)
LANGUAGES = (("fra", 64.0), ("ara", 30.0), ("eng", 6.0))
TOLD_HOW = (("read-aloud", 80.0), ("interpreter", 12.0), ("read", 8.0))
DISPUTED_A_HUNDRED = 0.7


@dataclass(frozen=True)
class Said:
    """A Unit with the key under which it is recognised, and who says it."""

    key: str
    by: str
    unit: Unit
    author: str = ""


def said_of(seed: int, place: int) -> Iterator[Said]:
    """What is said of the n-th person: the same for the same seed, however many there are."""
    dice = Dice(seed, "person", place, place=place * 60_000)
    changes = list(_everything(dice, place))
    changes += _told(dice.beside(seed, "told", place), changes[1])
    at = f"{day(TODAY.toordinal() - dice.whole(1, 300))}T{dice.whole(6, 17):02}:30:00+00:00"
    officer = f"Officer of caseload {places.caseload(place // places.PEOPLE_A_CASELOAD).code}"
    yield Said(f"{place}", officer, Unit(dice.id(), 0, at, tuple(changes)))
    if dice.chance(DISPUTED_A_HUNDRED):
        yield from _disagreement(dice, place, changes[0], at)
    acts_of = [
        *screening.acts_of(seed, place, changes),
        *_of_a_child(seed, place, changes),
        *reintegration.acts_of(seed, place, changes),
        *cards.acts_of(seed, place, changes),
    ]
    for key, who, acts in acts_of:
        unit = screening.unit_of(seed, place, key, acts)
        yield Said(f"{place}/{key}", who, unit, screening.account(who))


def _of_a_child(seed: int, place: int, changes: list[Change]) -> children.Acts:
    case = next(change for change in changes if change.entity == "case")
    if case.values["process"] == "child":
        yield from children.acts_of(seed, place, case)


def _everything(dice: Dice, place: int) -> Iterator[Change]:
    caseload = places.caseload(place // places.PEOPLE_A_CASELOAD)
    person_id, case_id = dice.id(), dice.id()
    person = _person(dice, caseload)
    child = may_be_child(person.get("birth_date"), person.get("birth_date_precision"), TODAY)
    child = child or bool(person.get("may_be_under_18"))
    yield Change(CREATE, "person", person_id, person)
    case = passage.Case(
        case_id, str(person["sex"]), child, _category(dice, person, child), caseload, _begun(dice)
    )
    yield Change(CREATE, "case", case_id, case.values(person_id))
    yield from passage.through(dice, case)
    for _ in range(dice.weighed(((0, 38.0), (1, 30.0), (2, 20.0), (3, 12.0)))):
        yield Change(CREATE, "household_member", dice.id(), _relative(dice, case_id, person))


def _person(dice: Dice, caseload: places.Caseload) -> names.Values:
    sex = dice.weighed(SEXES)
    values: names.Values = {
        "number": dice.number(),
        "sex": sex,
        **names.named(dice, sex),
        **_birth(dice),
        "marital_status": dice.weighed(MARITAL),
        "nationality": "XPL" if not dice.chance(4) else "XNB",
        "origin_area_id": dice.one(_DISTRICTS),
        "caseload_id": caseload.id,
    }
    if dice.chance(60):
        values["phone"] = f"+999 55 {dice.whole(0, 9999):04} {dice.whole(0, 999):03}"
    if dice.chance(25):
        values["intended_area_id"] = caseload.area_id
    return values


def _birth(dice: Dice) -> names.Values:
    if dice.chance(1.5):
        return {}
    if dice.chance(CHILDREN):
        age = dice.whole(9, 17)
    elif dice.chance(AGED):
        age = dice.whole(56, 74)
    else:
        age = 19 + int(dice.random() ** 1.7 * 37)
    born = TODAY.toordinal() - age * 365 - dice.whole(20, 360)
    precision = dice.weighed(PRECISIONS)
    text = day(born)
    shown = {"day": text, "month": f"{text[:7]}-01"}.get(precision, f"{text[:4]}-01-01")
    source = "document" if precision == "day" and dice.chance(40) else "declared"
    values: names.Values = {
        "birth_date": shown,
        "birth_date_precision": precision,
        "age_source": source,
    }
    if 18 <= age <= 20 and dice.chance(8):
        values["may_be_under_18"] = True
    return values


def _category(dice: Dice, person: names.Values, child: bool) -> str:  # noqa: FBT001 - a fact
    if child:
        return "associated"
    return dice.weighed(WOMENS if person["sex"] == "female" else CATEGORIES)


def _begun(dice: Dice) -> int:
    return TODAY.toordinal() - dice.whole(12, 520)


def _told(dice: Dice, case: Change) -> Iterator[Change]:
    """What they were told when their case was opened, and what most of them answered on sharing."""
    here = {"case_id": case.record, "date": case.values["opened_on"]}
    notice = {
        **here,
        "version": VERSION,
        "language": dice.weighed(LANGUAGES),
        "how": dice.weighed(TOLD_HOW),
        "understood": True,
        "basis": "public-interest",
    }
    yield Change(CREATE, "notice", dice.id(), notice)
    for code in SHARED_WITH.values:
        if dice.chance(60):
            answer = {**here, "shared_with": code, "answer": "yes" if dice.chance(75) else "no"}
            yield Change(CREATE, "consent", dice.id(), answer)


def _relative(dice: Dice, case_id: str, person: names.Values) -> names.Values:
    relation = dice.weighed(RELATIONS)
    age = dice.whole(0, 17) if relation == "child" else dice.whole(18, 60)
    values: names.Values = {
        "case_id": case_id,
        "relation": relation,
        "sex": "female" if dice.chance(52) else "male",
        "birth_date": f"{TODAY.year - age}-01-01",
        "birth_date_precision": "year",
    }
    if dice.chance(30):
        values["name"] = names.relative(dice, person)
    return values


def _disagreement(dice: Dice, place: int, made: Change, at: str) -> Iterator[Said]:
    """Two officers who both saw the same and write differently: an open dispute."""
    seen = {"name": made.values["name"]}
    for turn, ending in enumerate(("e", "ou")):
        values = {"name": f"{made.values['name']}{ending}"}
        change = Change(SET, "person", made.record, values, seen)
        unit = Unit(dice.id(), 0, at, (change,))
        yield Said(f"{place}/{turn + 1}", f"Visiting officer {turn + 1}", unit)


_DISTRICTS = places.districts()
