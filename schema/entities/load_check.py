"""The receiving check of a convoy: whether the seals were whole and everything on the manifest came."""

from schema.entity import Entity
from schema.fields import By, Day, Flag, Ref, Text

CONVOY = "The receiver checks against the manifest and signs for it (IDDRS 4.10)"


class LoadCheck(Entity):
    """One check, at the store that received the convoy, by another person than who sent it."""

    noun = "load_check"
    label = "Receiving check"
    plural = "Receiving checks"
    compartment = "weapons"
    hangs_on = "store_id"
    columns = ("date", "load_id", "seals_seen", "seals_whole", "complete", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a receiving check"
    none_yet = "No receiving check is recorded yet."
    appended = True

    store_id = Ref(
        "Receiving store",
        "store",
        gives_scope=True,
        purpose="Who takes it in",
        required=True,
        stamps=True,
    )
    # The sender's record; the receiver has the paper.
    load_id = Ref("Convoy", "load", crosses=True, sensitivity="none", purpose=CONVOY)
    manifest = Text(
        "Manifest number", hint="As on the paper", longest=40, sensitivity="none", purpose=CONVOY
    )
    date = Day("Date", sensitivity="moderate", purpose=CONVOY, required=True)
    seals_seen = Text(
        "Seal numbers that were seen",
        longest=200,
        sensitivity="moderate",
        purpose=CONVOY,
        required=True,
    )
    seals_whole = Flag("The seals were whole", sensitivity="none", purpose=CONVOY)
    complete = Flag("Everything on the manifest came", sensitivity="none", purpose=CONVOY)
    received_by = Text("Received by", longest=120, sensitivity="high", purpose=CONVOY)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
    note = Text("Note", longest=2000, multiline=True, sensitivity="moderate", purpose=CONVOY)
