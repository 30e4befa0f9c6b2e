"""Somebody who depends on a participant. A dependent child is this row and nothing more."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Ref, Text

PLAN = "To plan for dependants by sex and age"


class HouseholdMember(Entity):
    """A dependant of a participant; never listed or exported by name."""

    noun = "household_member"
    label = "Household member"
    plural = "Household"
    hangs_on = "case_id"
    columns = ("relation", "sex", "birth_date", "name")
    adding = "Add somebody"
    none_yet = "Nobody is recorded as depending on them."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose household", required=True)
    relation = Choice(
        "Relation",
        codes.RELATION,
        hint="A spouse, also an informal or a further one, has a case and a card of their own as well",
        purpose=PLAN,
        required=True,
    )
    sex = Choice("Sex", codes.SEX, purpose=PLAN, required=True)
    birth_date = Day("Date of birth", sensitivity="high", purpose=PLAN, group="birth")
    birth_date_precision = Choice(
        "How exact the date of birth is",
        codes.DATE_PRECISION,
        sensitivity="none",
        purpose=PLAN,
        group="birth",
    )
    birth_date_told = Text(
        "Date of birth as told",
        longest=120,
        sensitivity="high",
        purpose=PLAN,
        group="birth",
        on_form=False,
    )
    name = Text("Name", hint="Only if the family wishes it", sensitivity="severe", purpose=PLAN)
