"""Who a name on a list is, as somebody found: added and never rewritten; of two, the later day counts."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

LISTED = "To verify a list against people, and never to take it for them (IDDRS 4.20, lists)"


class RosterMatch(Entity):
    """One finding: nobody, possibly this person, this person, not this person; or that it is contested."""

    noun = "roster_match"
    label = "Match of a name"
    plural = "Matches of names"
    words = "roster-matches"
    compartment = "background"
    hangs_on = "entry_id"
    appended = True
    columns = ("result", "person_id", "date", "evidence", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a match"
    none_yet = "Nobody has looked for this person yet."

    entry_id = Ref(
        "Name on the list",
        "roster_entry",
        gives_scope=True,
        crosses=True,
        purpose=LISTED,
        required=True,
    )
    result = Choice(
        "Result",
        codes.MATCH,
        approves=("confirmed", "rejected"),
        sensitivity="severe",
        purpose=LISTED,
        required=True,
    )
    person_id = Ref("Person", "person", crosses=True, sensitivity="severe", purpose=LISTED)
    evidence = Choice("Evidence", codes.EVIDENCE, sensitivity="high", purpose=LISTED)
    note = Text(
        "What was seen or heard", longest=500, multiline=True, sensitivity="severe", purpose=LISTED
    )
    date = Day("Date", sensitivity="high", purpose="Which finding is the later one", required=True)
    recorded_by = By("Verifier", sensitivity="moderate", purpose="Separation of duties")
