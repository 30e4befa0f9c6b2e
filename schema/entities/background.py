"""Which armed group a person came from, and as what: asked in private, kept apart."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Ref

VERIFY = "To verify that the person is covered by the agreement (IDDRS 4.20, screening)"


class Background(Entity):
    """A time with an armed group. Never recorded for a child (domain rule C5)."""

    noun = "background"
    label = "Background"
    plural = "Background"
    compartment = "background"
    hangs_on = "case_id"
    for_adults = True
    military = True
    columns = ("armed_group_id", "role", "joined_on", "left_on")
    sorted_by = "joined_on"
    adding = "Record a background"
    none_yet = "No background is recorded yet."

    # It follows the case's scope but lives in a compartment of its own, so the case may be unseen.
    case_id = Ref(
        "Case", "case", gives_scope=True, crosses=True, purpose="Whose background", required=True
    )
    # Sealed with a child who was recognised late, it is where the armed groups are not.
    armed_group_id = Ref(
        "Armed group",
        "armed_group",
        crosses=True,
        sensitivity="severe",
        purpose=VERIFY,
        required=True,
    )
    role = Choice("Role", codes.GROUP_ROLE, sensitivity="severe", purpose=VERIFY)
    joined_on = Day("Joined on", sensitivity="severe", purpose=VERIFY)
    left_on = Day("Left on", sensitivity="severe", purpose=VERIFY)
