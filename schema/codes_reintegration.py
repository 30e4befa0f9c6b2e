"""Code lists of reintegration: plans, needs, and what comes of them (IDDRS 4.30; domain 1.10)."""

from schema.codes import CodeList, OpenCodeList

TRACK = CodeList(
    "track",
    ("agriculture", "Agriculture"),
    ("vocational", "Vocational training"),
    ("education", "Education"),
    ("small-business", "Small business"),
    ("wage-job", "Work for a wage"),
    ("public-works", "Public works"),
    ("security-sector", "Security sector"),
    ("community-based", "Community-based reintegration"),
)
PLAN_ACT = CodeList(
    "plan_act",
    ("agreed", "Agreed by the person"),
    ("not-agreed", "Not agreed by the person"),
    ("signed", "Signed by the case worker"),
    ("closed", "Closed"),
)
PLAN_STATE = CodeList(
    "plan_state",
    ("draft", "Draft"),
    ("agreed", "Agreed"),
    ("revised", "Revised: a later one is in force"),
    ("closed", "Closed"),
)
AGREED_HOW = CodeList(
    "agreed_how",
    ("signature", "Signed"),
    ("thumbprint", "Thumbprint"),
    ("spoken", "Spoken before a witness"),
)
# The eight dimensions of a life that a plan may be about (Colombia's route; domain 1.10).
NEED = OpenCodeList(
    "need",
    ("personal", "Personal and psychosocial"),
    ("livelihood", "Work and income"),
    ("family", "Family"),
    ("housing", "Housing and land"),
    ("health", "Health"),
    ("education", "Education and training"),
    ("citizenship", "Papers and rights"),
    ("security", "Safety"),
)
PRIORITY = CodeList("priority", ("first", "First"), ("soon", "Soon"), ("later", "Later"))
NEED_SAID_BY = OpenCodeList(
    "need_said_by",
    ("person", "The person"),
    ("family", "The family"),
    ("community", "The community"),
    ("case-worker", "The case worker"),
)
URGENCY = CodeList(
    "urgency",
    ("emergency", "Emergency: 24 hours"),
    ("urgent", "Urgent: 72 hours"),
    ("normal", "Normal: two weeks"),
)
# Who must be taken by a path of their own (IASC referral forms; domain 6.3).
REFERRAL_PATH = CodeList(
    "referral_path",
    ("general", "General"),
    ("child-protection", "To a child-protection focal point"),
    ("gbv", "To who helps after gender-based violence"),
    ("health-emergency", "Health emergency: by phone first"),
)
REFERRAL_ACT = CodeList(
    "referral_act",
    ("consented", "The person consents to this disclosure"),
    ("sent", "Sent"),
    ("acknowledged", "Acknowledged"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("waiting", "On a waiting list"),
    ("in-service", "In service"),
    ("completed", "Completed"),
    ("no-show", "Did not come"),
    ("withdrawn", "Consent withdrawn by the person"),
    ("expired", "Expired without an answer"),
    ("feedback", "Feedback"),
)
REFERRAL_STATE = CodeList("referral_state", ("draft", "Draft"), *REFERRAL_ACT.items[:-1])
COMPLAINT_CHANNEL = OpenCodeList(
    "complaint_channel",
    ("in-person", "In person"),
    ("phone", "By phone"),
    ("box", "Complaints box"),
    ("letter", "By letter"),
    ("other-body", "Through another body"),
)
COMPLAINT_ABOUT = CodeList(
    "complaint_about",
    ("payment", "Payment"),
    ("staff", "Conduct of staff"),
    ("abuse", "Sexual exploitation or abuse by staff"),
    ("eligibility", "Eligibility"),
    ("card", "Card or paper"),
    ("provider", "Provider of a service"),
    ("other", "Other"),
)
COMPLAINT_ACT = CodeList(
    "complaint_act",
    ("looked-into", "Looked into"),
    ("passed-on", "Passed on to who must know"),
    ("upheld", "Upheld"),
    ("not-upheld", "Not upheld"),
    ("told", "The person was told"),
)
COMPLAINT_STATE = CodeList(
    "complaint_state",
    ("new", "New"),
    ("looked-into", "Looked into"),
    ("decided", "Decided"),
)
