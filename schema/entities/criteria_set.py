"""The eligibility criteria of one peace agreement or policy, in one version. Data, not code."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import Choice, Day, Text, Whole

ELIGIBILITY = "To decide alike on all people of one agreement (IDDRS 4.20, eligibility)"
APPEAL = "So that nobody is refused without an appeal (IDDRS 4.20, eligibility)"


class CriteriaSet(Entity):
    """One version of an agreement's criteria; once adopted it stands, and a change is a new version."""

    noun = "criteria_set"
    label = "Criteria"
    plural = "Criteria"
    named_by = ("name",)
    compartment = "reference"
    title_field = "name"

    code = Text(
        "Agreement",
        hint="Short code; the same for all versions",
        longest=40,
        sensitivity="none",
        purpose=ELIGIBILITY,
        required=True,
    )
    # Not `version`: the API says by that word how often a record was written.
    edition = Whole("Version", least=1, most=999, sensitivity="none", purpose=ELIGIBILITY)
    name = Text("Name", sensitivity="none", purpose=ELIGIBILITY, required=True)
    # A draft is never in force, whatever its dates; adopting it takes the right to approve.
    state = Choice(
        "State",
        codes.CRITERIA_STATE,
        approves=("adopted",),
        sensitivity="none",
        purpose=ELIGIBILITY,
    )
    valid_from = Day("In force from", sensitivity="none", purpose=ELIGIBILITY)
    valid_to = Day("In force until", sensitivity="none", purpose=ELIGIBILITY)
    appeal_days = Whole(
        "Days to appeal",
        hint="Counted from the day on which the refusal was read out",
        least=1,
        most=3650,
        sensitivity="none",
        purpose=APPEAL,
    )
    answer_days = Whole(
        "Days to decide on an appeal", least=1, most=3650, sensitivity="none", purpose=APPEAL
    )
    appeal_body = Text("Who hears appeals", sensitivity="none", purpose=APPEAL)
    source = Text(
        "Agreement and article",
        longest=500,
        multiline=True,
        sensitivity="none",
        purpose=ELIGIBILITY,
    )
