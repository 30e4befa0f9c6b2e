"""The steps of a registration, in order, and the fields that each asks for.

A draft is text as it was typed, by step: ``{"who": {"name": "Awa", "birth_date-year": "1999"}}``.
"""

from collections.abc import Mapping, Sequence

from schema.said import Said

Typed = Mapping[str, str]
Draft = Mapping[str, Typed]

SEARCH, INFORMATION, WHO, SCREENING, WEAPON, PHOTO, HOUSEHOLD, CHECK, HAND_OVER = (
    "search",
    "information",
    "who",
    "screening",
    "weapon",
    "photo",
    "household",
    "check",
    "hand-over",
)
STEPS = (SEARCH, INFORMATION, WHO, SCREENING, WEAPON, PHOTO, HOUSEHOLD, CHECK)
CHILD_STEPS = (SEARCH, INFORMATION, WHO, HAND_OVER)
CHILD_BY_PROCESS = (SEARCH, INFORMATION, WHO, SCREENING, HAND_OVER)
LABELS = {
    SEARCH: Said("Search"),
    INFORMATION: Said("Information"),
    WHO: Said("Who"),
    SCREENING: Said("Screening"),
    WEAPON: Said("Weapon"),
    PHOTO: Said("Photo"),
    HOUSEHOLD: Said("Household"),
    CHECK: Said("Check"),
    HAND_OVER: Said("Hand over"),
}
HEADINGS = {
    SEARCH: Said("Is this person known here?"),
    INFORMATION: Said("Tell them before you ask"),
    WHO: Said("Who is this person?"),
    SCREENING: Said("Which path fits this person?"),
    WEAPON: Said("Is a weapon handed in now?"),
    PHOTO: Said("Do they want a photo on their card?"),
    HOUSEHOLD: Said("Who depends on this person?"),
    CHECK: Said("Is this right?"),
    HAND_OVER: Said("Hand over to the child-protection officer"),
}
NAMES = (
    "name",
    "given_name",
    "family_name",
    "father_name",
    "grandfather_name",
    "mother_name",
    "name_script",
    "alias",
)
INFORMATION_ASKED = ("language", "how", "understood", "witness")
WHO_ASKED = (*NAMES, "sex", "birth_date", "age_source", "may_be_under_18")
CHILD_ASKED = ("name", "sex", "birth_date", "age_source")
SCREENING_ASKED = ("process", "category")
WEAPON_ASKED = (
    "class",
    "type",
    "calibre",
    "make",
    "model",
    "serial",
    "serial_state",
    "mark_location",
    "condition",
    "tag",
    "receipt",
    "store_id",
)
CONTACT_ASKED = ("marital_status", "phone", "safe_contact")
DEPENDANT_ASKED = ("relation", "sex")

# Questions of a step that are fields of no record.
YEAR = "year"
HANDED_IN = "handed_in"
ACCOMPANIED = "accompanied_by"
SHARED = "shared."
FEWEST_ROWS, MOST_ROWS = 3, 30


def before(step: str, path: Sequence[str]) -> str:
    """The step before this one; the first stays."""
    return path[max(path.index(step) - 1, 0)] if step in path else path[-2]


def after(step: str, path: Sequence[str]) -> str:
    """The step that follows; the last stays."""
    return path[min(path.index(step) + 1, len(path) - 1)] if step in path else path[-1]
