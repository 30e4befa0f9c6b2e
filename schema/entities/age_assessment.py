"""An assessment of somebody's age: the last resort, with their assent. It gives a span and no verdict."""

from schema import codes_child as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text, Whole

AGE = "To know an age that nothing else tells, with the benefit of the doubt (IDDRS 5.20)"


class AgeAssessment(Entity):
    """Who was assessed, with whose assent, and between which ages they are. The youngest counts."""

    noun = "age_assessment"
    label = "Assessment of age"
    plural = "Assessments of age"
    compartment = "child"
    hangs_on = "case_id"
    appended = True
    columns = ("date", "how", "youngest", "oldest", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record an assessment of age"
    none_yet = "No age was assessed. It is the last resort: papers and people are asked first."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose age", required=True)
    date = Day("Date", purpose=AGE, required=True)
    tried = Text(
        "What was tried before",
        hint="Which papers were looked for, who was asked, and what they could not tell",
        longest=1000,
        multiline=True,
        sensitivity="high",
        purpose=AGE,
        required=True,
    )
    assent = Choice("Do they agree to it", codes.ASSENT, purpose=AGE, required=True)
    how = Choice("How it was done", codes.ASSESSED_HOW, sensitivity="high", purpose=AGE)
    youngest = Whole("Youngest age it allows", most=120, sensitivity="high", purpose=AGE)
    oldest = Whole("Oldest age it allows", most=120, sensitivity="high", purpose=AGE)
    assessor = Text("Who assessed it", longest=120, sensitivity="high", purpose=AGE)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
