"""A list of names that an armed group handed in: a claim, with its own counts. Listed is not registered."""

from schema.entity import Entity
from schema.fields import By, Day, Ref, Text, Whole

LISTED = "To verify a list against people, and never to take it for them (IDDRS 4.20, lists)"


class Roster(Entity):
    """One list as it was handed in, with the hash of its file. Nobody is eligible by it alone."""

    noun = "roster"
    label = "List of an armed group"
    plural = "Lists of armed groups"
    compartment = "background"
    hangs_on = "caseload_id"
    named_by = ("code",)
    title_field = "code"
    columns = ("code", "received_on", "declared", "file_name")
    sorted_by = "received_on"
    today = "received_on"
    adding = "Record a list"
    none_yet = "No list is recorded."

    caseload_id = Ref(
        "Caseload", "caseload", gives_scope=True, purpose="Who verifies it", required=True
    )
    code = Text("List number", longest=40, sensitivity="high", purpose=LISTED, required=True)
    armed_group_id = Ref(
        "Armed group", "armed_group", crosses=True, sensitivity="severe", purpose=LISTED
    )
    handed_in_by = Text("Handed in by", longest=120, sensitivity="severe", purpose=LISTED)
    received_on = Day("Received on", sensitivity="high", purpose=LISTED, required=True)
    edition = Whole("Version", least=1, most=999, sensitivity="none", purpose=LISTED)
    declared = Whole(
        "How many names it says it has", sensitivity="high", purpose="To see what is missing"
    )
    file_name = Text("Name of the file", sensitivity="moderate", purpose=LISTED)
    file_hash = Text(
        "SHA-256 of the file",
        longest=64,
        sensitivity="none",
        purpose="To show that it is the list that was handed in",
        on_form=False,
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
