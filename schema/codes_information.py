"""Code lists of what a person is told before they are asked, and of what may be shared about them."""

from schema.codes import CodeList, OpenCodeList

# ISO 639-3; a deployment adds the languages that are spoken there.
LANGUAGE = OpenCodeList(
    "language",
    ("ara", "Arabic"),
    ("eng", "English"),
    ("fra", "French"),
    ("spa", "Spanish"),
)
TOLD_HOW = CodeList(
    "told_how",
    ("read-aloud", "Read aloud"),
    ("read", "Read by the person"),
    ("interpreter", "Through an interpreter"),
    ("signed", "In sign language"),
)
# Where somebody cannot refuse without losing aid, a consent is none: the basis is said as what it is.
LEGAL_BASIS = CodeList(
    "legal_basis",
    ("public-interest", "Task in the public interest"),
    ("vital-interest", "Vital interest of the person"),
    ("legal-obligation", "Legal obligation"),
    ("consent", "Consent of the person"),
)
SHARED_WITH = OpenCodeList(
    "shared_with",
    ("service-providers", "Providers of services and training"),
    ("health", "Health services"),
    ("ministries", "Civilian ministries"),
    ("un", "UN entities of the programme"),
    ("research", "Research and evaluation"),
)
SHARING = CodeList("sharing", ("yes", "Yes"), ("no", "No"))
