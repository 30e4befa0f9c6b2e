"""Code lists of reinsertion assistance."""

from schema.codes import CodeList

MODALITY = CodeList(
    "modality",
    ("cash", "Cash"),
    ("mobile-money", "Mobile money"),
    ("value-voucher", "Value voucher"),
    ("commodity-voucher", "Commodity voucher"),
    ("kit", "Kit in kind"),
    ("public-works", "Public works"),
    ("transport", "Transport"),
)
PACKAGE_STATE = CodeList("package_state", ("draft", "Draft"), ("adopted", "Adopted"))
PAYMENT_EVENT = CodeList(
    "payment_event",
    ("authorised", "Authorised"),
    ("authorisation-withdrawn", "Authorisation withdrawn"),
    ("paid", "Paid"),
    ("failed", "Could not be paid"),
    ("returned", "Returned"),
    ("withheld", "Withheld"),
    ("released", "Released again"),
)
PAYEE_CHECK = CodeList(
    "payee_check",
    ("card", "By the card"),
    ("photo", "By the photo"),
    ("known", "By somebody who knows them"),
    ("agent", "By the paying agent"),
)
