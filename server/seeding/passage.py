"""A synthetic case's way through the programme: gates, arms, background, services, visits."""

from collections.abc import Iterator
from dataclasses import dataclass

from schema.change import CREATE, Change
from server.seeding import arms, demobilising, places
from server.seeding.dice import TODAY, Dice, day

WAY = (
    "presented",
    "screened",
    "disarmed",
    "registered",
    "medically-screened",
    "profiled",
    "discharged",
    "reinsertion",
    "reintegration",
    "exited",
)
CHILDS_WAY = ("presented", "registered", "reintegration")
# How many come how far: the last gate of the way, of a hundred.
REACHED = (
    ("screened", 6.0),
    ("registered", 18.0),
    ("profiled", 12.0),
    ("discharged", 12.0),
    ("reinsertion", 18.0),
    ("reintegration", 24.0),
    ("exited", 10.0),
)
REASONS = {"screened": "eligible", "reintegration": "active"}
EXITS = (
    ("completed", 62.0),
    ("dropped-out", 14.0),
    ("untraceable", 10.0),
    ("withdrew", 6.0),
    ("security-sector", 5.0),
    ("deceased", 3.0),
)
SERVICES = (
    ("TVT", 26.0),
    ("LIV", 22.0),
    ("EDU", 14.0),
    ("EMP", 12.0),
    ("PSS", 10.0),
    ("HEA", 8.0),
    ("LEG", 5.0),
    ("SOC", 3.0),
)
CHILDS_SERVICES = (("EDU", 40.0), ("FTR", 35.0), ("PSS", 25.0))
ROLES = (
    ("fighter", 52.0),
    ("logistics", 14.0),
    ("porter", 10.0),
    ("cook", 9.0),
    ("messenger", 6.0),
    ("commander", 5.0),
    ("medic", 4.0),
)
ARMED_MEN, ARMED_WOMEN = 62, 9
LONGEST_AHEAD = 800


@dataclass(frozen=True)
class Case:
    """What the way of a case depends on. begun: the ordinal of its first day."""

    id: str
    sex: str
    child: bool
    category: str
    caseload: places.Caseload
    begun: int

    def values(self, person_id: str) -> dict[str, object]:
        """The case as it is written."""
        return {
            "person_id": person_id,
            "caseload_id": self.caseload.id,
            "process": "child" if self.child else "adult",
            "category": self.category,
            "area_id": self.caseload.area_id,
            "opened_on": day(self.begun),
        }


def through(dice: Dice, case: Case) -> Iterator[Change]:
    """All that hangs on a case."""
    armed = not case.child and dice.chance(ARMED_WOMEN if case.sex == "female" else ARMED_MEN)
    way = CHILDS_WAY if case.child else WAY
    last = way[-1] if case.child else dice.weighed(REACHED)
    gates = [gate for gate in way[: way.index(last) + 1] if armed or gate != "disarmed"]
    passed = _dates(dice, case.begun, len(gates))
    for gate, on in zip(gates, passed, strict=True):
        yield Change(CREATE, "gate_event", dice.id(), _passing(dice, case, gate, on))
        if gate == "medically-screened":
            apart = dice.beside("screened", case.id)
            yield from demobilising.screened(apart, case.id, case.sex, on)
        if gate == "profiled":
            yield from demobilising.profiled(dice.beside("profiled", case.id), case.id, on)
    if armed:
        given_on = passed[-1] if len(passed) < 3 else passed[2]
        yield from arms.handed_in(dice, case.id, case.caseload.store_id, given_on)
    if not case.child and dice.chance(72):
        yield Change(CREATE, "background", dice.id(), _background(dice, case))
    yield from _services(dice, case, gates, passed[-1])
    yield from _visits(dice, case, gates, passed[-1])


def _dates(dice: Dice, begun: int, count: int) -> list[int]:
    """Ordinals of so many days, one after the other, none ahead."""
    room = TODAY.toordinal() - begun
    steps = sorted(dice.whole(0, room) for _ in range(count))
    return [begun + step for step in steps]


def _passing(dice: Dice, case: Case, gate: str, on: int) -> dict[str, object]:
    values: dict[str, object] = {"case_id": case.id, "gate": gate, "date": day(on)}
    reason = dice.weighed(EXITS) if gate == "exited" else REASONS.get(gate)
    return {**values, "reason": reason} if reason else values


def _background(dice: Dice, case: Case) -> dict[str, object]:
    left = case.begun - dice.whole(10, 900)
    return {
        "case_id": case.id,
        "armed_group_id": dice.one(_GROUPS),
        "role": dice.weighed(ROLES),
        "joined_on": day(left - dice.whole(200, 3000)),
        "left_on": day(left),
    }


def _services(dice: Dice, case: Case, gates: list[str], since: int) -> Iterator[Change]:
    if "reinsertion" not in gates and "reintegration" not in gates:
        return
    for _ in range(dice.whole(1, 2)):
        start = min(since + dice.whole(0, 60), TODAY.toordinal())
        values: dict[str, object] = {
            "case_id": case.id,
            "type": dice.weighed(CHILDS_SERVICES if case.child else SERVICES),
            "provider_id": dice.one(_PROVIDERS),
            "start_date": day(start),
            "result": "ongoing",
        }
        if "exited" in gates or dice.chance(40):
            # One in a hundred ends before it starts, as a typing slip does: a flag, nothing more.
            length = -dice.whole(5, 30) if dice.chance(1) else dice.whole(20, 240)
            values |= {"end_date": day(start + length), "result": "completed"}
        yield Change(CREATE, "service", dice.id(), values)


def _visits(dice: Dice, case: Case, gates: list[str], since: int) -> Iterator[Change]:
    if "discharged" not in gates and not case.child:
        return
    due = since
    for _ in range(dice.whole(1, 3)):
        due += dice.whole(25, 120)
        values: dict[str, object] = {"case_id": case.id, "due_date": day(due)}
        if due <= TODAY.toordinal() and dice.chance(70):
            found = dice.chance(86)
            done = min(due + dice.whole(-6, 40), TODAY.toordinal())
            values |= {"done_date": day(done), "found": found, "mode": dice.one(_MODES)}
            if found:
                values["livelihood"] = dice.weighed(_LIVELIHOODS)
        yield Change(CREATE, "follow_up", dice.id(), values)
    if "exited" not in gates and dice.chance(50):
        ahead = TODAY.toordinal() + dice.whole(1, LONGEST_AHEAD)
        yield Change(CREATE, "follow_up", dice.id(), {"case_id": case.id, "due_date": day(ahead)})


_GROUPS, _PROVIDERS = places.groups(), places.organisations()
_MODES = ("home", "office", "phone", "group")
_LIVELIHOODS = (
    ("informal", 34.0),
    ("own-business", 22.0),
    ("farming", 20.0),
    ("none", 14.0),
    ("formal", 7.0),
    ("studying", 3.0),
)
