"""Synthetic reintegration: plans with needs, agreed and signed, revised now and then, and closed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schema.change import CREATE, Change
from server.seeding import places
from server.seeding.dice import TODAY, Dice

WORKER, SUPERVISOR, UNIT = "Case worker", "Site supervisor", "Complaints officer"
Acts = Iterator[tuple[str, str, list[Change]]]
PLANNED, AGREED, REVISED = 80, 85, 15
TRACKS = (
    ("small-business", 26.0),
    ("vocational", 24.0),
    ("agriculture", 22.0),
    ("wage-job", 12.0),
    ("education", 8.0),
    ("community-based", 8.0),
)
CHILDS_TRACKS = (("education", 60.0), ("vocational", 25.0), ("community-based", 15.0))
GOALS = ("A shop of my own", "To farm again", "To learn a trade", "Work near the family")
NEEDS = ("livelihood", "education", "family", "housing", "personal", "citizenship")
PRIORITIES = (("first", 40.0), ("soon", 40.0), ("later", 20.0))
SAID_BY = (("person", 70.0), ("case-worker", 20.0), ("family", 10.0))
HOW = (("signature", 55.0), ("thumbprint", 35.0), ("spoken", 10.0))


# Who is referred to: a focal point for children, and others for everybody.
BODIES = (
    ("FOCAL", "Invented Focal Point for Children", "child-protection"),
    ("CLINIC", "Invented Clinic of the Plain", "private"),
)
REFERRED, CONSENTED, COMPLAINED, DECIDED = 35, 85, 6, 60
ABOUT = ("payment", "staff", "card", "provider")
URGENCIES = (("normal", 70.0), ("urgent", 24.0), ("emergency", 6.0))
ANSWERS = (
    (("acknowledged", "accepted", "in-service", "completed", "feedback"), 45.0),
    (("acknowledged", "accepted"), 20.0),
    (("acknowledged", "declined"), 12.0),
    (("acknowledged", "waiting"), 8.0),
    ((), 15.0),
)


def laid() -> Iterator[tuple[str, list[Change]]]:
    """(key, changes) of the bodies to which people are referred."""
    said = [{"code": code, "name": name, "kind": kind} for code, name, kind in BODIES]
    yield (
        "bodies",
        [Change(CREATE, "organisation", _body(str(one["code"])), {**one}) for one in said],
    )


def _body(code: str) -> str:
    return places.place_id("organisation", code)


def acts_of(seed: int, place: int, changes: Sequence[Change]) -> Acts:
    """(key, who, changes) of somebody's reintegration, an act of one author each."""
    gates = {
        str(c.values["gate"]): str(c.values["date"]) for c in changes if c.entity == "gate_event"
    }
    if "reintegration" not in gates:
        return
    dice = Dice(seed, "reintegration", place, place=place * 60_000 + 45_000)
    case = next(change for change in changes if change.entity == "case")
    begun = date.fromisoformat(gates["reintegration"])
    if dice.chance(PLANNED):
        yield from _plans(dice, case, begun, gates.get("exited"))
    if dice.chance(COMPLAINED):
        yield from _complaint(dice, case, begun)
    if dice.chance(REFERRED):
        yield from _referral(dice, case, begun)


def _plans(dice: Dice, case: Change, begun: date, exited: str | None) -> Acts:
    plan = dice.id()
    yield "planned", WORKER, [*_drafted(dice, case, plan, begun)]
    if not dice.chance(AGREED):
        return
    yield "plan agreed", WORKER, _agreed(dice, plan, begun)
    if exited:
        said = {"plan_id": plan, "act": "closed", "date": exited, "reason": "Left the programme"}
        yield "plan closed", SUPERVISOR, [Change(CREATE, "plan_event", dice.id(), said)]
    elif dice.chance(REVISED):
        later = dice.id()
        changed = [*_drafted(dice, case, later, _after(begun, 120), revises_id=plan)]
        yield "revised", WORKER, changed
        yield "revision agreed", WORKER, _agreed(dice, later, _after(begun, 120))


def _drafted(dice: Dice, case: Change, plan: str, on: date, **more: object) -> Iterator[Change]:
    child = case.values["process"] == "child"
    said = {
        "case_id": case.record,
        "drafted_on": on.isoformat(),
        "track": dice.weighed(CHILDS_TRACKS if child else TRACKS),
        "goals": dice.one(GOALS),
        "until": (on + timedelta(days=365)).isoformat(),
    }
    yield Change(CREATE, "plan", plan, {**said, **more})
    first = dice.whole(0, len(NEEDS) - 1)
    for turn in range(dice.whole(1, 2)):
        need = {
            "plan_id": plan,
            "kind": NEEDS[(first + turn) % len(NEEDS)],
            "priority": dice.weighed(PRIORITIES),
            "said_by": dice.weighed(SAID_BY),
        }
        yield Change(CREATE, "need", dice.id(), need)


def _agreed(dice: Dice, plan: str, on: date) -> list[Change]:
    how = dice.weighed(HOW)
    said = {"plan_id": plan, "act": "agreed", "date": on.isoformat(), "how": how}
    if how == "spoken":
        said["witness"] = "An invented neighbour"
    signed = {"plan_id": plan, "act": "signed", "date": on.isoformat()}
    return [Change(CREATE, "plan_event", dice.id(), values) for values in (said, signed)]


def _referral(dice: Dice, case: Change, begun: date) -> Acts:
    """A referral with consent to some data, on its way or answered."""
    child, referral = case.values["process"] == "child", dice.id()
    on = _after(begun, dice.whole(10, 200))
    said = {
        "case_id": case.record,
        "to_id": _body("FOCAL" if child else "CLINIC"),
        "path": "child-protection" if child else "general",
        "need": dice.one(NEEDS),
        "urgency": dice.weighed(URGENCIES),
        "date": on.isoformat(),
        "reason": "Asked for help",
        **dict.fromkeys(("gives_number", "gives_sex", "gives_phone"), True),
    }
    yield "referred", WORKER, [Change(CREATE, "referral", referral, said)]
    if not dice.chance(CONSENTED):
        return
    acts = ("consented", "sent", *dice.weighed(ANSWERS))
    yield "referral acts", WORKER, [_acted(dice, referral, on, act) for act in acts]


def _complaint(dice: Dice, case: Change, begun: date) -> Acts:
    """A complaint that a case worker handed over, mostly decided by the unit."""
    complaint, on = dice.id(), _after(begun, dice.whole(10, 200)).isoformat()
    said = {
        "caseload_id": case.values["caseload_id"],
        "received_on": on,
        "channel": "in-person",
        "about": dice.one(ABOUT),
        "anonymous": True,
        "said": "It takes too long and nobody says why",
    }
    yield "complaint", WORKER, [Change(CREATE, "complaint", complaint, said)]
    if dice.chance(DECIDED):
        act = "upheld" if dice.chance(50) else "not-upheld"
        done = {"complaint_id": complaint, "act": act, "date": on, "said": "All were heard"}
        yield "complaint decided", UNIT, [Change(CREATE, "complaint_event", dice.id(), done)]


def _acted(dice: Dice, referral: str, on: date, act: str) -> Change:
    said = {"referral_id": referral, "act": act, "date": on.isoformat()}
    how = {"how": dice.weighed(HOW[:2])} if act == "consented" else {}
    return Change(CREATE, "referral_event", dice.id(), {**said, **how})


def _after(begun: date, days: int) -> date:
    return min(begun + timedelta(days=days), TODAY)
