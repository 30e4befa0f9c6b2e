"""What happened to a referral: consent, sending, answer, service, feedback. Added, never rewritten."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

FOLLOWED = "That a referral is answered, and nobody is lost between two bodies (domain 6.3)"


class ReferralEvent(Entity):
    """One act. Where a referral stands follows from its acts."""

    noun = "referral_event"
    label = "Act on a referral"
    plural = "Acts on referrals"
    hangs_on = "referral_id"
    appended = True
    columns = ("date", "act", "how", "said", "recorded_by")
    sorted_by = "date"
    today = "date"
    adding = "Record an act"
    none_yet = "Nothing has happened to this referral yet."

    referral_id = Ref("Referral", "referral", gives_scope=True, purpose=FOLLOWED, required=True)
    act = Choice(
        "What was done", codes.REFERRAL_ACT, sensitivity="high", purpose=FOLLOWED, required=True
    )
    date = Day("Date", purpose=FOLLOWED, required=True)
    how = Choice("How the person agreed", codes.AGREED_HOW, sensitivity="none", purpose=FOLLOWED)
    witness = Text("Witness", longest=120, sensitivity="high", purpose=FOLLOWED)
    said = Text(
        "What was said",
        hint="Why it was declined, or what came of it",
        longest=500,
        multiline=True,
        sensitivity="high",
        purpose=FOLLOWED,
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
