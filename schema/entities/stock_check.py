"""A check of what a store holds, by somebody who does not keep it."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

CHECK = (
    "Weekly by type with a tenth of the serial numbers, all of them every six months (IDDRS 4.10)"
)


class StockCheck(Entity):
    """One check of one store on one day. Its counts say what was expected and what was found."""

    noun = "stock_check"
    label = "Stock check"
    plural = "Stock checks"
    compartment = "weapons"
    hangs_on = "store_id"
    columns = ("date", "kind", "store_id", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a stock check"
    none_yet = "No stock check is recorded yet."
    appended = True

    store_id = Ref(
        "Store", "store", gives_scope=True, purpose="Whose stock", required=True, stamps=True
    )
    # Only who may approve there checks: a storekeeper may not, whoever else they are.
    kind = Choice(
        "Kind of check",
        codes_weapons.CHECK_KIND,
        sensitivity="none",
        purpose=CHECK,
        required=True,
        donor=True,
        approves=codes_weapons.CHECK_KIND.values,
    )
    date = Day("Date", sensitivity="none", purpose=CHECK, required=True)
    second = Text("Second person present", longest=120, sensitivity="high", purpose=CHECK)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text("Note", longest=2000, multiline=True, sensitivity="moderate", purpose=CHECK)
