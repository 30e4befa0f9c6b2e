"""One answer to one question: may this be shared, with these. Each is free, and none changes a result."""

from schema import codes_information
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

FREE = "Sharing is free for each recipient, and refusing it costs nothing (red line 4)"


class Consent(Entity):
    """A yes or a no to sharing. A later answer is a further record, and the latest counts."""

    noun = "consent"
    label = "Answer on sharing"
    plural = "Answers on sharing"
    hangs_on = "case_id"
    columns = ("date", "shared_with", "answer", "until")
    sorted_by = "date"
    today = "date"
    adding = "Record an answer on sharing"
    none_yet = "Nobody has been asked about sharing yet. Nothing is shared."
    appended = True

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose answer", required=True)
    date = Day("Date", sensitivity="none", purpose=FREE, required=True)
    shared_with = Choice(
        "Shared with",
        codes_information.SHARED_WITH,
        sensitivity="moderate",
        purpose=FREE,
        required=True,
    )
    answer = Choice(
        "Their answer",
        codes_information.SHARING,
        sensitivity="moderate",
        purpose=FREE,
        required=True,
    )
    until = Day("Until", sensitivity="none", purpose="A consent that never ends is none")
    said_to = By("Recorded by", sensitivity="moderate", purpose="Who answers for it")
    note = Text("Note", longest=500, multiline=True, sensitivity="high", purpose=FREE)
