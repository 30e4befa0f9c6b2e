"""The passing of a gate, on a date. Persons are counted at gates by these, never by a status."""

from schema import codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text


class GateEvent(Entity):
    """A case passed a gate on this day, for this reason."""

    noun = "gate_event"
    label = "Gate passed"
    plural = "Gates passed"
    hangs_on = "case_id"
    columns = ("gate", "date", "reason")
    sorted_by = "date"
    today = "date"
    adding = "Record a gate"
    none_yet = "No gate is recorded yet."

    case_id = Ref(
        "Case", "case", gives_scope=True, purpose="Whose gate", required=True, stamps=True
    )
    gate = Choice(
        "Gate",
        codes.GATE,
        purpose="To count persons at each gate",
        required=True,
        donor=True,
        stamps=True,
    )
    date = Day("Date", purpose="To count by date of event", required=True, stamps=True)
    reason = Choice(
        "Reason", codes.GATE_REASON, sensitivity="high", purpose="Why, where it matters"
    )
    # Who registers somebody does not verify them: the two are told apart by this.
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text(
        "Note", longest=2000, multiline=True, sensitivity="high", purpose="What the code leaves out"
    )
