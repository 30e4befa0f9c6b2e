"""Two values for one field, until a person chooses. Written only by the registry."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Instant, Open, Ref, Text

SETTLE = "That neither of two edits is lost and a person decides"


class Dispute(Entity):
    """A value that came while another was in force. It lives in its record's bucket.

    ``field`` names a field or a merge group; ``inforce``, ``side`` and ``before`` map field names to
    values, and of a map whose names a deployment declares hold the disputed key. ``source`` is the chain
    (device and incarnation, or account) that sent the side.
    """

    noun = "dispute"
    label = "Dispute"
    plural = "Disputes"
    hangs_on = "record_id"
    written_by = "apply"

    entity = Text("Kind of record", longest=40, sensitivity="none", purpose=SETTLE, required=True)
    record_id = Ref("Record", "", gives_scope=True, purpose=SETTLE, required=True)
    field = Text("Field", longest=60, sensitivity="none", purpose=SETTLE, required=True)
    before = Open("Before both edits", sensitivity="severe", purpose=SETTLE)
    inforce = Open("In force when it was opened", sensitivity="severe", purpose=SETTLE)
    inforce_by = Text(
        "Whose value is in force", longest=120, sensitivity="moderate", purpose=SETTLE
    )
    inforce_at = Instant("When that was said", sensitivity="none", purpose=SETTLE)
    side = Open("The other value", sensitivity="severe", purpose=SETTLE)
    side_by = Text("Whose the other value is", longest=120, sensitivity="moderate", purpose=SETTLE)
    side_at = Instant("When the other was said", sensitivity="none", purpose=SETTLE)
    source = Text(
        "Where the other value came from", longest=120, sensitivity="none", purpose=SETTLE
    )
    state = Choice("State", codes.DISPUTE_STATE, sensitivity="none", purpose=SETTLE, required=True)
    value = Open("Value chosen", sensitivity="severe", purpose=SETTLE)
    reason = Text("Reason", longest=2000, multiline=True, sensitivity="high", purpose=SETTLE)
    settled_by = Text("Settled by", longest=120, sensitivity="moderate", purpose=SETTLE)
    settled_at = Instant("Settled at", sensitivity="none", purpose=SETTLE)
