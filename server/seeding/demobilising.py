"""Medical screening and profiling of a synthetic case: what came of it, and what only clinicians read."""

from collections.abc import Iterator

from schema.change import CREATE, Change
from server.seeding.dice import Dice, day

OUTCOMES = (("fit", 78.0), ("needs-referral", 18.0), ("urgent", 4.0))
ANSWERS = (("1", 82.0), ("2", 13.0), ("3", 4.0), ("4", 1.0))
DEVICES = (("none", 90.0), ("has", 5.0), ("repair", 2.0), ("needs", 3.0))
SCHOOLED = (("0", 42.0), ("1", 31.0), ("2", 15.0), ("3", 8.0), ("5", 3.0), ("6", 1.0))
WORKED = (("63", 48.0), ("61", 12.0), ("none", 16.0), ("93", 12.0), ("52", 8.0), ("71", 4.0))
WANTED = (("61", 28.0), ("71", 18.0), ("72", 14.0), ("83", 14.0), ("75", 12.0), ("52", 14.0))
INTENTIONS = (("return", 52.0), ("stay", 26.0), ("move", 14.0), ("unsure", 8.0))
OBSTACLES = (
    ("obstacle_childcare", 18),
    ("obstacle_disability", 8),
    ("obstacle_stigma", 22),
    ("obstacle_retaliation", 9),
    ("obstacle_documents", 35),
    ("obstacle_land", 17),
)
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


def profiled(dice: Dice, case_id: str, on: int) -> Iterator[Change]:
    """The profile of a case on a day, after the notice."""
    said: dict[str, object] = {
        "case_id": case_id,
        "notice_read": True,
        "date": day(on),
        "education": dice.weighed(SCHOOLED),
        "occupation_before": dice.weighed(WORKED),
        "occupation_now": dice.one(("none", "63", "92", "93")),
        "occupation_wanted": dice.weighed(WANTED),
        "household_size": dice.whole(1, 9),
        "housing": dice.one(("own", "family", "rented", "host")),
        "land": dice.one(("own", "family", "disputed", "none")),
        "debts": dice.one(("none", "family", "lender")),
        "intention": dice.weighed(INTENTIONS),
    }
    found = (name for name, chance in OBSTACLES if dice.chance(chance))
    yield Change(CREATE, "profile", dice.id(), said | dict.fromkeys(found, True))


def forms_of(place: int, caseload_id: str) -> Iterator[Change]:
    """The batches of forms of a caseload, and what became of some of them."""
    dice = Dice("forms", place)
    for kind, series in (("card", "C"), ("receipt", "R")):
        first, batch_id = place * 1_000 + 1, dice.id()
        batch = {
            "caseload_id": caseload_id,
            "kind": kind,
            "series": series,
            "first_number": first,
            "last_number": first + 299,
            "received_on": "2025-03-03",
            "received_from": "Invented printing house",
        }
        yield Change(CREATE, "form_stock", batch_id, batch)
        for event, since, until in (
            ("issued", 0, 149),
            ("used", 0, 59 + dice.whole(0, 60)),
            ("spoiled", 140, 141 + dice.whole(0, 3)),
            ("missing", 200, 200),
        ):
            said = {"form_stock_id": batch_id, "event": event, "date": "2025-04-04"}
            numbers = {"first_number": first + since, "last_number": first + until}
            yield Change(CREATE, "form_event", dice.id(), {**said, **numbers})


def _finding(dice: Dice, sex: str) -> dict[str, object]:
    found: dict[str, object] = {"icd11": dice.one(CONDITIONS), "war_injury": dice.chance(20)}
    if sex == "female" and dice.chance(15):
        found["pregnancy"] = dice.one(("pregnant", "lactating"))
    if dice.chance(25):
        band = dice.one(("minimal", "mild", "moderate", "severe"))
        found |= {"mental_tool": "phq-9", "mental_band": band}
    return found
