"""What the typed text of a step means. Pure: it knows neither store nor HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from field_client.pages.register import steps
from field_client.pages.register.steps import Draft, Typed
from schema.dates import may_be_child
from schema.deployment import NOTHING_ADDED, Deployment, gathered
from schema.entities.case import Case
from schema.entities.consent import Consent
from schema.entities.household_member import HouseholdMember
from schema.entities.notice import Notice
from schema.entities.person import Person
from schema.entities.weapon import Weapon
from schema.fields import Choice
from schema.form import missing, parse, unprefixed
from schema.said import Said
from schema.typed_dates import western

Scopes = Sequence[str]

OLDEST = 120
_BOXES = ("birth_date-day", "birth_date-month")
_YEAR_BOX, _ESTIMATE = "birth_date-year", "birth_date-estimate"
_CALENDAR = "birth_date-calendar"
NO_NAME = Said("Enter a name")
NO_YEAR = Said("Year of birth or age must be a year of four digits, or an age")
NO_ANSWER = Said("Say whether a weapon is handed in now")
OTHER_STORE = Said("Choose one of the stores shown")
OTHER_CASELOAD = Said("Choose one of the caseloads shown")


@dataclass
class Read:
    """values: what was understood. errors: what could not be, by the name of the question."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, tuple[Said, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What a whole draft says, and the steps at which something is missing or wrong."""

    notice: dict[str, Any]
    consents: tuple[dict[str, Any], ...]
    person: dict[str, Any]
    case: dict[str, Any]
    weapon: dict[str, Any]
    household: tuple[dict[str, Any], ...]
    accompanied_by: str
    wrong: tuple[str, ...]


def answers(
    draft: Draft,
    on: date,
    stores: Scopes,
    caseloads: Scopes,
    nouns: Deployment = NOTHING_ADDED,
) -> Answers:
    """Read a draft whole. stores, caseloads: where this officer may record weapons and people."""
    read = {
        steps.INFORMATION: read_information(draft.get(steps.INFORMATION, {}), nouns),
        steps.WHO: read_who(draft.get(steps.WHO, {}), on, caseloads),
        steps.SCREENING: read_screening(draft.get(steps.SCREENING, {}), nouns),
        steps.WEAPON: read_weapon(draft.get(steps.WEAPON, {}), stores, nouns),
        steps.HOUSEHOLD: read_household(draft.get(steps.HOUSEHOLD, {}), on, nouns),
    }
    household = dict(read[steps.HOUSEHOLD].values)
    rows = household.pop("rows")
    notice = dict(read[steps.INFORMATION].values)
    consents = notice.pop("consents")
    return Answers(
        notice,
        tuple(consents),
        {**read[steps.WHO].values, **household},
        read[steps.SCREENING].values,
        read[steps.WEAPON].values,
        tuple(rows),
        draft.get(steps.HAND_OVER, {}).get(steps.ACCOMPANIED, "").strip(),
        tuple(step for step, one in read.items() if one.errors),
    )


def path(draft: Draft, on: date, *, weapons: bool) -> tuple[str, ...]:
    """The steps this draft goes through. weapons: whether this officer may record any."""
    if doubt_of_age(read_who(draft.get(steps.WHO, {}), on).values, on):
        return steps.CHILD_STEPS
    if draft.get(steps.SCREENING, {}).get("process") == "child":
        return steps.CHILD_BY_PROCESS
    return tuple(step for step in steps.STEPS if weapons or step != steps.WEAPON)


def doubt_of_age(person: Mapping[str, Any], on: date) -> bool:
    """Whether these values may be those of somebody under 18: theirs is the benefit of the doubt."""
    if person.get("may_be_under_18"):
        return True
    return may_be_child(person.get("birth_date"), person.get("birth_date_precision"), on)


def read_search(typed: Typed, on: date) -> Read:
    """The words to search by; at least one name."""
    read = _declared(Person, typed, ("name", "mother_name"))
    read.errors.pop("name", None)
    if not read.values.get("name") and not read.values.get("mother_name"):
        read.errors["name"] = (NO_NAME,)
    born = _born(typed.get(steps.YEAR, ""), on)
    if born is None:
        read.errors[steps.YEAR] = (NO_YEAR,)
    return Read({**read.values, **(born or {})}, read.errors)


def read_information(typed: Typed, nouns: Deployment = NOTHING_ADDED) -> Read:
    """How they were told, and their answers on sharing (``consents``); nobody has to be asked those."""
    read = _declared(nouns.of(Notice), typed, steps.INFORMATION_ASKED)
    answers = Consent.describe()["answer"]
    consents = [
        {"shared_with": code, "answer": typed[steps.SHARED + code]}
        for code in shared_with(nouns)
        if isinstance(answers, Choice) and typed.get(steps.SHARED + code) in answers.codes
    ]
    return Read({**read.values, "consents": consents}, read.errors)


def shared_with(nouns: Deployment) -> dict[str, str]:
    """With whom something may be shared, the deployment's own among them: code -> words."""
    field = nouns.of(Consent).describe()["shared_with"]
    return dict(field.codes.items) if isinstance(field, Choice) else {}


