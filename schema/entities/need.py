"""What a participant needs, how urgently, and who said so."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import Choice, Ref, Text

NEEDED = "To see that the plan and the services answer what is needed (IDDRS 4.30)"


class Need(Entity):
    """One need that a plan is about. What the person agreed to is not rewritten afterwards."""

    noun = "need"
    label = "Need"
    plural = "Needs"
    hangs_on = "plan_id"
    appended = True
    columns = ("kind", "priority", "said_by", "note")
    adding = "Record a need"
    none_yet = "No need is recorded yet."

    plan_id = Ref("Plan", "plan", gives_scope=True, purpose=NEEDED, required=True)
    kind = Choice("Need", codes.NEED, purpose=NEEDED, required=True, donor=True)
    priority = Choice("Priority", codes.PRIORITY, purpose=NEEDED, required=True)
    said_by = Choice("Said by", codes.NEED_SAID_BY, sensitivity="none", purpose=NEEDED)
    note = Text(
        "Note",
        hint="Nothing about health that is for a clinician alone",
        longest=500,
        multiline=True,
        sensitivity="high",
        purpose=NEEDED,
    )
