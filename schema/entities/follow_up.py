"""A follow-up visit: when it was due, when it was done, whether the person was found."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Flag, Ref, Text

FOLLOW = "To see that nobody is lost after discharge (IDDRS 4.30, follow-up)"


class FollowUp(Entity):
    """A planned or done visit to a participant."""

    noun = "follow_up"
    label = "Visit"
    plural = "Visits"
    words = "visits"
    hangs_on = "case_id"
    columns = ("due_date", "done_date", "found", "mode")
    sorted_by = "due_date"
    adding = "Plan or record a visit"
    none_yet = "No visit is planned or recorded yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whom to visit", required=True)
    due_date = Day("Due on", purpose=FOLLOW, required=True)
    done_date = Day("Done on", purpose=FOLLOW)
    found = Flag("Found", purpose=FOLLOW)
    mode = Choice("How", codes.VISIT_MODE, sensitivity="none", purpose=FOLLOW)
    livelihood = Choice("Livelihood", codes.LIVELIHOOD, sensitivity="high", purpose=FOLLOW)
    note = Text("Note", longest=4000, multiline=True, sensitivity="severe", purpose=FOLLOW)
