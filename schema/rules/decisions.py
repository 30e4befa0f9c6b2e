"""Screening, decisions and appeals: by another person, with a reason, in their order, for no child."""

from collections.abc import Callable
from datetime import date

from schema.fields import who
from schema.ids import derived_id
from schema.record import NOW, Record, Working
from schema.rules.criteria import ADOPTED, criteria_of, in_force
from schema.rules.eligibility import assess
from schema.rules.rule import (
    BROKEN,
    CANNOT_TELL,
    FORBIDS,
    HOLDS,
    MARKS,
    NO,
    YES,
    Answer,
    Rule,
    answer,
)
from schema.rules.standing import (
    APPEAL_DECISIONS,
    DECISIONS,
    ELIGIBLE,
    PROPOSALS,
    REFUSALS,
    appeal_until,
    standing,
    told_of,
)

# What only eligible people come to. Being registered, disarmed or seen by a clinician is not a benefit.
BENEFITS = ("discharged", "reinsertion", "reintegration")
WITH_WEAPONS = ("weapon", "ammunition", "ratio")
REGISTERING = ("listed", "presented", "registered")
NOBODY = ("", derived_id("account", "system"))
Ask = Callable[[Record, Working, date], Answer]


def is_new(record: Record) -> bool:
    """Whether this act makes the record: what stands moves along with its case, and is not asked again."""
    return record.first == NOW


def _for_new(ask: Ask) -> Ask:
    def asked(record: Record, work: Working, on: date) -> Answer:
        return ask(record, work, on) if is_new(record) else YES

    return asked


def _no_child(record: Record, work: Working, on: date) -> Answer:
    if record.get("act") == "referred-child":
        return YES
    case = work.find("case", str(record.get("case_id")))
    if case is None:
        return Answer(CANNOT_TELL, (str(record.get("case_id")),))
    return answer(case.compartment != "child")


def _by_somebody(event: Record, work: Working, on: date) -> Answer:
    act = event.get("act")
    if act not in (*REFUSALS, "dismissed"):
        return YES
    return answer(who(event.get("recorded_by")) not in NOBODY)


def _says_why(event: Record, work: Working, on: date) -> Answer:
    act = event.get("act")
    if act in APPEAL_DECISIONS:
        return answer(bool(str(event.get("said") or "").strip()))
    if act not in REFUSALS:
        return YES
    why = event.get("reason") and str(event.get("said") or "").strip()
    return answer(bool(why) and (act != "revoked" or bool(event.get("authority"))))


def _follows(event: Record, work: Working, on: date) -> Answer:
    """What an act is about is a step of the same case, and of the kind that it can be about."""
    wanted = _ABOUT.get(str(event.get("act")))
    if wanted is None:
        return YES
    about = work.find("eligibility_event", str(event.get("about_id") or ""))
    if about is None:
        return NO if not event.get("about_id") else _unseen(event, work)
    same = about.get("case_id") == event.get("case_id") and not about.get("withdrawn_at")
    return answer(same and about.get("act") in wanted)


_ABOUT: dict[str, tuple[str, ...]] = {
    "eligible": PROPOSALS,
    "ineligible": PROPOSALS,
    "referred-cvr": PROPOSALS,
    # An eligibility that an appeal brought rests on the refusal it overturned.
    "revoked": ("eligible", *REFUSALS),
    "told": REFUSALS,
}


def _unseen(event: Record, work: Working) -> Answer:
    about = str(event.get("about_id"))
    return NO if work.rows.knows("eligibility_event", about) else Answer(CANNOT_TELL, (about,))


def _by_another(event: Record, work: Working, on: date) -> Answer:
    """Who registered or screened somebody does not decide on them."""
    if event.get("act") not in DECISIONS or event.get("act") == "referred-child":
        return YES
    mine = who(event.get("recorded_by"))
    return answer(mine in NOBODY or mine not in _screeners(event, work))


def _screeners(event: Record, work: Working) -> set[str]:
    case_id = str(event.get("case_id"))
    acts = [
        *(e for e in work.below("eligibility_event", case_id) if e.get("act") in PROPOSALS),
        *work.below("criterion_check", case_id),
        *(g for g in work.below("gate_event", case_id) if g.get("gate") in REGISTERING),
    ]
    return {who(act.get("recorded_by")) for act in acts if not act.get("withdrawn_at")}


