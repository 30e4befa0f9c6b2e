"""What happened to a plan: agreed by the person, signed, closed. Added, never rewritten."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

SIGNED = "That a plan is the person's own, and is not closed behind their back (IDDRS 4.30)"


class PlanEvent(Entity):
    """One act. A plan is in force once the person has agreed and the case worker has signed."""

    noun = "plan_event"
    label = "Act on a plan"
    plural = "Acts on plans"
    hangs_on = "plan_id"
    appended = True
    columns = ("date", "act", "how", "reason", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record an act"
    none_yet = "Nobody has agreed or signed yet."

    plan_id = Ref("Plan", "plan", gives_scope=True, purpose=SIGNED, required=True)
    act = Choice(
        "What was done", codes.PLAN_ACT, approves=("closed",), purpose=SIGNED, required=True
    )
    date = Day("Date", purpose=SIGNED, required=True)
    how = Choice("How the person agreed", codes.AGREED_HOW, sensitivity="none", purpose=SIGNED)
    witness = Text("Witness", longest=120, sensitivity="high", purpose=SIGNED)
    reason = Text("Why", hint="Where it is closed, or not agreed", longest=500, purpose=SIGNED)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
