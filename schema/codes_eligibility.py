"""Code lists of listing, screening, eligibility and appeal (IDDRS 4.20; domain 1.1 and 1.4)."""

from schema.codes import CodeList

CRITERIA_STATE = CodeList("criteria_state", ("draft", "Draft"), ("adopted", "Adopted"))
# What a criterion looks at. There is none about consent, photo or fingerprint: red line 4.
CRITERION_KIND = CodeList(
    "criterion_kind",
    ("listed", "On a list of the armed group, confirmed"),
    ("weapon", "Weapons handed in"),
    ("ammunition", "Rounds handed in"),
    ("born-by", "Born by a cut-off date"),
    ("served-by", "Joined by a cut-off date"),
    ("category", "Category of the person"),
    ("document", "A document is shown"),
    ("verified", "Verified in an interview or a test"),
    ("attested", "Certified by the community"),
    ("background-check", "Background check is clear"),
    ("ratio", "Weapons for each so many people of the list"),
    ("ceiling", "At most so many people"),
)
CHECK_RESULT = CodeList(
    "check_result",
    ("met", "Met"),
    ("not-met", "Not met"),
    ("waived", "Waived"),
    ("not-applicable", "Does not apply"),
)
# What whoever screens can find; to let somebody in past a criterion is for others.
FOUND = CodeList("found", *CHECK_RESULT.items[:2])
EVIDENCE = CodeList(
    "evidence",
    ("document", "Document seen"),
    ("interview", "Interview"),
    ("test", "Test of knowledge"),
    ("testimony", "Testimony of others"),
    ("community", "Statement of the community"),
    ("receipt", "Receipt of a weapon"),
    ("list", "List of the armed group"),
    ("registry", "What is recorded here"),
    ("none", "None"),
)
# What is done about somebody's eligibility. Proposed by who screens, decided by somebody else.
ELIGIBILITY_ACT = CodeList(
    "eligibility_act",
    ("proposed-eligible", "Screened: meets the criteria"),
    ("proposed-ineligible", "Screened: does not meet the criteria"),
    ("proposed-unclear", "Screened: cannot tell yet"),
    ("eligible", "Found eligible"),
    ("ineligible", "Found not eligible"),
    ("referred-child", "Referred to child protection"),
    ("referred-cvr", "Referred to community violence reduction"),
    ("revoked", "Eligibility revoked"),
    ("told", "Read out to the person"),
)
# The same words, as forms offer them.
PROPOSED = CodeList("proposed", *ELIGIBILITY_ACT.items[:3])
DECIDED = CodeList("decided", *ELIGIBILITY_ACT.items[3:7])
ELIGIBILITY_REASON = CodeList(
    "eligibility_reason",
    ("criteria-met", "The criteria are met"),
    ("criteria-not-met", "The criteria are not met"),
    ("cut-off", "After the cut-off date"),
    ("no-weapon", "No weapon, and no other way in"),
    ("not-verified", "Belonging could not be verified"),
    ("ceiling", "The agreed number is reached"),
    ("already-served", "Has been through a programme before"),
    ("fraud", "False statements"),
    ("exclusion", "Excluded by the agreement"),
    ("error", "Decided in error"),
    ("other", "Other"),
)
TOLD_HOW = CodeList(
    "told_how",
    ("aloud", "Read aloud, in person"),
    ("interpreter", "Read aloud, with an interpreter"),
    ("phone", "By phone"),
    ("writing", "In writing"),
)
CHECK_STATUS = CodeList(
    "check_status",
    ("running", "Running"),
    ("clear", "Clear"),
    ("adverse", "Adverse"),
    ("not-available", "Not available"),
)
# What an agreement may exclude for, on credible indication; the evidence stays with justice.
EXCLUSION_GROUND = CodeList(
    "exclusion_ground",
    ("war-crimes", "War crimes"),
    ("crimes-against-humanity", "Crimes against humanity"),
    ("genocide", "Genocide"),
    ("terrorist-acts", "Terrorist acts"),
    ("other", "Other"),
)
APPEAL_GROUND = CodeList(
    "appeal_ground",
    ("facts", "The facts are wrong"),
    ("evidence", "There is new evidence"),
    ("criteria", "The criteria were wrongly applied"),
    ("procedure", "The procedure was not followed"),
    ("not-told", "The reason was never told"),
    ("other", "Other"),
)
APPEAL_ACT = CodeList(
    "appeal_act",
    ("hearing", "Hearing set"),
    ("upheld", "Appeal upheld: eligible"),
    ("dismissed", "Appeal dismissed"),
    ("dropped", "Taken back by the person"),
    ("told", "Read out to the person"),
)
# A name on a list is a claim, not a registration; who it is, a named verifier says.
MATCH = CodeList(
    "match",
    ("none", "Nobody found"),
    ("possible", "Possibly this person"),
    ("confirmed", "This person"),
    ("rejected", "Not this person"),
    ("contested", "Contested by who handed in the list"),
)
