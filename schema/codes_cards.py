"""Closed code lists of cards: what is handed to a person to be known by, and what became of it."""

from schema.codes import CodeList

CARD_KIND = CodeList(
    "card_kind",
    ("slip", "Temporary slip"),
    ("card", "Identity card"),
    ("release", "Release paper"),
)
CARD_EVENT = CodeList(
    "card_event",
    ("printed", "Printed"),
    ("issued", "Given to the person"),
    ("lost", "Reported lost"),
    ("stolen", "Reported stolen"),
    ("replaced", "Replaced by another"),
    ("cancelled", "Cancelled"),
)
# After one of these it is no longer good, whatever else is said of it.
ENDS = ("lost", "stolen", "replaced", "cancelled")
