"""Something in a store that is not as it should be, until somebody else than who found it closes it."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text, Whole

CASE = "Losses and errors are reported at once and investigated (IDDRS 4.10)"


class Discrepancy(Entity):
    """One discrepancy. What is done about it are its steps."""

    noun = "discrepancy"
    label = "Discrepancy"
    plural = "Discrepancies"
    compartment = "weapons"
    hangs_on = "store_id"
    columns = ("date", "kind", "counted_type", "variance", "weapon_id", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a discrepancy"
    none_yet = "No discrepancy is recorded yet."
    appended = True

    store_id = Ref(
        "Store", "store", gives_scope=True, purpose="Whose stock", required=True, stamps=True
    )
    kind = Choice(
        "What is wrong",
        codes_weapons.DISCREPANCY_KIND,
        sensitivity="none",
        purpose=CASE,
        required=True,
        donor=True,
    )
    date = Day("Found on", sensitivity="none", purpose=CASE, required=True)
    counted_type = Text("What was counted", longest=120, sensitivity="none", purpose=CASE)
    variance = Whole("Found less expected", least=-(2**31), sensitivity="none", purpose=CASE)
    weapon_id = Ref("Weapon", "weapon", crosses=True, sensitivity="moderate", purpose=CASE)
    lot_id = Ref("Lot", "lot", crosses=True, sensitivity="moderate", purpose=CASE)
    stock_check_id = Ref(
        "Stock check", "stock_check", crosses=True, sensitivity="none", purpose=CASE
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text("Note", longest=2000, multiline=True, sensitivity="moderate", purpose=CASE)
