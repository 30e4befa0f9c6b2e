"""A second signature: an act of its own, by another person than who recorded what it is about."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

SECOND = "Two people for what one could hide (IDDRS 4.10; domain 2.3)"


class Countersign(Entity):
    """A second signature under one custody event, lot event, hand-in or destruction."""

    noun = "countersign"
    label = "Second signature"
    plural = "Second signatures"
    compartment = "weapons"
    hangs_on = "store_id"
    columns = ("date", "signs_as", "name", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Sign as the second"
    none_yet = "Nobody has signed as the second yet."
    appended = True

    # It stands where it was signed; what it is about may have moved on.
    store_id = Ref(
        "Store",
        "store",
        gives_scope=True,
        purpose="Where it was signed",
        required=True,
        stamps=True,
    )
    custody_event_id = Ref("Custody event", "custody_event", crosses=True, purpose=SECOND)
    lot_event_id = Ref("Lot event", "lot_event", crosses=True, purpose=SECOND)
    hand_in_id = Ref("Hand-in", "hand_in", crosses=True, purpose=SECOND)
    destruction_batch_id = Ref("Destruction", "destruction_batch", crosses=True, purpose=SECOND)
    signs_as = Choice(
        "Signs as", codes_weapons.SIGNS_AS, sensitivity="none", purpose=SECOND, required=True
    )
    name = Text("Name", longest=120, sensitivity="high", purpose=SECOND)
    date = Day("Date", sensitivity="none", purpose=SECOND, required=True)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
