"""A place of the country, by its P-code."""

from schema.entity import Entity
from schema.fields import Ref, Text, Whole

PLACE = "One code for one place, whatever its spelling (OCHA COD-AB)"


class Area(Entity):
    """An administrative area. The root has no parent; level 1 is the first below it."""

    noun = "area"
    label = "Area"
    plural = "Areas"
    named_by = ("pcode", "name")
    compartment = "reference"
    title_field = "name"

    pcode = Text("P-code", longest=20, sensitivity="none", purpose=PLACE, required=True, donor=True)
    name = Text("Name", sensitivity="none", purpose=PLACE, required=True)
    level = Whole("Level", least=0, most=6, sensitivity="none", purpose=PLACE, required=True)
    parent_id = Ref("Part of", "area", sensitivity="none", purpose=PLACE)
