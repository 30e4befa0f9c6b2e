"""The questions of the pages on people and laptops, declared so that the one set of macros draws them."""

from schema.codes import PLACE_KIND, ROLE
from schema.entity import Entity
from schema.fields import Choice, Day, Text


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
