"""The order of gates: no benefit before a decision, no discharge before the weapon that was asked for."""

from datetime import date

from schema.record import Record, Working
from schema.rules.criteria import ADOPTED, criteria_of, in_force
from schema.rules.rule import BROKEN, CANNOT_TELL, FORBIDS, HOLDS, MARKS, YES, Answer, Rule, answer
from schema.rules.standing import ELIGIBLE, standing

# What only eligible people come to. Being registered, disarmed or seen by a clinician is not a benefit.
BENEFITS = ("discharged", "reinsertion", "reintegration")
WITH_WEAPONS = ("weapon", "ammunition", "ratio")


def out_of_order(case_id: str, work: Working) -> dict[str, str]:
    """The benefits of a case that came before what the criteria in force want: id of the gate, verdict."""
    case = work.find("case", case_id)
    gates = [g for g in work.below("gate_event", case_id) if not g.get("withdrawn_at")]
    benefits = [gate for gate in gates if _wants_a_decision(gate) and gate.get("date")]
    if (
        case is None
        or case.compartment == "child"
        or case.get("process") != "adult"
        or not benefits
    ):
        return {}
    adopted = [
        work.find("criteria_set", one) for one in work.alike("criteria_set", "state", ADOPTED)
    ]
    found = {}
    for gate in benefits:
        day = str(gate.get("date"))
        if any(one and in_force(one, day) for one in adopted):
            is_benefit = gate.get("gate") in BENEFITS
            found[gate.id] = _ready(case, day, gates if is_benefit else None, work)
    return {gate_id: verdict for gate_id, verdict in found.items() if verdict != HOLDS}


def _wants_a_decision(gate: Record) -> bool:
    """A benefit, and the gate by which somebody counts as eligible, which no hand passes for them."""
    as_eligible = gate.get("gate") == "screened" and gate.get("reason") == "eligible"
    return as_eligible or gate.get("gate") in BENEFITS


def _ready(case: Record, day: str, gates: list[Record] | None, work: Working) -> str:
    """What can be said of a gate: without gates, only whether somebody was found eligible by then."""
    found = standing(case, work, day)
    if gates is None and _found_eligible_on(case, day, work):
        return HOLDS
    if found.state != ELIGIBLE:
        nothing = found.decision is None and not work.rows.knows("eligibility_event", "")
        return CANNOT_TELL if nothing else BROKEN
    if gates is None:
        return HOLDS
    disarmed = any(
        gate.get("gate") == "disarmed" and str(gate.get("date") or "9999") <= day for gate in gates
    )
    return HOLDS if disarmed or not _wants_weapons(found.decision, work) else BROKEN


def _found_eligible_on(case: Record, day: str, work: Working) -> bool:
    """Whether that was decided on this day: what is revoked by evening was passed in the morning."""
    acts = work.below("eligibility_event", case.id)
    decided = (one for one in acts if one.get("act") == "eligible" and not one.get("withdrawn_at"))
    return any(one.get("date") == day for one in decided)


def _wants_weapons(decision: Record | None, work: Working) -> bool:
    """Whether the way by which somebody came in asks for weapons."""
    if decision is None or decision.get("act") != "eligible":
        return False
    way = [
        one
        for one in criteria_of(str(decision.get("criteria_set_id")), work)
        if one.get("path") == decision.get("path")
    ]
    return any(one.get("kind") in WITH_WEAPONS for one in way)


def _in_order(record: Record, work: Working, on: date) -> Answer:
    """Nothing is written that puts a benefit before eligibility, or a discharge before disarmament.

    What was out of order before stays as it is: it does not stop the act that puts it right.
    """
    case_id = str(record.get("case_id"))
    after = out_of_order(case_id, work)
    if not after:
        return YES
    before = out_of_order(case_id, Working(work.rows))
    new = {verdict for gate, verdict in after.items() if before.get(gate) != verdict}
    return Answer(BROKEN) if BROKEN in new else Answer(CANNOT_TELL) if new else YES


def _says_why_it_ends(event: Record, work: Working, on: date) -> Answer:
    return answer(event.get("gate") != "exited" or bool(event.get("reason")))


_ORDER = (
    "A discharge or a benefit comes after the decision that somebody is eligible, and after the "
    "weapon where the criteria ask for one."
)

RULES = (
    *(
        Rule(f"{name}-in-order", noun, FORBIDS, _ORDER, "IDDRS 4.20; domain 1.0", _in_order)
        for name, noun in (
            ("gate", "gate_event"),
            ("eligibility", "eligibility_event"),
            ("appeal", "appeal_event"),
        )
    ),
    Rule(
        "exit-says-why",
        "gate_event",
        MARKS,
        "An exit has a reason.",
        "Domain 1.0",
        _says_why_it_ends,
    ),
)
