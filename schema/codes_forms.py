"""Code lists of the numbered stock of forms (Liberia's lesson: one person with several forms)."""

from schema.codes import CodeList

FORM_KIND = CodeList(
    "form_kind",
    ("registration", "Registration forms"),
    ("card", "Identity cards"),
    ("certificate", "Discharge certificates"),
    ("release", "Release papers for children"),
    ("receipt", "Weapon receipts"),
    ("tag", "Weapon tags"),
    ("pay-sheet", "Pay sheets"),
    ("other", "Other numbered forms"),
)
FORM_EVENT = CodeList(
    "form_event",
    ("issued", "Handed to an officer"),
    ("used", "Used"),
    ("spoiled", "Spoiled"),
    ("missing", "Missing"),
    ("returned", "Brought back unused"),
)
