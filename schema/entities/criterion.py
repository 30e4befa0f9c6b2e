"""One criterion of a set of criteria: what is asked, and with which figures."""

from schema import codes, codes_eligibility
from schema.entity import Entity
from schema.fields import Choice, Day, Ref, Text, Whole

ELIGIBILITY = "To decide alike on all people of one agreement (IDDRS 4.20, eligibility)"


class Criterion(Entity):
    """Criteria are not cumulative: those of one way in hold together, and one way in is enough."""

    noun = "criterion"
    label = "Criterion"
    plural = "Criteria in detail"
    named_by = ("wording",)
    words = "criteria"
    compartment = "reference"
    part_of = "criteria_set_id"
    title_field = "wording"

    criteria_set_id = Ref(
        "Criteria",
        "criteria_set",
        sensitivity="none",
        purpose=ELIGIBILITY,
        required=True,
    )
    path = Text(
        "Way in",
        hint="Criteria with the same word hold together; one way in is enough",
        longest=40,
        sensitivity="none",
        purpose=ELIGIBILITY,
        required=True,
    )
    kind = Choice(
        "What it looks at",
        codes_eligibility.CRITERION_KIND,
        sensitivity="none",
        purpose=ELIGIBILITY,
        required=True,
    )
    # The programme's own words, in the language in which they are read out to people.
    wording = Text(
        "In words",
        hint="As it is read out to the person",
        longest=300,
        multiline=True,
        sensitivity="none",
        purpose="To tell the person why (IDDRS 4.20, eligibility)",
        required=True,
    )
    day = Day("Cut-off date", sensitivity="none", purpose=ELIGIBILITY)
    quantity = Whole("How many", least=1, sensitivity="none", purpose=ELIGIBILITY)
    per = Whole("For each so many people", least=1, sensitivity="none", purpose=ELIGIBILITY)
    category = Choice("Category", codes.CATEGORY, sensitivity="none", purpose=ELIGIBILITY)