def _waived_by_another(check: Record, work: Working, on: date) -> Answer:
    """Nobody lets in whom he has screened."""
    if check.get("result") not in ("waived", "not-applicable"):
        return YES
    mine, case_id = who(check.get("recorded_by")), str(check.get("case_id"))
    others = [e for e in work.below("eligibility_event", case_id) if e.get("act") in PROPOSALS]
    return answer(mine in NOBODY or mine not in {who(e.get("recorded_by")) for e in others})


def _appeal_by_another(event: Record, work: Working, on: date) -> Answer:
    """Who had a part in a refusal, or filed the appeal, does not decide on it."""
    if event.get("act") not in APPEAL_DECISIONS:
        return YES
    appeal = work.find("appeal", str(event.get("appeal_id")))
    if appeal is None:
        return Answer(CANNOT_TELL, (str(event.get("appeal_id")),))
    decisions = [
        one
        for one in work.below("eligibility_event", str(event.get("case_id")))
        if one.get("act") in DECISIONS
    ]
    parts = {who(one.get("recorded_by")) for one in (appeal, *decisions)}
    mine = who(event.get("recorded_by"))
    return answer(mine in NOBODY or mine not in parts | _screeners(event, work))


def _of_one_case(record: Record, work: Working, on: date) -> Answer:
    """An appeal and its steps stand in the case they are about."""
    noun, name = _WITHIN[record.entity]
    about = work.find(noun, str(record.get(name)))
    if about is None:
        return Answer(CANNOT_TELL, (str(record.get(name)),))
    fits = record.entity != "appeal" or about.get("act") in REFUSALS
    return answer(fits and about.get("case_id") == record.get("case_id"))


_WITHIN = {
    "appeal": ("eligibility_event", "about_id"),
    "appeal_event": ("appeal", "appeal_id"),
}


def _by_the_criteria(event: Record, work: Working, on: date) -> Answer:
    """Nobody is found eligible whom the criteria in force do not let in."""
    if event.get("act") != "eligible":
        return YES
    criteria_set = work.find("criteria_set", str(event.get("criteria_set_id") or ""))
    case = work.find("case", str(event.get("case_id")))
    if criteria_set is None or not in_force(criteria_set, str(event.get("date"))):
        return NO
    if case is None:
        return Answer(CANNOT_TELL, (str(event.get("case_id")),))
    found = assess(case, criteria_set, work, on)
    ways = [way for way in found.ways if way.path == event.get("path")]
    return Answer(ways[0].verdict) if ways else NO


