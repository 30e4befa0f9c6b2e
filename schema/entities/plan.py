"""A reintegration plan: what a participant and the case worker mean to do, in one revision."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

PLAN = "To agree with the person on what comes next (IDDRS 4.30, reintegration plan)"


class Plan(Entity):
    """One revision. A later one names it, and both stay readable; its acts say where it stands."""

    noun = "plan"
    label = "Plan"
    plural = "Plans"
    hangs_on = "case_id"
    part_of = "revises_id"
    appended = True
    columns = ("drafted_on", "track", "until", "recorded_by")
    sorted_by = "drafted_on"
    today = "drafted_on"
    adding = "Draft a plan"
    none_yet = "No plan is drafted yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose plan", required=True)
    # Said by the way to the form, which is on the page of the earlier plan.
    revises_id = Ref("Revises", "plan", purpose=PLAN, on_form=False)
    drafted_on = Day("Drafted on", purpose=PLAN, required=True)
    track = Choice("Track", codes.TRACK, purpose=PLAN, required=True, donor=True)
    goals = Text(
        "Goals",
        hint="In the words of the person",
        longest=2000,
        multiline=True,
        sensitivity="high",
        purpose=PLAN,
        required=True,
    )
    steps = Text(
        "Steps",
        hint="Who does what, and by when",
        longest=2000,
        multiline=True,
        sensitivity="high",
        purpose=PLAN,
    )
    until = Day("To be done by", purpose=PLAN)
    recorded_by = By("Drafted by", purpose="Separation of duties")
