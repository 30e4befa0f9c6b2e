"""The Washington Group Short Set on Functioning: six questions in their published words, and what helps."""

from collections.abc import Mapping
from typing import Any

from schema import codes_health
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text

COMPARED = "Disability by functioning, as the Washington Group asks it everywhere (IDDRS 5.80)"
TAKE_PART = "To let the person take part (IDDRS 5.80, reasonable accommodation)"
A_LOT = ("3", "4")
DISABILITY, WITH, WITHOUT = "Disability", "Yes, by the answers given", "No, by the answers given"


def _question(asked: str) -> Choice:
    return Choice(
        asked, codes_health.DIFFICULTY, sensitivity="high", purpose=COMPARED, required=True
    )


class Functioning(Entity):
    """The answers of one day. Nobody is asked whether they are disabled: it follows from the six."""

    noun = "functioning"
    label = "Functioning"
    plural = "Functioning"
    words = "functioning"
    compartment = "health"
    hangs_on = "case_id"
    columns = ("date", "seeing", "hearing", "walking", "remembering")
    sorted_by = "date"
    today = "date"
    adding = "Ask the six questions on functioning"
    none_yet = "The six questions on functioning were not asked yet."
    read_out = (
        "The next questions ask about difficulties you may have doing certain activities because of a "
        "HEALTH PROBLEM.",
    )

    case_id = Ref(
        "Case", "case", gives_scope=True, crosses=True, purpose="Who was asked", required=True
    )
    date = Day("Date", sensitivity="moderate", purpose=COMPARED, required=True)
    # The Washington Group asks that not one word of these is changed: they are compared across countries.
    seeing = _question("Do you have difficulty seeing, even if wearing glasses?")
    hearing = _question("Do you have difficulty hearing, even if using a hearing aid?")
    walking = _question("Do you have difficulty walking or climbing steps?")
    remembering = _question("Do you have difficulty remembering or concentrating?")
    self_care = _question(
        "Do you have difficulty (with self-care such as) washing all over or dressing?"
    )
    communicating = _question(
        "Using your usual (customary) language, do you have difficulty communicating, for example "
        "understanding or being understood?"
    )
    assistive_device = Choice(
        "Assistive device",
        codes_health.ASSISTIVE_DEVICE,
        sensitivity="high",
        purpose=TAKE_PART,
        required=True,
    )
    accommodation_asked = Flag(
        "The person was asked what would help them to take part",
        sensitivity="none",
        purpose=TAKE_PART,
    )
    accommodation = Text(
        "What would help",
        hint="What the case worker has to arrange goes into the medical screening too",
        longest=300,
        multiline=True,
        sensitivity="high",
        purpose=TAKE_PART,
    )
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")

    @classmethod
    def concluded(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """Disability by the cut-off of the Washington Group."""
        found = has_disability(values)
        return {} if found is None else {DISABILITY: WITH if found else WITHOUT}

    @classmethod
    def conclusions(cls) -> tuple[str, ...]:
        """The words that ``concluded`` may say."""
        return (DISABILITY, WITH, WITHOUT)


SIX = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")


def has_disability(values: Mapping[str, Any]) -> bool | None:
    """Whether one of the six is at least "a lot of difficulty"; None while that cannot be told.

    The recommended cut-off of the Washington Group on Disability Statistics for its Short Set.
    """
    answers = [values.get(name) for name in SIX]
    if any(answer in A_LOT for answer in answers):
        return True
    return None if None in answers else False