def _refused_by_the_criteria(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != "ineligible":
        return YES
    criteria_set = work.find("criteria_set", str(event.get("criteria_set_id") or ""))
    case = work.find("case", str(event.get("case_id")))
    if criteria_set is None or case is None:
        return Answer(CANNOT_TELL, ("criteria_set_id",))
    return answer(assess(case, criteria_set, work, on).verdict != HOLDS)


def _in_time(appeal: Record, work: Working, on: date) -> Answer:
    """Late is marked, and heard all the same."""
    refusal = work.find("eligibility_event", str(appeal.get("about_id")))
    if refusal is None:
        return Answer(CANNOT_TELL, (str(appeal.get("about_id")),))
    acts = work.below("eligibility_event", str(appeal.get("case_id")))
    told = told_of(refusal, acts)
    criteria_set = work.find("criteria_set", str(refusal.get("criteria_set_id") or ""))
    last = appeal_until(told, criteria_set)
    return answer(last is None or str(appeal.get("filed_on")) <= last)


def _one_decision(event: Record, work: Working, on: date) -> Answer:
    case = work.find("case", str(event.get("case_id")))
    return answer(case is None or standing(case, work).state != "differs")


def _adverse_first(event: Record, work: Working, on: date) -> Answer:
    """Who is excluded is excluded on the result of an authority, and not on somebody's word."""
    if event.get("act") not in REFUSALS or event.get("reason") != "exclusion":
        return YES
    found = work.below("background_check", str(event.get("case_id")))
    if any(one.get("status") == "adverse" and not one.get("withdrawn_at") for one in found):
        return YES
    return NO if work.rows.knows("background_check", "") else Answer(CANNOT_TELL, ("background",))


# -- the order of gates


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
    if found.state != ELIGIBLE:
        nothing = found.decision is None and not work.rows.knows("eligibility_event", "")
        return CANNOT_TELL if nothing else BROKEN
    if gates is None:
        return HOLDS
    disarmed = any(
        gate.get("gate") == "disarmed" and str(gate.get("date") or "9999") <= day for gate in gates
    )
    return HOLDS if disarmed or not _wants_weapons(found.decision, work) else BROKEN


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


_ELIGIBILITY = "IDDRS 4.20, eligibility; domain 1.4"
_NO_CHILD = "No child is put through criteria: this is for child protection."
_TWO_PEOPLE = "IDDRS 4.20; red line 9: nobody verifies his own act"
_ORDER = (
    "A discharge or a benefit comes after the decision that somebody is eligible, and after the "
    "weapon where the criteria ask for one."
)
_CHILDRENS = "IDDRS 5.20; domain rules C1 and C2"

RULES = (
    *(
        Rule(
            f"no-child-in-{noun.replace('_', '-')}",
            noun,
            FORBIDS,
            _NO_CHILD,
            _CHILDRENS,
            _for_new(_no_child),
        )
        for noun in ("criterion_check", "eligibility_event", "background_check", "appeal")
    ),
    *(
        Rule(
            f"{name}-is-a-persons",
            noun,
            FORBIDS,
            "Nobody is refused by a machine: a named person refuses, and signs in to do so.",
            "Red line 5",
            _for_new(_by_somebody),
        )
        for name, noun in (("refusal", "eligibility_event"), ("dismissal", "appeal_event"))
    ),
    *(
        Rule(
            f"{name}-says-why",
            noun,
            FORBIDS,
            "A refusal, a revocation and a decision on an appeal give a reason in words that can be "
            "read out.",
            "IDDRS 4.20, eligibility; red line 5",
            _for_new(_says_why),
        )
        for name, noun in (("refusal", "eligibility_event"), ("appeal", "appeal_event"))
    ),
    Rule(
        "decision-follows-a-step",
        "eligibility_event",
        FORBIDS,
        "A decision is about a screening, a revocation about a decision, and what is read out about "
        "a refusal.",
        _ELIGIBILITY,
        _for_new(_follows),
    ),
    Rule(
        "decided-by-another",
        "eligibility_event",
        FORBIDS,
        "Who registered or screened somebody does not decide whether they are eligible.",
        _TWO_PEOPLE,
        _for_new(_by_another),
    ),
    Rule(
        "waived-by-another",
        "criterion_check",
        FORBIDS,
        "Who screened somebody does not waive a criterion for them.",
        _TWO_PEOPLE,
        _for_new(_waived_by_another),
    ),
    Rule(
        "appeal-decided-by-another",
        "appeal_event",
        FORBIDS,
        "Who had a part in a refusal, or filed the appeal, does not decide on it.",
        _TWO_PEOPLE,
        _for_new(_appeal_by_another),
    ),
    *(
        Rule(
            f"{noun.replace('_', '-')}-within-its-case",
            noun,
            FORBIDS,
            "An appeal is against a refusal in the same case.",
            _ELIGIBILITY,
            _for_new(_of_one_case),
        )
        for noun in _WITHIN
    ),
    Rule(
        "eligible-by-the-criteria",
        "eligibility_event",
        FORBIDS,
        "The criteria in force do not let this person in by this way; a criterion can be waived by "
        "who may.",
        _ELIGIBILITY,
        _for_new(_by_the_criteria),
    ),
    Rule(
        "exclusion-rests-on-a-result",
        "eligibility_event",
        FORBIDS,
        "Nobody is excluded without an adverse result of the authority.",
        "IDDRS 2.11; domain 1.4",
        _for_new(_adverse_first),
    ),
    Rule(
        "refused-by-the-criteria",
        "eligibility_event",
        MARKS,
        "The criteria let this person in, and they were refused.",
        _ELIGIBILITY,
        _for_new(_refused_by_the_criteria),
    ),
    Rule(
        "appeal-in-time",
        "appeal",
        MARKS,
        "The appeal came after its last day; it is heard all the same.",
        _ELIGIBILITY,
        _for_new(_in_time),
    ),
    Rule(
        "decided-once",
        "eligibility_event",
        MARKS,
        "Two decisions of one day differ: somebody has to decide again.",
        _ELIGIBILITY,
        _one_decision,
    ),
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
