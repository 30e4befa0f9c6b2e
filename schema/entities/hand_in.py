"""The handing in of arms and ammunition: who gave, to whom, and the receipt. What became of it is stock."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

RECEIPT = "The receipt, which also serves an appeal (IDDRS 4.10)"


class HandIn(Entity):
    """One giving, by a participant, by anybody else, or by nobody who is known. Its lines say what."""

    noun = "hand_in"
    label = "Hand-in"
    plural = "Hand-ins"
    compartment = "weapons"
    hangs_on = "store_id"
    named_by = ("receipt",)
    columns = ("date", "receipt", "giver", "store_id", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a hand-in"
    none_yet = "No hand-in is recorded yet."
    title_field = "receipt"

    store_id = Ref(
        "Receiving store",
        "store",
        gives_scope=True,
        purpose="Who received it",
        required=True,
        stamps=True,
    )
    giver = Choice(
        "Who gave it", codes_weapons.GIVER, sensitivity="high", purpose=RECEIPT, required=True
    )
    # Cut when the person's data end; the weapons and the lots stay.
    case_id = Ref(
        "The participant", "case", crosses=True, sensitivity="high", purpose="For whom it counts"
    )
    giver_name = Text(
        "Name for the receipt",
        hint="Of somebody who is no participant",
        longest=120,
        sensitivity="severe",
        purpose=RECEIPT,
    )
    slip = Text(
        "Slip",
        hint="As printed on it",
        longest=40,
        sensitivity="moderate",
        purpose="To join the tables",
    )
    date = Day("Date", sensitivity="moderate", purpose=RECEIPT, required=True)
    area_id = Ref("Place", "area", sensitivity="moderate", purpose=RECEIPT)
    receipt = Text("Receipt number", longest=40, sensitivity="moderate", purpose=RECEIPT)
    cleared_by = Text(
        "Cleared as safe by",
        longest=120,
        sensitivity="moderate",
        purpose="Cleared before it is recorded (IDDRS 4.10)",
        required=True,
    )
    received_by = Text("Received by", longest=120, sensitivity="high", purpose=RECEIPT)
    witness = Text("Witness", longest=120, sensitivity="high", purpose=RECEIPT)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text("Note", longest=2000, multiline=True, sensitivity="high", purpose=RECEIPT)
