"""One step of the search for a child's family, and of its verification. Added, never rewritten."""

from schema import codes_child as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text

TRACING = "To find the family and to know that it is theirs (IDDRS 5.20, tracing and reunification)"


class TracingAct(Entity):
    """What was done to find a family. Who found it does not verify it."""

    noun = "tracing_act"
    label = "Step of tracing"
    plural = "Family tracing"
    compartment = "child"
    hangs_on = "case_id"
    appended = True
    columns = ("act", "date", "kin", "verified_by", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a step of tracing"
    none_yet = "No search for the family is recorded yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose family", required=True)
    act = Choice("What was done", codes.TRACING_ACT, purpose=TRACING, required=True)
    date = Day("Date", purpose=TRACING, required=True)
    kin = Choice("Who is sought", codes.KIN, sensitivity="high", purpose=TRACING)
    kin_name = Text("Their name", longest=120, sensitivity="severe", purpose=TRACING)
    area_id = Ref("Where", "area", sensitivity="severe", purpose=TRACING)
    method = Choice("How", codes.TRACING_METHOD, sensitivity="moderate", purpose=TRACING)
    verified_by = Choice(
        "How the family was verified", codes.VERIFIED_BY, sensitivity="high", purpose=TRACING
    )
    family_agrees = Flag("The family takes the child back", sensitivity="high", purpose=TRACING)
    child_agrees = Flag("The child wants to go", sensitivity="high", purpose=TRACING)
    note = Text("Note", longest=1000, multiline=True, sensitivity="severe", purpose=TRACING)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
