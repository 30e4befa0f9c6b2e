"""What was proposed, decided and told about somebody's eligibility. Where they stand follows from these."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

DECISION = "A decision with a name, a reason and an appeal (IDDRS 4.20, eligibility)"


class EligibilityEvent(Entity):
    """One act: a screening, a decision, its reading out, a revocation. Never rewritten."""

    noun = "eligibility_event"
    label = "Step of eligibility"
    plural = "Eligibility"
    hangs_on = "case_id"
    for_adults = True
    appended = True
    columns = ("act", "date", "reason", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Screen"
    none_yet = "Not screened yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose eligibility", required=True)
    act = Choice(
        "What was done",
        codes.ELIGIBILITY_ACT,
        approves=("eligible", "ineligible", "referred-cvr", "revoked"),
        sensitivity="high",
        purpose=DECISION,
        required=True,
    )
    date = Day("Date", purpose=DECISION, required=True)
    criteria_set_id = Ref("By which criteria", "criteria_set", purpose=DECISION)
    path = Text(
        "Way in",
        hint="The word of the way in whose criteria hold",
        longest=40,
        sensitivity="high",
        purpose=DECISION,
    )
    about_id = Ref(
        "About which step",
        "eligibility_event",
        hint="The screening that is decided on; the decision that is read out or revoked",
        purpose=DECISION,
    )
    reason = Choice("Reason", codes.ELIGIBILITY_REASON, sensitivity="high", purpose=DECISION)
    said = Text(
        "What the person is told",
        hint="In words that can be read out",
        longest=1000,
        multiline=True,
        sensitivity="high",
        purpose=DECISION,
    )
    how = Choice(
        "How they were told", codes.TOLD_HOW, sensitivity="none", purpose="To show that they know"
    )
    authority = Text(
        "On whose authority", longest=200, sensitivity="high", purpose="Revocation (domain 1.4)"
    )
    recorded_by = By("By", sensitivity="moderate", purpose="Separation of duties")
