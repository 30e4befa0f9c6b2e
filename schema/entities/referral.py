"""A referral: to whom, for what, how urgently, and exactly which data go with it."""

from schema import codes_reintegration as codes
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text

REFER = "That somebody who can help is found in time (IASC referral form; domain 6.3)"
CONSENT = "That nothing goes out beyond what the person consented to"


class Referral(Entity):
    """One disclosure to one receiver. It is never rewritten, so a consent is to exactly these data."""

    noun = "referral"
    label = "Referral"
    plural = "Referrals"
    hangs_on = "case_id"
    appended = True
    columns = ("date", "to_id", "need", "urgency", "path")
    sorted_by = "date"
    today = "date"
    adding = "Refer to somebody"
    none_yet = "No referral is recorded yet."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Who is referred", required=True)
    to_id = Ref("To", "organisation", sensitivity="high", purpose=REFER, required=True)
    path = Choice("Path", codes.REFERRAL_PATH, sensitivity="high", purpose=REFER, required=True)
    need = Choice("Need", codes.NEED, purpose=REFER, donor=True)
    urgency = Choice("Urgency", codes.URGENCY, purpose=REFER, required=True, donor=True)
    date = Day("Date", purpose=REFER, required=True)
    reason = Text(
        "Reason",
        hint="What the receiver must know; nothing after gender-based violence",
        longest=500,
        multiline=True,
        sensitivity="severe",
        purpose=REFER,
    )
    gives_number = Flag("Gives the printed number", sensitivity="none", purpose=CONSENT)
    gives_name = Flag("Gives the name", sensitivity="none", purpose=CONSENT)
    gives_sex = Flag("Gives the sex", sensitivity="none", purpose=CONSENT)
    gives_birth = Flag("Gives the date of birth", sensitivity="none", purpose=CONSENT)
    gives_phone = Flag("Gives the phone", sensitivity="none", purpose=CONSENT)
    gives_reason = Flag("Gives the reason", sensitivity="none", purpose=CONSENT)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
