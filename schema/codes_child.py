"""Code lists of a child's release, care, tracing and return, in the words of the Paris Principles."""

from schema.codes import CodeList, OpenCodeList

CHILD_ACT = CodeList(
    "child_act",
    ("arrived", "Arrived at a site"),
    ("escalated", "Still at the site: reported higher up"),
    ("released", "Released"),
    ("placed", "Handed over to interim care"),
    ("moved", "Moved to other care"),
    ("reunified", "Back with the family"),
    ("visited", "Visited since the return"),
    ("transition", "Turned 18 and goes on as an adult"),
    ("ended", "Support ended"),
)
WELLBEING = CodeList(
    "wellbeing",
    ("well", "Well"),
    ("some-worry", "Some worry"),
    ("at-risk", "At risk"),
    ("not-seen", "Not seen"),
)
TRACING_ACT = CodeList(
    "tracing_act",
    ("opened", "Search opened"),
    ("searched", "Searched"),
    ("contact", "Contact made"),
    ("found", "Family found"),
    ("not-found", "Not found so far"),
    ("verified", "Family verified"),
    ("not-verified", "Could not be verified"),
    ("stopped", "Search stopped at the child's wish"),
)
KIN = OpenCodeList(
    "kin",
    ("mother", "Mother"),
    ("father", "Father"),
    ("parents", "Both parents"),
    ("grandparent", "Grandparent"),
    ("sibling", "Brother or sister"),
    ("aunt-uncle", "Aunt or uncle"),
    ("guardian", "Guardian"),
    ("other", "Other relative"),
)
TRACING_METHOD = OpenCodeList(
    "tracing_method",
    ("visit", "Visit on the spot"),
    ("phone", "By phone"),
    ("partner", "Through a tracing partner"),
    ("radio", "Radio, without names"),
    ("community", "Through the community"),
    ("other", "Other way"),
)
VERIFIED_BY = CodeList(
    "verified_by",
    ("both-tell", "Child and family tell the same"),
    ("documents", "Documents"),
    ("recognised", "They know each other"),
    ("community", "The community confirms"),
)
BEST_INTEREST = CodeList(
    "best_interest",
    ("reunification", "Return to the family"),
    ("care", "Lasting care outside the family"),
    ("separation", "A mother and her baby apart"),
    ("weapon-paper", "A paper for a weapon"),
    ("payments", "What was paid as to an adult"),
    ("age", "Whether they are an adult"),
    ("other", "Something else"),
)
OPINION = CodeList("opinion", ("agreed", "Agreed"), ("against", "Against"))
ASSENT = CodeList(
    "assent",
    ("child", "The child agrees"),
    ("child-and-guardian", "The child and a guardian agree"),
    ("refused", "The child does not agree"),
)
ASSESSED_HOW = CodeList(
    "assessed_how",
    ("documents", "Papers looked for again"),
    ("interview", "Interview on the life so far"),
    ("community", "Family and community heard"),
    ("medical", "Examination by a physician"),
)
