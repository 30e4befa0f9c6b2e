"""What happened to a weapon in custody. Events are added, never rewritten."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Ref, Text

CHAIN = "An unbroken chain of custody (MOSAIC 05.20 and 05.40)"


class CustodyEvent(Entity):
    """One step of a weapon's custody, with who handed over and who received."""

    noun = "custody_event"
    label = "Custody event"
    plural = "Custody"
    compartment = "weapons"
    hangs_on = "weapon_id"
    columns = ("date", "event", "handed_over_by", "received_by", "witness")
    sorted_by = "date"
    today = "date"
    adding = "Record a custody event"
    none_yet = "No custody event is recorded yet."

    weapon_id = Ref("Weapon", "weapon", gives_scope=True, purpose=CHAIN, required=True)
    event = Choice(
        "Event", codes.CUSTODY, sensitivity="none", purpose=CHAIN, required=True, donor=True
    )
    date = Day("Date", sensitivity="none", purpose=CHAIN, required=True)
    handed_over_by = Text("Handed over by", longest=120, sensitivity="high", purpose=CHAIN)
    received_by = Text("Received by", longest=120, sensitivity="high", purpose=CHAIN)
    witness = Text("Witness", longest=120, sensitivity="high", purpose=CHAIN)
    note = Text("Note", longest=2000, multiline=True, sensitivity="moderate", purpose=CHAIN)
