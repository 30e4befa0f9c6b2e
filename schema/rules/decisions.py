"""Screening, decisions and appeals: by another person, with a reason, in their order, for no child."""

from collections.abc import Callable
from datetime import date

from schema.fields import who
from schema.ids import derived_id
from schema.record import NOW, Record, Working
from schema.rules.criteria import in_force
from schema.rules.eligibility import assess
from schema.rules.rule import (
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
    PROPOSALS,
    REFUSALS,
    standing,
)

REGISTERING = ("listed", "presented", "registered")
NOBODY = ("", derived_id("account", "system"))
Ask = Callable[[Record, Working, date], Answer]


def is_new(record: Record) -> bool:
    """Whether this act makes the record: what stands moves along with its case, and is not asked again."""
    return record.first == NOW


def for_new(ask: Ask) -> Ask:
    """The rule, asked of what an act makes and of nothing that stands."""

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
    return answer(mine in NOBODY or mine not in screeners(event, work))


def screeners(event: Record, work: Working) -> set[str]:
    """The accounts of whoever registered or screened this case."""
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


ELIGIBILITY_SOURCE = "IDDRS 4.20, eligibility; domain 1.4"
_NO_CHILD = "No child is put through criteria: this is for child protection."
TWO_PEOPLE = "IDDRS 4.20; red line 9: nobody verifies his own act"
_CHILDRENS = "IDDRS 5.20; domain rules C1 and C2"

RULES = (
    *(
        Rule(
            f"no-child-in-{noun.replace('_', '-')}",
            noun,
            FORBIDS,
            _NO_CHILD,
            _CHILDRENS,
            for_new(_no_child),
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
            for_new(_by_somebody),
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
            for_new(_says_why),
        )
        for name, noun in (("refusal", "eligibility_event"), ("appeal", "appeal_event"))
    ),
    Rule(
        "decision-follows-a-step",
        "eligibility_event",
        FORBIDS,
        "A decision is about a screening, a revocation about a decision, and what is read out about "
        "a refusal.",
        ELIGIBILITY_SOURCE,
        for_new(_follows),
    ),
    Rule(
        "decided-by-another",
        "eligibility_event",
        FORBIDS,
        "Who registered or screened somebody does not decide whether they are eligible.",
        TWO_PEOPLE,
        for_new(_by_another),
    ),
    Rule(
        "waived-by-another",
        "criterion_check",
        FORBIDS,
        "Who screened somebody does not waive a criterion for them.",
        TWO_PEOPLE,
        for_new(_waived_by_another),
    ),
    Rule(
        "eligible-by-the-criteria",
        "eligibility_event",
        FORBIDS,
        "The criteria in force do not let this person in by this way; a criterion can be waived by "
        "who may.",
        ELIGIBILITY_SOURCE,
        for_new(_by_the_criteria),
    ),
    Rule(
        "exclusion-rests-on-a-result",
        "eligibility_event",
        FORBIDS,
        "Nobody is excluded without an adverse result of the authority.",
        "IDDRS 2.11; domain 1.4",
        for_new(_adverse_first),
    ),
    Rule(
        "refused-by-the-criteria",
        "eligibility_event",
        MARKS,
        "The criteria let this person in, and they were refused.",
        ELIGIBILITY_SOURCE,
        for_new(_refused_by_the_criteria),
    ),
    Rule(
        "decided-once",
        "eligibility_event",
        MARKS,
        "Two decisions of one day differ: somebody has to decide again.",
        ELIGIBILITY_SOURCE,
        _one_decision,
    ),
)
