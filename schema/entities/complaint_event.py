"""What the complaints unit did about a complaint. Added, never rewritten."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

HEARD = "That a complaint has an outcome, by somebody who has no part in it (domain rule G8)"


class ComplaintEvent(Entity):
    """One act. Neither who is complained of nor who wrote it down decides."""

    noun = "complaint_event"
    label = "Act on a complaint"
    plural = "Acts on complaints"
    compartment = "complaints"
    hangs_on = "complaint_id"
    appended = True
    columns = ("date", "act", "said", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record an act"
    none_yet = "Nothing was done about it yet."

    complaint_id = Ref("Complaint", "complaint", gives_scope=True, purpose=HEARD, required=True)
    act = Choice(
        "What was done",
        codes.COMPLAINT_ACT,
        approves=("upheld", "not-upheld"),
        sensitivity="severe",
        purpose=HEARD,
        required=True,
    )
    date = Day("Date", purpose=HEARD, required=True)
    said = Text(
        "What was found",
        hint="A decision says why",
        longest=2000,
        multiline=True,
        sensitivity="severe",
        purpose=HEARD,
    )
    recorded_by = By("Recorded by", sensitivity="high", purpose="Separation of duties")
