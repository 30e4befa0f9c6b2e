"""The result of a background check, and nothing of its evidence, which stays with justice."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

EXCLUSION = "Exclusion by the agreement, by result only (IDDRS 2.11; domain 1.4)"


class BackgroundCheck(Entity):
    """What the competent authority answered. Never asked for a child (domain rule C5)."""

    noun = "background_check"
    label = "Background check"
    plural = "Background checks"
    compartment = "background"
    hangs_on = "case_id"
    for_adults = True
    military = True
    appended = True
    columns = ("status", "authority", "date")
    sorted_by = "date"
    today = "date"
    adding = "Record a result"
    none_yet = "No result is recorded."

    case_id = Ref(
        "Case", "case", gives_scope=True, crosses=True, purpose="Whose check", required=True
    )
    status = Choice(
        "Result", codes.CHECK_STATUS, sensitivity="severe", purpose=EXCLUSION, required=True
    )
    ground = Choice("Ground", codes.EXCLUSION_GROUND, sensitivity="severe", purpose=EXCLUSION)
    authority = Text(
        "Authority that answered",
        longest=200,
        sensitivity="high",
        purpose=EXCLUSION,
        required=True,
    )
    date = Day("Date", sensitivity="high", purpose=EXCLUSION, required=True)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
