"""What happened to a lot in custody, with how much of it. Events are added, never rewritten."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text, Whole

CHAIN = "An unbroken chain of custody (IATG 03.10; MOSAIC 05.20)"


class LotEvent(Entity):
    """One step of a lot's custody. Without a quantity it is about all that the lot holds."""

    noun = "lot_event"
    label = "Lot event"
    plural = "Custody of lots"
    compartment = "weapons"
    hangs_on = "lot_id"
    columns = ("date", "event", "quantity", "store_id", "to_store_id", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a lot event"
    none_yet = "No lot event is recorded yet."
    appended = True

    lot_id = Ref("Lot", "lot", gives_scope=True, purpose=CHAIN, required=True, stamps=True)
    event = Choice(
        "Event",
        codes_weapons.LOT_CUSTODY,
        sensitivity="none",
        purpose=CHAIN,
        required=True,
        donor=True,
        stamps=True,
    )
    date = Day("Date", sensitivity="none", purpose=CHAIN, required=True, stamps=True)
    quantity = Whole("Quantity", least=1, sensitivity="none", purpose=CHAIN, stamps=True)
    store_id = Ref(
        "Where it happened",
        "store",
        sensitivity="none",
        purpose="Whose account it is on",
        stamps=True,
    )
    to_store_id = Ref(
        "Sent to",
        "store",
        sensitivity="none",
        purpose="Who answers for it from then on",
        stamps=True,
    )
    # The other lot may have moved on since.
    other_lot_id = Ref(
        "The other lot", "lot", crosses=True, sensitivity="none", purpose=CHAIN, stamps=True
    )
    seal = Text("Seal numbers", longest=200, sensitivity="moderate", purpose=CHAIN)
    authorised_by = Text("Authorised by", longest=120, sensitivity="high", purpose=CHAIN)
    affiliation = Text("Of which body", longest=120, sensitivity="moderate", purpose=CHAIN)
    reason = Text("What for", longest=200, sensitivity="moderate", purpose=CHAIN)
    lawful = Flag(
        "Legal, embargo and due-diligence check done",
        sensitivity="none",
        purpose="No transfer without it (IDDRS 4.10)",
    )
    certificate = Text("Certificate or registration number", longest=60, purpose=CHAIN)
    # The convoy is the sender's record, and this goes with what was sent.
    load_id = Ref("Convoy", "load", crosses=True, sensitivity="none", purpose=CHAIN)
    destruction_batch_id = Ref(
        "Destruction", "destruction_batch", crosses=True, sensitivity="none", purpose=CHAIN
    )
    handed_over_by = Text("Handed over by", longest=120, sensitivity="high", purpose=CHAIN)
    received_by = Text("Received by", longest=120, sensitivity="high", purpose=CHAIN)
    witness = Text("Witness", longest=120, sensitivity="high", purpose=CHAIN)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text("Note", longest=2000, multiline=True, sensitivity="moderate", purpose=CHAIN)
