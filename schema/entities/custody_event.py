"""What happened to a weapon in custody. Events are added, never rewritten."""

from schema import codes, codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text

CHAIN = "An unbroken chain of custody (MOSAIC 05.20 and 05.40)"


class CustodyEvent(Entity):
    """One step of a weapon's custody, with who handed over and who received."""

    noun = "custody_event"
    label = "Custody event"
    plural = "Custody"
    compartment = "weapons"
    hangs_on = "weapon_id"
    columns = ("date", "event", "store_id", "to_store_id", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a custody event"
    none_yet = "No custody event is recorded yet."
    appended = True

    weapon_id = Ref("Weapon", "weapon", gives_scope=True, purpose=CHAIN, required=True, stamps=True)
    event = Choice(
        "Event",
        codes_weapons.CUSTODY,
        sensitivity="none",
        purpose=CHAIN,
        required=True,
        donor=True,
        stamps=True,
    )
    date = Day("Date", sensitivity="none", purpose=CHAIN, required=True, stamps=True)
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
    was_type = Choice(
        "Counted before as", codes.WEAPON_TYPE, sensitivity="none", purpose=CHAIN, stamps=True
    )
    type = Choice(
        "Counts from now on as", codes.WEAPON_TYPE, sensitivity="none", purpose=CHAIN, stamps=True
    )
    rack = Text(
        "Rack or shelf", longest=40, sensitivity="moderate", purpose="To find it in the store"
    )
    seal = Text("Seal numbers", longest=200, sensitivity="moderate", purpose=CHAIN)
    disabling_part_removed = Flag("Disabling part removed", sensitivity="none", purpose=CHAIN)
    authorised_by = Text("Authorised by", longest=120, sensitivity="high", purpose=CHAIN)
    affiliation = Text("Of which body", longest=120, sensitivity="moderate", purpose=CHAIN)
    reason = Text("What for", longest=200, sensitivity="moderate", purpose=CHAIN)
    due_back = Day("Due back on", sensitivity="none", purpose="To ask for it when it is late")
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
