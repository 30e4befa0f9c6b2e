"""What came of the medical screening, as far as a case worker needs to know it: one of three words."""

from schema import codes_health
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

FIRST_CONTACT = "To have nobody wait who needs care first (IDDRS 5.70, screening)"


class MedicalScreening(Entity):
    """The outcome apart from the findings: those are ``clinical``, in another compartment (domain 1.7)."""

    noun = "medical_screening"
    label = "Medical screening"
    plural = "Medical screenings"
    hangs_on = "case_id"
    columns = ("date", "outcome", "facility", "arrange")
    sorted_by = "date"
    today = "date"
    adding = "Record a medical screening"
    none_yet = "No medical screening is recorded yet."
    appended = True

    case_id = Ref("Case", "case", gives_scope=True, purpose="Who was screened", required=True)
    date = Day("Date", purpose=FIRST_CONTACT, required=True)
    facility = Text("Facility", longest=120, purpose=FIRST_CONTACT)
    outcome = Choice(
        "Outcome",
        codes_health.SCREENING_OUTCOME,
        sensitivity="high",
        purpose=FIRST_CONTACT,
        required=True,
    )
    arrange = Text(
        "What has to be arranged",
        hint="So that the person can take part, and never why: a ramp, an interpreter, a seat in the shade",
        longest=300,
        multiline=True,
        sensitivity="high",
        purpose="Reasonable accommodation (IDDRS 5.80)",
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
