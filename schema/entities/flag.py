"""A mark on a record that a person should look at. Written only by the registry."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Open, Ref, Text

LOOK = "That what is odd is looked at and nothing is refused for it"


class Flag(Entity):
    """A rule that is broken, or could not be told, on a record that was kept all the same."""

    noun = "flag"
    label = "Flag"
    plural = "Flags"
    hangs_on = "record_id"
    written_by = "apply"

    entity = Text("Kind of record", longest=40, sensitivity="none", purpose=LOOK, required=True)
    record_id = Ref("Record", "", gives_scope=True, purpose=LOOK, required=True)
    rule = Text("Rule", longest=60, sensitivity="none", purpose=LOOK, required=True)
    verdict = Choice("Verdict", codes.VERDICT, sensitivity="none", purpose=LOOK, required=True)
    missing = Open("What was missing", sensitivity="none", purpose=LOOK)
    state = Choice("State", codes.FLAG_STATE, sensitivity="none", purpose=LOOK, required=True)
