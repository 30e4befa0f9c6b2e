"""Ammunition or explosives that are kept, moved and counted together."""

from schema import codes, codes_weapons
from schema.entity import Entity
from schema.fields import Choice, Flag, Ref, Text, Whole

INVENTORY = "To know what the store holds and how to keep it (IATG 01.50 and 03.10)"


class Lot(Entity):
    """One lot of one nature and calibre. How much it holds follows from its events."""

    noun = "lot"
    label = "Lot"
    plural = "Ammunition and explosives"
    compartment = "weapons"
    hangs_on = "store_id"
    named_by = ("number",)
    columns = ("number", "nature", "calibre", "quantity", "unit", "state")
    sorted_by = "number"
    adding = "Record a lot"
    none_yet = "No lot is recorded yet."
    title_field = "number"

    store_id = Ref(
        "Store", "store", gives_scope=True, purpose="Who holds it", required=True, stamps=True
    )
    number = Text("Lot number", longest=40, sensitivity="none", purpose=INVENTORY, required=True)
    nature = Choice(
        "Nature",
        codes_weapons.LOT_NATURE,
        sensitivity="none",
        purpose=INVENTORY,
        required=True,
        donor=True,
        stamps=True,
    )
    calibre = Choice(
        "Calibre", codes.CALIBRE, sensitivity="none", purpose=INVENTORY, donor=True, stamps=True
    )
    unit = Choice(
        "Counted in", codes_weapons.LOT_UNIT, sensitivity="none", purpose=INVENTORY, required=True
    )
    marks = Text("Headstamp and marks", longest=120, sensitivity="moderate", purpose=INVENTORY)
    packaging = Text("Packaging", longest=120, sensitivity="none", purpose=INVENTORY)
    condition = Choice(
        "Condition", codes_weapons.LOT_CONDITION, sensitivity="none", purpose=INVENTORY, donor=True
    )
    hazard = Choice("Hazard division", codes_weapons.HAZARD, sensitivity="none", purpose=INVENTORY)
    compatibility = Text(
        "Compatibility group", hint="One letter", longest=1, sensitivity="none", purpose=INVENTORY
    )
    net_explosive = Whole("Net explosive quantity, grams", sensitivity="none", purpose=INVENTORY)
    transportable = Flag("May be transported", sensitivity="none", purpose=INVENTORY)
    # Nobody writes anything down beside what may go off.
    cleared_by = Text(
        "Cleared as safe by",
        longest=120,
        sensitivity="moderate",
        purpose="Cleared before it is recorded (IDDRS 4.10)",
        required=True,
    )
    receipt = Text(
        "Receipt number", longest=40, sensitivity="moderate", purpose="The paper it was given for"
    )
    quantity = Whole(
        "Held now",
        sensitivity="none",
        purpose="Derived from its events",
        on_form=False,
        stamps=True,
    )
    state = Choice(
        "Where it is",
        codes_weapons.CUSTODY_STATE,
        sensitivity="none",
        purpose="Derived from its events; empty while it is in its store",
        on_form=False,
        stamps=True,
    )
