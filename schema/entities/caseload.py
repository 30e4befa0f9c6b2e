"""Some hundred cases of one team in one area: what a laptop carries."""

from schema.entity import Entity
from schema.fields import Ref, Text

SCOPE = "Who answers for which people"


class Caseload(Entity):
    """A caseload; its id is the scope of its people and their cases."""

    noun = "caseload"
    label = "Caseload"
    plural = "Caseloads"
    named_by = ("code", "name")
    compartment = "reference"
    title_field = "name"

    code = Text("Code", longest=40, sensitivity="none", purpose=SCOPE, required=True)
    name = Text("Name", sensitivity="none", purpose=SCOPE, required=True)
    area_id = Ref("Area", "area", sensitivity="none", purpose=SCOPE)
