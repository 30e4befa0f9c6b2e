"""One line of a stock check: how many of a type were there, or whether one weapon was."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Ref, Text, Whole

CHECK = "Variance of the stock (IDDRS 4.10)"


class StockCount(Entity):
    """What was expected and what was found: of a type a figure, of a weapon its serial number."""

    noun = "stock_count"
    label = "Count"
    plural = "Counts"
    compartment = "weapons"
    hangs_on = "stock_check_id"
    columns = ("counted_type", "expected", "found", "weapon_id", "result", "serial_seen")
    adding = "Add a count"
    none_yet = "Nothing is counted yet."
    appended = True

    stock_check_id = Ref(
        "Stock check", "stock_check", gives_scope=True, purpose=CHECK, required=True
    )
    # As the ledger has it: a weapon's type, or nature, calibre and unit of lots.
    counted_type = Text("What was counted", longest=120, sensitivity="none", purpose=CHECK)
    expected = Whole("Expected", sensitivity="none", purpose=CHECK)
    found = Whole("Found", sensitivity="none", purpose=CHECK)
    weapon_id = Ref("Weapon", "weapon", crosses=True, sensitivity="moderate", purpose=CHECK)
    result = Choice("Serial number", codes_weapons.COUNT_RESULT, sensitivity="none", purpose=CHECK)
    serial_seen = Text("Serial number that was seen", longest=80, sensitivity="high", purpose=CHECK)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
