"""What each step shows: the declared questions, and the few that are fields of no record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from field_client.pages.register import steps
from field_client.pages.register.reading import row_numbers, shared_with
from field_client.pages.register.steps import Typed
from schema import codes
from schema.codes import CodeList
from schema.codes_information import SHARING
from schema.deployment import Deployment
from schema.entities.case import Case
from schema.entities.household_member import HouseholdMember
from schema.entities.notice import Notice
from schema.entities.person import Person
from schema.entities.weapon import Weapon
from schema.fields import Choice
from schema.form import Input, Option, inputs, prefixed
from schema.said import Said

Errors = Mapping[str, Sequence[Said | str]]
Scopes = Sequence[tuple[str, str]]

YEAR = Said("Year of birth or age")
HANDED_IN = Said("Handed in now")
NO_WEAPON, A_WEAPON = Said("No weapon"), Said("A weapon")
RELATION, SEX = Said("Relation"), Said("Sex")
ACCOMPANIED = Said("Who accompanies them")
ACCOMPANIED_HINT = Said("Name, relation, and how they can be reached")
NOTHING = Said("")


def search(typed: Typed, errors: Errors) -> list[Input]:
    """Step 1: the words by which the person may be known here."""
    asked = inputs(Person, typed, errors, only=("name", "mother_name"))
    return [*asked, _text(steps.YEAR, YEAR, typed, errors, "w4")]


def information(typed: Typed, errors: Errors, nouns: Deployment) -> list[Input]:
    """Step 2: how they were told."""
    return inputs(nouns.of(Notice), typed, errors, only=steps.INFORMATION_ASKED)


def sharing(typed: Typed, nouns: Deployment) -> list[Input]:
    """One question for each with whom something may be shared; none has an answer beforehand."""
    return [
        _yes_or_no(steps.SHARED + code, words, typed) for code, words in shared_with(nouns).items()
    ]


def who(typed: Typed, errors: Errors, caseloads: Scopes) -> list[Input]:
    """Step 3: names, sex, age; the caseload where there is a choice."""
    chosen = ("caseload_id",) if len(caseloads) > 1 else ()
    only = (*steps.WHO_ASKED, *chosen)
    return inputs(Person, typed, errors, only=only, choices={"caseload_id": caseloads})


def hand_over(typed: Typed, errors: Errors) -> list[Input]:
    """The child path asks one thing more, and nothing military."""
    asked = _text(steps.ACCOMPANIED, ACCOMPANIED, typed, errors, "full")
    return [replace(asked, hint=ACCOMPANIED_HINT)]


def screening(typed: Typed, errors: Errors, nouns: Deployment) -> list[Input]:
    """Step 4, reduced to process and category, and what the deployment asks of a case."""
    only = (*steps.SCREENING_ASKED, *nouns.asked_of(Case))
    return inputs(nouns.of(Case), typed, errors, only=only)


def weapon(
    typed: Typed, errors: Errors, stores: Scopes, nouns: Deployment
) -> tuple[Input, list[Input]]:
    """Step 5: whether one is handed in, and what is asked of it."""
    chosen = typed.get(steps.HANDED_IN, "")
    options = (
        Option("no", NO_WEAPON, chosen == "no"),
        Option("weapon", A_WEAPON, chosen == "weapon"),
    )
    first = Input(steps.HANDED_IN, "radio", HANDED_IN, NOTHING, chosen, True, options)
    first = replace(first, errors=tuple(errors.get(steps.HANDED_IN, ())))
    only = [n for n in steps.WEAPON_ASKED if n != "store_id" or len(stores) > 1]
    only += nouns.asked_of(Weapon)
    return first, inputs(nouns.of(Weapon), typed, errors, only=only, choices={"store_id": stores})


def contact(typed: Typed, errors: Errors, nouns: Deployment) -> list[Input]:
    """How the person lives and can be reached, and what the deployment asks of a person."""
    only = (*steps.CONTACT_ASKED, *nouns.asked_of(Person))
    return inputs(nouns.of(Person), typed, errors, only=only)


def dependants(typed: Typed, errors: Errors, nouns: Deployment) -> list[tuple[int, list[Input]]]:
    """One row of short questions for each dependant."""
    fields = nouns.of(HouseholdMember).describe()
    relation = fields["relation"]
    listed = relation.codes if isinstance(relation, Choice) else codes.RELATION
    return [(number, _row(number, typed, errors, listed)) for number in row_numbers(typed)]


def _row(number: int, typed: Typed, errors: Errors, relations: CodeList) -> list[Input]:
    lead = f"{number}."
    mine = {name.removeprefix(lead): text for name, text in typed.items() if name.startswith(lead)}
    wrong = {name.removeprefix(lead): one for name, one in errors.items() if name.startswith(lead)}
    asked = [
        _text(steps.YEAR, YEAR, mine, wrong, "w10"),
        _select("relation", RELATION, relations, mine, wrong),
        _select("sex", SEX, codes.SEX, mine, wrong),
    ]
    return prefixed(asked, lead)


def _yes_or_no(name: str, words: str, typed: Typed) -> Input:
    chosen = typed.get(name, "")
    options = tuple(Option(code, Said(said), code == chosen) for code, said in SHARING.items)
    return Input(name, "radio", Said(words), NOTHING, chosen, False, options)


def _select(name: str, label: Said, listed: CodeList, typed: Typed, errors: Errors) -> Input:
    chosen = typed.get(name, "")
    answers = (("", NOTHING), *((code, Said(words)) for code, words in listed.items))
    options = tuple(Option(code, words, code == chosen) for code, words in answers)
    wrong = tuple(errors.get(name, ()))
    return Input(name, "select", label, NOTHING, chosen, True, options, wrong)


def _text(name: str, label: Said, typed: Typed, errors: Errors, width: str) -> Input:
    wrong = tuple(errors.get(name, ()))
    return Input(name, "text", label, NOTHING, typed.get(name, ""), True, (), wrong, "auto", width)