def carried(draft: Draft, on: date) -> dict[str, str]:
    """The text of step Who with the words of the search laid into boxes that are empty."""
    searched, who = draft.get(steps.SEARCH, {}), dict(draft.get(steps.WHO, {}))
    words = {name: searched.get(name, "") for name in ("name", "mother_name")}
    if not any(who.get(box) for box in (*_BOXES, _YEAR_BOX)):
        words[_YEAR_BOX] = searched.get(steps.YEAR, "")
    words = {name: text for name, text in words.items() if text and not who.get(name)}
    return {**who, **_with_year(words, on)}


def read_who(typed: Typed, on: date, caseloads: Scopes = ()) -> Read:
    """Who the person is. An age in years may stand in the box of the year."""
    given = {"caseload_id": caseloads[0]} if len(caseloads) == 1 else {}
    only = (*steps.WHO_ASKED, "caseload_id") if caseloads else steps.WHO_ASKED
    read = _declared(Person, {**_with_year(typed, on), **given}, only)
    if read.values.get("caseload_id") not in (None, *caseloads):
        read.errors["caseload_id"] = (OTHER_CASELOAD,)
    return read


def read_screening(typed: Typed, nouns: Deployment = NOTHING_ADDED) -> Read:
    """Process and category, and what the deployment asks of a case."""
    return _declared(nouns.of(Case), typed, (*steps.SCREENING_ASKED, *nouns.asked_of(Case)))


def read_weapon(typed: Typed, stores: Scopes, nouns: Deployment = NOTHING_ADDED) -> Read:
    """The weapon handed in, if one is; nobody is asked who may record none."""
    if not stores:
        return Read()
    handed_in = typed.get(steps.HANDED_IN)
    if handed_in not in ("no", "weapon"):
        return Read(errors={steps.HANDED_IN: (NO_ANSWER,)})
    if handed_in == "no":
        return Read()
    only = {"store_id": stores[0]} if len(stores) == 1 else {}
    asked = (*steps.WEAPON_ASKED, *nouns.asked_of(Weapon))
    read = _declared(nouns.of(Weapon), {**typed, **only}, asked)
    if read.values.get("store_id") not in (None, *stores):
        read.errors["store_id"] = (OTHER_STORE,)
    return read


def read_household(typed: Typed, on: date, nouns: Deployment = NOTHING_ADDED) -> Read:
    """Dependants (``rows``), how the person can be reached, and what the deployment asks of them."""
    asked = (*steps.CONTACT_ASKED, *nouns.asked_of(Person))
    read = _declared(nouns.of(Person), typed, asked)
    rows = []
    for number in row_numbers(typed):
        row = unprefixed(typed, f"{number}.")
        if any(text.strip() for text in row.values()):
            one = _dependant(row, on, nouns)
            rows.append(one.values)
            read.errors |= {f"{number}.{name}": said for name, said in one.errors.items()}
    return Read({**read.values, "rows": rows}, read.errors)


def row_numbers(typed: Typed) -> list[int]:
    """The numbers of the dependants' rows that were posted, and the fewest that are shown."""
    posted = {int(name.split(".")[0]) for name in typed if name.split(".")[0].isdecimal()}
    shown = posted | set(range(1, steps.FEWEST_ROWS + 1))
    return sorted(shown)[: steps.MOST_ROWS]


def _dependant(row: Typed, on: date, nouns: Deployment) -> Read:
    read = _declared(nouns.of(HouseholdMember), row, steps.DEPENDANT_ASKED)
    born = _born(row.get(steps.YEAR, ""), on)
    if born is None:
        read.errors[steps.YEAR] = (NO_YEAR,)
    return Read({**read.values, **(born or {})}, read.errors)


def _declared(entity: Any, typed: Typed, only: tuple[str, ...]) -> Read:
    parsed = parse(entity, typed, only=only)
    errors = {**missing(entity, parsed.values, only=only), **parsed.errors}
    said = {name: v for name, v in parsed.values.items() if v is not None}
    return Read(gathered(said, {}), errors)


def _with_year(typed: Typed, on: date) -> dict[str, str]:
    """The boxes of a birth date; an age in the year's box becomes a year that is an estimate."""
    year = western(typed.get(_YEAR_BOX, "")).strip()
    alone = not any(typed.get(box, "").strip() for box in _BOXES)
    if not (alone and year.isdecimal() and int(year[:4]) <= OLDEST and len(year) <= 3):
        return dict(typed)
    # An age is years, whatever the calendar of the question.
    return {**typed, _YEAR_BOX: str(on.year - int(year)), _ESTIMATE: "1", _CALENDAR: ""}


def read_year(text: str, on: date) -> int | None:
    """The year that a year of birth or an age means; None when it is neither."""
    born = _born(text, on)
    return int(born["birth_date"][:4]) if born else None


def _born(text: str, on: date) -> dict[str, str] | None:
    """Date of birth and precision that a year or an age means; None when it is neither."""
    if not text.strip():
        return {}
    parsed = parse(Person, _with_year({_YEAR_BOX: text}, on), only=("birth_date",))
    return None if parsed.errors else dict(parsed.values)


def further_rows(typed: Typed) -> range:
    """The numbers of three more rows."""
    last = row_numbers(typed)[-1]
    return range(last + 1, min(last + steps.FEWEST_ROWS, steps.MOST_ROWS) + 1)
