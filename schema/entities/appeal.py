"""An appeal against a refusal or a revocation: filed when, on what ground, with which receipt."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

APPEAL = "Nobody is refused without an appeal (IDDRS 4.20, eligibility)"


class Appeal(Entity):
    """What somebody asks to be decided again. Its clocks are counted, and what is late is not refused."""

    noun = "appeal"
    label = "Appeal"
    plural = "Appeals"
    hangs_on = "case_id"
    for_adults = True
    appended = True
    columns = ("filed_on", "ground", "receipt", "recorded_by")
    sorted_by = "filed_on"
    today = "filed_on"
    adding = "File an appeal"
    none_yet = "No appeal is filed."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose appeal", required=True)
    about_id = Ref("Against which decision", "eligibility_event", purpose=APPEAL, required=True)
    filed_on = Day("Filed on", purpose=APPEAL, required=True)
    ground = Choice("Ground", codes.APPEAL_GROUND, sensitivity="high", purpose=APPEAL)
    statement = Text(
        "What the person says",
        longest=2000,
        multiline=True,
        sensitivity="severe",
        purpose=APPEAL,
    )
    body = Text("Who hears it", sensitivity="none", purpose=APPEAL)
    receipt = Text(
        "Weapon receipt shown",
        hint="Its number; a receipt counts as evidence, never as a claim to money",
        longest=40,
        purpose=APPEAL,
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
