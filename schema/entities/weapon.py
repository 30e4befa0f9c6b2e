"""A weapon handed in or found, as it was seen."""

from schema import codes, codes_weapons
from schema.entity import Entity
from schema.fields import Choice, Day, Ref, Text, Whole

IDENTIFY = "To know the weapon again and to trace it (MOSAIC 05.30, record keeping)"


class Weapon(Entity):
    """One weapon. It belongs to the store that holds it; the person link may be missing or cut."""

    noun = "weapon"
    label = "Weapon"
    plural = "Weapons"
    named_by = ("tag", "serial")
    compartment = "weapons"
    hangs_on = "store_id"
    for_adults = True
    part_of = "case_id"
    title_field = "serial"
    columns = ("type", "serial", "condition", "store_id", "handed_in_on")
    sorted_by = "handed_in_on"
    today = "handed_in_on"
    adding = "Record a weapon"
    none_yet = "No weapon is recorded on this laptop."

    # A storekeeper holds weapons whose case never arrives: the reference crosses and gives no scope.
    case_id = Ref(
        "Handed in by", "case", crosses=True, sensitivity="high", purpose="For whom it counts"
    )
    store_id = Ref(
        "Store", "store", gives_scope=True, purpose="Who holds it", required=True, stamps=True
    )
    tag = Text("Tag", longest=40, sensitivity="none", purpose="To find it in the store")
    # `class` is the field's permanent name and a word of Python: it can only be set by name.
    locals()["class"] = Choice(
        "Class", codes.WEAPON_CLASS, sensitivity="none", purpose=IDENTIFY, required=True, donor=True
    )
    type = Choice(
        "Type",
        codes.WEAPON_TYPE,
        sensitivity="none",
        purpose=IDENTIFY,
        required=True,
        donor=True,
    )
    make = Text("Make", longest=80, sensitivity="none", purpose=IDENTIFY)
    model = Text("Model", longest=80, sensitivity="none", purpose=IDENTIFY)
    country = Text("Country of manufacture", longest=3, sensitivity="none", purpose=IDENTIFY)
    year = Whole("Year of manufacture", least=1850, most=2100, sensitivity="none", purpose=IDENTIFY)
    calibre = Choice("Calibre", codes.CALIBRE, sensitivity="none", purpose=IDENTIFY)
    # Never required and never unique: serials are sawn off, and makers repeat them.
    serial = Text(
        "Serial number",
        hint="As seen",
        longest=80,
        sensitivity="high",
        purpose=IDENTIFY,
        group="serial",
    )
    serial_state = Choice(
        "State of the serial number",
        codes.SERIAL_STATE,
        sensitivity="none",
        purpose=IDENTIFY,
        group="serial",
    )
    mark_location = Text("Where the marks are", longest=200, sensitivity="none", purpose=IDENTIFY)
    condition = Choice(
        "Condition",
        codes.CONDITION,
        sensitivity="none",
        purpose="Printed on the receipt",
        donor=True,
    )
    handed_in_on = Day("Handed in on", sensitivity="moderate", purpose="Date of the receipt")
    receipt = Text(
        "Receipt number", longest=40, sensitivity="moderate", purpose="The paper it was given for"
    )
    state = Choice(
        "Where it is",
        codes_weapons.CUSTODY_STATE,
        sensitivity="none",
        purpose="Derived from its custody; empty while it is in its store",
        donor=True,
        on_form=False,
        stamps=True,
    )
