"""A place where weapons are held."""

from schema.entity import Entity
from schema.fields import Ref, Text

SCOPE = "Who answers for which weapons"


class Store(Entity):
    """A weapons store; its id is the scope of its weapons and their custody."""

    noun = "store"
    label = "Store"
    plural = "Stores"
    named_by = ("code", "name")
    compartment = "reference"
    title_field = "name"

    code = Text("Code", longest=40, sensitivity="none", purpose=SCOPE, required=True)
    name = Text("Name", sensitivity="none", purpose=SCOPE, required=True)
    area_id = Ref("Area", "area", sensitivity="none", purpose=SCOPE)
