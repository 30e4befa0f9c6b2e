"""Who provides services: a body, never a person."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Text


class Organisation(Entity):
    """A body that implements or provides."""

    noun = "organisation"
    label = "Organisation"
    plural = "Organisations"
    named_by = ("code", "name")
    compartment = "reference"
    title_field = "name"

    code = Text(
        "Code", longest=40, sensitivity="none", purpose="To name it in lists", required=True
    )
    name = Text("Name", sensitivity="none", purpose="To name it", required=True)
    kind = Choice("Kind", codes.ORGANISATION_KIND, sensitivity="none", purpose="Who does what")
