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
