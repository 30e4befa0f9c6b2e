"""An armed force or group of the agreement; read only with the background compartment."""

from schema.entity import Entity
from schema.fields import Text


class ArmedGroup(Entity):
    """An armed force or group. It stands on no card, slip or donor file (IDDRS 4.20)."""

    noun = "armed_group"
    label = "Armed group"
    plural = "Armed groups"
    named_by = ("code", "name")
    compartment = "background"
    title_field = "name"

    code = Text(
        "Code", longest=40, sensitivity="high", purpose="To name it in lists", required=True
    )
    name = Text("Name", sensitivity="high", purpose="Parties to the agreement", required=True)
