"""One name on a list of an armed group, as it stands there. It is no person of the registry."""

from schema import codes
from schema.entity import Entity
from schema.fields import By, Choice, Ref, Text, Whole

LISTED = "To verify a list against people, and never to take it for them (IDDRS 4.20, lists)"


class RosterEntry(Entity):
    """A claim about somebody. Who it says is under 18 is child protection's at once (domain rule C1)."""

    noun = "roster_entry"
    label = "Name on a list"
    plural = "Names on lists"
    words = "roster-entries"
    compartment = "background"
    hangs_on = "roster_id"
    title_field = "name"
    appended = True
    columns = ("line", "name", "alias", "unit", "rank")
    sorted_by = "line"
    adding = "Add a name"
    none_yet = "No name is recorded."

    # A child's entry is where the list is not.
    roster_id = Ref(
        "List", "roster", gives_scope=True, crosses=True, purpose="On which list", required=True
    )
    line = Whole("Line", sensitivity="none", purpose="To find it on the list again")
    name = Text("Name as listed", sensitivity="severe", purpose=LISTED, required=True)
    alias = Text("Also known as", sensitivity="severe", purpose=LISTED)
    claimed_age = Whole("Age as listed", most=120, sensitivity="severe", purpose=LISTED)
    claimed_sex = Choice("Sex as listed", codes.SEX, sensitivity="severe", purpose=LISTED)
    unit = Text("Unit as listed", longest=120, sensitivity="severe", purpose=LISTED)
    rank = Text("Rank as listed", longest=80, sensitivity="severe", purpose=LISTED)
    claimed_weapon = Text("Weapon as listed", longest=120, sensitivity="severe", purpose=LISTED)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
