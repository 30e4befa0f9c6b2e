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
