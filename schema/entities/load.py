"""A convoy from one store to another: what it carries, under which seals, with whom."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

CONVOY = "The manifest of a convoy (IDDRS 4.10)"


class Load(Entity):
    """One load, of arms or of ammunition. Which weapons or lots are in it, their events say."""

    noun = "load"
    label = "Convoy"
    plural = "Convoys"
    compartment = "weapons"
    hangs_on = "store_id"
    named_by = ("manifest",)
    words = "loads"
    title_field = "manifest"
    columns = ("date", "manifest", "carries", "to_store_id", "seals", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a convoy"
    none_yet = "No convoy is recorded yet."
    appended = True

    store_id = Ref(
        "From store", "store", gives_scope=True, purpose="Who sends it", required=True, stamps=True
    )
    to_store_id = Ref(
        "To store", "store", sensitivity="moderate", purpose="Who takes it in", required=True
    )
    manifest = Text(
        "Manifest number", longest=40, sensitivity="none", purpose=CONVOY, required=True
    )
    carries = Choice(
        "Carries", codes_weapons.LOAD_CARRIES, sensitivity="none", purpose=CONVOY, required=True
    )
    date = Day("Date", sensitivity="moderate", purpose=CONVOY, required=True)
    seals = Text("Seal numbers", longest=200, sensitivity="moderate", purpose=CONVOY)
    escort = Text("Escort", longest=120, sensitivity="high", purpose=CONVOY)
    driver = Text("Driver and vehicle", longest=120, sensitivity="high", purpose=CONVOY)
    handed_over_by = Text("Handed over by", longest=120, sensitivity="high", purpose=CONVOY)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text("Note", longest=2000, multiline=True, sensitivity="moderate", purpose=CONVOY)
