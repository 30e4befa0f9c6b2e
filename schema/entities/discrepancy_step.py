"""What is done about a discrepancy. Steps are added, never rewritten; the last says where it stands."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

CASE = "Losses and errors are reported at once and investigated (IDDRS 4.10)"


class DiscrepancyStep(Entity):
    """One step. Who found the discrepancy does not close it."""

    noun = "discrepancy_step"
    label = "Step"
    plural = "Steps"
    compartment = "weapons"
    hangs_on = "discrepancy_id"
    columns = ("date", "step", "said", "reference", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a step"
    none_yet = "No step is recorded yet."
    appended = True

    discrepancy_id = Ref(
        "Discrepancy", "discrepancy", gives_scope=True, purpose=CASE, required=True
    )
    step = Choice(
        "Step",
        codes_weapons.DISCREPANCY_STEP,
        sensitivity="none",
        purpose=CASE,
        required=True,
        approves=("explained", "closed"),
    )
    date = Day("Date", sensitivity="none", purpose=CASE, required=True)
    reference = Text("Reference of the investigation", longest=80, purpose=CASE)
    said = Text(
        "What was found out", longest=2000, multiline=True, sensitivity="high", purpose=CASE
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
