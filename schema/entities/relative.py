"""A tie between two people who are each registered in their own right: spouses, and grown dependants."""

from schema import codes_family
from schema.entity import Entity
from schema.fields import Choice, Day, Flag, Ref, Text

FAMILY = "To plan with a family whose members each have a case, a card and an account of their own"


class Relative(Entity):
    """Somebody of the family with a case of their own. A dependent child is a household row and no relative.

    It is said on one person's case and nothing of it is shown on the other's: who is left, hidden or one of
    several says so herself, on hers.
    """

    noun = "relative"
    label = "Relative in their own right"
    plural = "Relatives in their own right"
    hangs_on = "case_id"
    columns = ("kind", "person_id", "since", "ended_on")
    sorted_by = "since"
    adding = "Add a relative who is registered"
    none_yet = "No relative who is registered in their own right is recorded yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose relative", required=True)
    person_id = Ref(
        "Person",
        "person",
        crosses=True,
        hint="The printed number on their own card",
        sensitivity="high",
        purpose=FAMILY,
        required=True,
    )
    kind = Choice(
        "What they are", codes_family.TIE, sensitivity="high", purpose=FAMILY, required=True
    )
    # Informal and further wives come by themselves, on nobody's list (domain rule G4).
    came_alone = Flag("Came forward by themselves", sensitivity="high", purpose=FAMILY)
    since = Day("Since", sensitivity="high", purpose=FAMILY)
    ended_on = Day("Until", sensitivity="high", purpose=FAMILY)
    note = Text("Note", longest=500, multiline=True, sensitivity="severe", purpose=FAMILY)
