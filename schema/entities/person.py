"""A person of the programme: who they say they are, and how to reach them safely."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Flag, Number, Ref, Text

IDENTITY = "To know the person again and keep two people apart (IDDRS 4.20, registration)"
AGE = "To keep children out of adult processes (IDDRS 5.20)"
CONTACT = "To reach the person safely for follow-up"


class Person(Entity):
    """A person, whatever process they are in. Armed group, health and money are other nouns."""

    noun = "person"
    label = "Person"
    plural = "People"
    named_by = ("number",)
    words = "people"
    hangs_on = "caseload_id"
    title_field = "name"

    number = Number(
        "Printed number",
        sensitivity="moderate",
        purpose="To find the person from a card or slip; it means nothing",
        on_form=False,
        required=True,
    )
    # One name is the rule in many places; parts are what some people also have.
    name = Text(
        "Name", hint="As the person says it", sensitivity="severe", purpose=IDENTITY, required=True
    )
    given_name = Text("Given names", sensitivity="severe", purpose=IDENTITY)
    family_name = Text("Family name", sensitivity="severe", purpose=IDENTITY)
    father_name = Text("Father's name", sensitivity="severe", purpose=IDENTITY)
    grandfather_name = Text("Grandfather's name", sensitivity="severe", purpose=IDENTITY)
    mother_name = Text("Mother's name", sensitivity="severe", purpose=IDENTITY)
    name_script = Text("Name in local script", sensitivity="severe", purpose=IDENTITY)
    alias = Text("Also known as", sensitivity="severe", purpose=IDENTITY)
    sex = Choice("Sex", codes.SEX, purpose="To plan for women and men", required=True, donor=True)
    birth_date = Day("Date of birth", sensitivity="high", purpose=AGE, group="birth", stamps=True)
    birth_date_precision = Choice(
        "How exact the date of birth is",
        codes.DATE_PRECISION,
        sensitivity="none",
        purpose=AGE,
        group="birth",
        stamps=True,
    )
    # What was said in another calendar is kept: the day worked out from it may be a day or two beside it.
    birth_date_told = Text(
        "Date of birth as told",
        longest=120,
        sensitivity="high",
        purpose=AGE,
        group="birth",
        on_form=False,
    )
    age_source = Choice("Where the age comes from", codes.AGE_SOURCE, purpose=AGE)
    # A ticked box is the benefit of the doubt (domain rule C1); an officer alone cannot untick its effect.
    may_be_under_18 = Flag("May be under 18", purpose=AGE, protective=True, stamps=True)
    age_decision = Choice(
        "Decision on age",
        codes.AGE_DECISION,
        hint="Only by a named child-protection officer, with the reason",
        purpose=AGE,
        group="age_decision",
        on_form=False,
        stamps=True,
    )
    # No age is decided without a reason that the person can be told and can appeal against.
    age_decision_reason = Text(
        "Why it was decided so",
        longest=500,
        multiline=True,
        sensitivity="high",
        purpose=AGE,
        group="age_decision",
        on_form=False,
    )
    nationality = Text(
        "Nationality", hint="Country code, as SDN", longest=3, purpose="To plan repatriation"
    )
    language = Text("Language", hint="Language code, as ara", longest=3, purpose="To speak to them")
    marital_status = Choice(
        "Marital status", codes.MARITAL, purpose="To register partners in their own right"
    )
    origin_area_id = Ref("Area of origin", "area", sensitivity="high", purpose="To plan return")
    intended_area_id = Ref("Intended area", "area", sensitivity="severe", purpose="To plan return")
    phone = Text("Phone", longest=40, sensitivity="severe", purpose=CONTACT)
    safe_contact = Text(
        "Safe way and time to be reached", multiline=True, sensitivity="severe", purpose=CONTACT
    )
    caseload_id = Ref(
        "Caseload",
        "caseload",
        gives_scope=True,
        sensitivity="moderate",
        purpose="Who answers for this person",
        required=True,
        stamps=True,
    )
