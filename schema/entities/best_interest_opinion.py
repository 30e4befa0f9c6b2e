"""What somebody who did not propose it says to a best-interest decision. Added, never rewritten."""

from schema import codes_child as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

INTEREST = "Two people who did not propose it decide on a child (IDDRS 5.20)"


class BestInterestOpinion(Entity):
    """One signature of a case conference: agreed, or against with a reason."""

    noun = "best_interest_opinion"
    label = "Opinion on a best-interest decision"
    plural = "Opinions"
    compartment = "child"
    hangs_on = "best_interest_id"
    appended = True
    columns = ("opinion", "date", "reason", "given_by")
    sorted_by = "date"
    today = "date"
    adding = "Give an opinion"
    none_yet = "Nobody has given an opinion yet. Two who did not propose it have to agree."

    best_interest_id = Ref(
        "Best-interest decision", "best_interest", gives_scope=True, purpose=INTEREST, required=True
    )
    opinion = Choice(
        "Opinion",
        codes.OPINION,
        approves=("agreed", "against"),
        sensitivity="high",
        purpose=INTEREST,
        required=True,
    )
    date = Day("Date", purpose=INTEREST, required=True)
    reason = Text("Why", longest=1000, multiline=True, sensitivity="severe", purpose=INTEREST)
    given_by = By("By", sensitivity="moderate", purpose="Separation of duties")
