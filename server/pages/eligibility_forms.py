"""What is asked of whoever screens, decides, revokes, or reads a refusal out."""

from schema import codes_eligibility as codes
from schema.entity import Entity
from schema.fields import Choice, Text
from server.pages.record_questions import Questions


class Proposal(Entity):
    """What whoever screens proposes."""

    noun = "eligibility_event"

    act = Choice("What was found", codes.PROPOSED, required=True)
    by = Text("By which criteria", required=True)


class Decision(Entity):
    """What whoever decides says."""

    noun = "eligibility_event"

    act = Choice("Decision", codes.DECIDED, required=True)
    way = Text("Way in", hint="For somebody eligible", longest=120)
    reason = Choice("Reason", codes.ELIGIBILITY_REASON)
    said = Text(
        "What the person is told",
        hint="In words that can be read out; a refusal needs them",
        longest=1000,
        multiline=True,
    )


class Revocation(Entity):
    """Why somebody is no longer eligible, and who says so."""

    noun = "eligibility_event"

    reason = Choice("Reason", codes.ELIGIBILITY_REASON, required=True)
    authority = Text("On whose authority", longest=200, required=True)
    said = Text("What the person is told", longest=1000, multiline=True, required=True)


class Telling(Entity):
    """How a refusal was read out."""

    noun = "eligibility_event"

    how = Choice("How they were told", codes.TOLD_HOW, required=True)


FORMS = {
    name: Questions(entity, tuple(n for n in entity.describe() if n not in Entity.describe()))
    for name, entity in (
        ("propose", Proposal),
        ("decide", Decision),
        ("revoke", Revocation),
        ("told", Telling),
    )
}
