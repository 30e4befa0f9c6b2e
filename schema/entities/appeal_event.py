"""What happened to an appeal: a hearing, a decision, its reading out. Added, never rewritten."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

APPEAL = "Nobody is refused without an appeal (IDDRS 4.20, eligibility)"


class AppealEvent(Entity):
    """One step of an appeal. Who decided first does not decide it."""

    noun = "appeal_event"
    label = "Step of an appeal"
    plural = "Steps of appeals"
    hangs_on = "case_id"
    for_adults = True
    appended = True
    columns = ("act", "date", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a step"
    none_yet = "None recorded."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose appeal", required=True)
    appeal_id = Ref("Appeal", "appeal", purpose=APPEAL, required=True)
    act = Choice(
        "What was done",
        codes.APPEAL_ACT,
        approves=("upheld", "dismissed"),
        sensitivity="high",
        purpose=APPEAL,
        required=True,
    )
    date = Day("Date", hint="Of a hearing: when it is", purpose=APPEAL, required=True)
    said = Text(
        "What the person is told",
        hint="In words that can be read out",
        longest=1000,
        multiline=True,
        sensitivity="high",
        purpose=APPEAL,
    )
    how = Choice("How they were told", codes.TOLD_HOW, sensitivity="none", purpose=APPEAL)
    recorded_by = By("By", sensitivity="moderate", purpose="Separation of duties")
