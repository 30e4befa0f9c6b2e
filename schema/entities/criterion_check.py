"""What was found of one criterion for one person, on what evidence, and by whom."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

SCREENING = "To decide by the criteria alone (IDDRS 4.20, screening)"


class CriterionCheck(Entity):
    """One finding. It is added and never rewritten: of two, the later day counts."""

    noun = "criterion_check"
    label = "Check of a criterion"
    plural = "Checks of criteria"
    hangs_on = "case_id"
    for_adults = True
    military = True
    appended = True
    columns = ("criterion_id", "result", "evidence", "date", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record a finding"
    none_yet = "No criterion was checked yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose check", required=True)
    criterion_id = Ref(
        "Criterion", "criterion", sensitivity="none", purpose=SCREENING, required=True
    )
    # To let somebody in past a criterion is a decision, not a finding.
    result = Choice(
        "Result",
        codes.CHECK_RESULT,
        approves=("waived", "not-applicable"),
        sensitivity="high",
        purpose=SCREENING,
        required=True,
    )
    evidence = Choice("Evidence", codes.EVIDENCE, sensitivity="high", purpose=SCREENING)
    evidence_note = Text(
        "What was seen or heard",
        longest=500,
        multiline=True,
        sensitivity="severe",
        purpose=SCREENING,
    )
    date = Day("Date", purpose="Which finding is the later one", required=True)
    recorded_by = By("Verifier", sensitivity="moderate", purpose="Separation of duties")
