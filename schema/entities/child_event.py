"""A step of a child's way out of an armed group: arrival, release, care, return. Added, never rewritten."""

from schema import codes_child as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text, Whole

RELEASE = "To have every child released and in civilian care within 48 hours (IDDRS 5.20)"
RETURN = "To have a child back with a family that was found and verified (IDDRS 5.20)"


class ChildEvent(Entity):
    """What happened to a child on which day. Children are released; the words for adults are not theirs."""

    noun = "child_event"
    label = "Step of release and care"
    plural = "Release and care"
    compartment = "child"
    hangs_on = "case_id"
    appended = True
    columns = ("act", "date", "organisation_id", "receipt", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a step"
    none_yet = "No step is recorded yet: the 48 hours count from the arrival as it is told."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Which child", required=True)
    act = Choice("What happened", codes.CHILD_ACT, purpose=RELEASE, required=True)
    # The clock of the 48 hours starts with what the child, or who brought the child, says.
    date = Day(
        "Date",
        hint="Of an arrival: as it is told, not of this form",
        purpose=RELEASE,
        required=True,
    )
    hour = Whole("Hour, if it is told", most=23, purpose=RELEASE)
    area_id = Ref("Where", "area", sensitivity="severe", purpose=RELEASE)
    organisation_id = Ref("Who cares for the child", "organisation", purpose=RELEASE)
    received_by = Text(
        "Who took the child over", longest=120, sensitivity="severe", purpose=RELEASE
    )
    receipt = Text("Receipt of the hand-over", longest=40, purpose=RELEASE)
    with_baby = Flag("Together with the baby", sensitivity="high", purpose=RETURN)
    child_said = Text(
        "What the child says to it",
        longest=1000,
        multiline=True,
        sensitivity="severe",
        purpose="A child is heard in all that concerns them (IDDRS 5.20)",
    )
    wellbeing = Choice(
        "How the child is", codes.WELLBEING, sensitivity="high", purpose="Whether help is needed"
    )
    consent = Flag("They agree to it", purpose="Nothing goes on after 18 without their consent")
    # A number and no reference: the only tie between the two files, and it is sealed with the child's.
    adult_number = Text(
        "Number of the file as an adult",
        hint="The printed number of a new registration. What is on this file stays sealed",
        sensitivity="severe",
        purpose="To go on without a gap, with nothing of the childhood carried over",
    )
    note = Text("Note", longest=1000, multiline=True, sensitivity="severe", purpose=RELEASE)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
