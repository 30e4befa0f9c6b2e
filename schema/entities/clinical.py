"""What a clinician found. Only clinicians read it, write it, and have it on their laptops."""

from schema import codes_health
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text, Word

CARE = "To care for the person, medical-in-confidence (IDDRS 5.70)"


class Clinical(Entity):
    """One finding on one day; of two conditions there are two.

    HIV is recorded of nobody, and of sexual violence no more than that a service was offered and taken up:
    what is told stays with the service that it was told to (domain rule G6).
    """

    noun = "clinical"
    label = "Clinical finding"
    plural = "Clinical findings"
    words = "clinical-findings"
    compartment = "health"
    hangs_on = "case_id"
    columns = ("date", "icd11", "war_injury", "pregnancy", "mental_tool")
    sorted_by = "date"
    today = "date"
    adding = "Record a clinical finding"
    none_yet = "No clinical finding is recorded yet."

    # It follows the case's scope but lives in a compartment of its own, so the case may be unseen.
    case_id = Ref(
        "Case", "case", gives_scope=True, crosses=True, purpose="Whose finding", required=True
    )
    date = Day("Date", sensitivity="high", purpose=CARE, required=True)
    icd11 = Word(
        "Condition, by its ICD-11 code",
        hint="As 6B40 or NA07.0",
        fits=r"[A-Za-z0-9]+(?:[./&-][A-Za-z0-9]+)*",
        sensitivity="severe",
        purpose=CARE,
    )
    war_injury = Flag("War injury", sensitivity="severe", purpose=CARE)
    pregnancy = Choice(
        "Pregnancy or breastfeeding", codes_health.PREGNANCY, sensitivity="severe", purpose=CARE
    )
    substance_use = Choice(
        "Substance use", codes_health.SUBSTANCE_USE, sensitivity="severe", purpose=CARE
    )
    mental_tool = Choice(
        "Questionnaire on mental health",
        codes_health.MENTAL_TOOL,
        sensitivity="severe",
        purpose=CARE,
        group="mental",
    )
    mental_band = Choice(
        "Band of the result",
        codes_health.SCORE_BAND,
        hint="It decides no benefit and no arrest",
        sensitivity="severe",
        purpose=CARE,
        group="mental",
    )
    self_harm_protocol = Flag(
        "The protocol on self-harm was begun", sensitivity="severe", purpose=CARE
    )
    service_offered = Flag("GBV service was offered", sensitivity="severe", purpose=CARE)
    service_accepted = Flag("The referral to it was accepted", sensitivity="severe", purpose=CARE)
    note = Text("Note", longest=2000, multiline=True, sensitivity="severe", purpose=CARE)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
