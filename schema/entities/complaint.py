"""A complaint: outside the chain of command, for the complaints unit alone, anonymous where wished."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text

HEARD = "That a complaint is heard outside the chain of command (IDDRS 5.10; domain rule G8)"


class Complaint(Entity):
    """What somebody complains of. Whoever writes it down hands it over and keeps nothing."""

    noun = "complaint"
    label = "Complaint"
    plural = "Complaints"
    compartment = "complaints"
    hangs_on = "caseload_id"
    appended = True
    columns = ("received_on", "about", "channel", "anonymous")
    sorted_by = "received_on"
    today = "received_on"
    adding = "Hand in a complaint"
    none_yet = "No complaint stands here."

    caseload_id = Ref(
        "Caseload",
        "caseload",
        gives_scope=True,
        purpose="Whose unit hears it",
        required=True,
        stamps=True,
    )
    received_on = Day("Received on", purpose=HEARD, required=True)
    channel = Choice("How it came", codes.COMPLAINT_CHANNEL, sensitivity="high", purpose=HEARD)
    about = Choice(
        "About", codes.COMPLAINT_ABOUT, sensitivity="severe", purpose=HEARD, required=True
    )
    against = Text(
        "Whom it is against",
        hint="As named in this system, if that is known: they take no part in it",
        longest=160,
        sensitivity="severe",
        purpose=HEARD,
    )
    anonymous = Flag("Anonymous", purpose="Nobody needs to give a name to complain")
    # No reference: the unit sees no case, and nobody finds out by one whether somebody is registered.
    number = Text(
        "Printed number",
        hint="Only if they wish to be known",
        longest=20,
        sensitivity="severe",
        purpose=HEARD,
    )
    contact = Text(
        "How to reach them", longest=200, sensitivity="severe", purpose="To tell them the outcome"
    )
    said = Text(
        "What is said",
        hint="In a few words; no details of violence: the unit asks, in safety",
        longest=2000,
        multiline=True,
        sensitivity="severe",
        purpose=HEARD,
        required=True,
    )
    recorded_by = By("Written down by", sensitivity="severe", purpose="Separation of duties")
