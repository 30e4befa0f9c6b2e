"""Medical screening and profiling of a synthetic case: what came of it, and what only clinicians read."""

from collections.abc import Iterator

from schema.change import CREATE, Change
from server.seeding.dice import Dice, day

OUTCOMES = (("fit", 78.0), ("needs-referral", 18.0), ("urgent", 4.0))
ANSWERS = (("1", 82.0), ("2", 13.0), ("3", 4.0), ("4", 1.0))
DEVICES = (("none", 90.0), ("has", 5.0), ("repair", 2.0), ("needs", 3.0))
CONDITIONS = ("1F40.Z", "CA23", "NA07.0", "NE81.1", "8A80.Z", "BA00.Z", "DA63.Z")
SIX = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")


def screened(dice: Dice, case_id: str, sex: str, on: int) -> Iterator[Change]:
    """The medical screening of a case on a day: its outcome, the findings, the six questions."""
    date = {"case_id": case_id, "date": day(on)}
    came_of = dice.weighed(OUTCOMES)
    outcome = {**date, "outcome": came_of, "facility": "Clinic of the invented site"}
    if dice.chance(6):
        outcome["arrange"] = "A seat in the shade, and a slower pace."
    yield Change(CREATE, "medical_screening", dice.id(), outcome)
    if came_of != "fit":
        yield Change(CREATE, "clinical", dice.id(), {**date, **_finding(dice, sex)})
    answers = {name: dice.weighed(ANSWERS) for name in SIX}
    helped = {"assistive_device": dice.weighed(DEVICES), "accommodation_asked": True}
    yield Change(CREATE, "functioning", dice.id(), {**date, **answers, **helped})


def _finding(dice: Dice, sex: str) -> dict[str, object]:
    found: dict[str, object] = {"icd11": dice.one(CONDITIONS), "war_injury": dice.chance(20)}
    if sex == "female" and dice.chance(15):
        found["pregnancy"] = dice.one(("pregnant", "lactating"))
    if dice.chance(25):
        band = dice.one(("minimal", "mild", "moderate", "severe"))
        found |= {"mental_tool": "phq-9", "mental_band": band}
    return found
