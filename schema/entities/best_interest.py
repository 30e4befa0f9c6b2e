"""What is proposed in a child's best interest. It is decided when two other people have agreed to it."""

from schema import codes_child as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

INTEREST = "Nothing lasting is done with a child that is not in their best interest (IDDRS 5.20)"


class BestInterest(Entity):
    """A proposal of a case conference. What becomes of it follows from the opinions on it."""

    noun = "best_interest"
    label = "Best-interest decision"
    plural = "Best-interest decisions"
    compartment = "child"
    hangs_on = "case_id"
    appended = True
    columns = ("about", "date", "proposal", "proposed_by")
    sorted_by = "date"
    today = "date"
    adding = "Propose a decision"
    none_yet = "No best-interest decision is proposed yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Which child", required=True)
    about = Choice(
        "What it is about",
        codes.BEST_INTEREST,
        sensitivity="high",
        purpose=INTEREST,
        required=True,
    )
    date = Day("Date", purpose=INTEREST, required=True)
    child_said = Text(
        "What the child wants",
        hint="In the child's own words; the child is heard first",
        longest=1000,
        multiline=True,
        sensitivity="severe",
        purpose=INTEREST,
        required=True,
    )
    options = Text(
        "What else could be done",
        longest=1000,
        multiline=True,
        sensitivity="high",
        purpose=INTEREST,
    )
    proposal = Text(
        "What is proposed, and why",
        longest=2000,
        multiline=True,
        sensitivity="severe",
        purpose=INTEREST,
        required=True,
    )
    # A paper for a child's weapon is known here and nowhere else: the source is protected.
    paper = Text(
        "Number of a paper given",
        hint="Of a weapon receipt, where having one is better for the child than having none",
        longest=40,
        sensitivity="severe",
        purpose=INTEREST,
    )
    proposed_by = By("Proposed by", sensitivity="moderate", purpose="Separation of duties")
