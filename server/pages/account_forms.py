"""The questions of the pages on people and laptops, declared so that the one set of macros draws them."""

from schema.codes import CodeList
from schema.entity import Entity
from schema.fields import Choice, Day, Text
from schema.policy import ROLES

ROLE = CodeList("role", *((role, role.replace("-", " ").capitalize()) for role in ROLES))
PLACE_KIND = CodeList(
    "place_kind",
    ("scope", "One caseload or store"),
    ("area", "All caseloads and stores of an area"),
    ("everywhere", "The whole programme"),
)


class GrantForm(Entity):
    """A role over a place."""

    noun = "access_grant"

    role = Choice("Role", ROLE, required=True)
    place = Choice("Where", PLACE_KIND, required=True)
    code = Text(
        "Code of the place",
        longest=60,
        hint="The code of the caseload or store, or the P-code of the area; for the whole programme, none",
    )
    first = Day("From", hint="Leave empty for today")
    last = Day("Until", hint="The last day; leave empty for no end")


class AccountForm(GrantForm):
    """Somebody new, with a first role."""

    noun = "account"

    email = Text("Email address", longest=200, required=True)
    name = Text("Name", longest=200, required=True)


class ReasonForm(Entity):
    """Why something is ended."""

    noun = "reason"

    reason = Text("Why?", longest=500, required=True)


ACCOUNT_QUESTIONS = ("email", "name", "role", "place", "code")
GRANT_QUESTIONS = ("role", "place", "code", "first", "last")
