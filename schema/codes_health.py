"""Code lists of medical screening. What a case worker sees is one of three words, and no diagnosis."""

from schema.codes import CodeList

SCREENING_OUTCOME = CodeList(
    "screening_outcome",
    ("fit", "Fit"),
    ("needs-referral", "Needs a referral"),
    ("urgent", "Urgent: a clinician comes first"),
)
PREGNANCY = CodeList(
    "pregnancy",
    ("none", "Neither pregnant nor breastfeeding"),
    ("pregnant", "Pregnant"),
    ("lactating", "Breastfeeding"),
)
SUBSTANCE_USE = CodeList(
    "substance_use",
    ("none", "None is told of"),
    ("use", "Use"),
    ("harmful", "Harmful use"),
    ("dependent", "Dependence"),
)
MENTAL_TOOL = CodeList(
    "mental_tool", ("phq-9", "PHQ-9"), ("gad-7", "GAD-7"), ("pcl-5", "PCL-5"), ("other", "Other")
)
# The band and never the figure: nobody is ranked by it (red line 1).
SCORE_BAND = CodeList(
    "score_band",
    ("minimal", "None or minimal"),
    ("mild", "Mild"),
    ("moderate", "Moderate"),
    ("severe", "Severe"),
)
# The four answers of the Washington Group, word for word and in its order.
DIFFICULTY = CodeList(
    "difficulty",
    ("1", "No - no difficulty"),
    ("2", "Yes - some difficulty"),
    ("3", "Yes - a lot of difficulty"),
    ("4", "Cannot do at all"),
)
ASSISTIVE_DEVICE = CodeList(
    "assistive_device",
    ("none", "Needs none"),
    ("has", "Has one that works"),
    ("repair", "Has one that needs repair"),
    ("needs", "Needs one"),
)
