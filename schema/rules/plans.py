"""Plans: in force once agreed and signed, revised and never rewritten, closed by another person."""

from datetime import date

from schema.fields import who
from schema.record import Record, Working
from schema.rules.acts import acts_of
from schema.rules.decisions import for_new
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD

DRAFT, AGREED, REVISED, CLOSED = "draft", "agreed", "revised", "closed"
SPOKEN = "spoken"


def state_of(plan: Record, work: Working) -> str:
    """What a plan has come to: ``draft``, ``agreed``, ``revised`` or ``closed``."""
    acts = acts_of("plan_event", plan.id, work)
    if any(act.get("act") == CLOSED for act in acts):
        return CLOSED
    if any(_was_in_force(later, work) for later in _later(plan, work)):
        return REVISED
    return AGREED if _agreed(acts) else DRAFT


def revision_of(plan: Record, work: Working) -> int:
    """The number of this revision: one more than that of the plan it takes the place of."""
    number, seen = 1, {plan.id}
    earlier = plan.get("revises_id")
    while earlier and earlier not in seen:
        number, found = number + 1, work.find("plan", earlier)
        seen.add(earlier)
        earlier = found.get("revises_id") if found else None
    return number


def _later(plan: Record, work: Working) -> list[Record]:
    """The plans that take the place of this one."""
    beside = work.below("plan", str(plan.get("case_id")))
    return [p for p in beside if p.get("revises_id") == plan.id and not p.get("withdrawn_at")]


def _was_in_force(plan: Record, work: Working) -> bool:
    return _agreed(acts_of("plan_event", plan.id, work))


def _agreed(acts: list[Record]) -> bool:
    """Whether the person's last word is yes and the case worker has signed."""
    said = [act.get("act") for act in acts]
    last = next((word for word in reversed(said) if word in (AGREED, "not-agreed")), None)
    return last == AGREED and "signed" in said


def _closed_stays_closed(event: Record, work: Working, on: date) -> Answer:
    earlier = acts_of("plan_event", str(event.get("plan_id")), work, before=event)
    return answer(not any(act.get("act") == CLOSED for act in earlier))


def _agreement_says_how(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != AGREED:
        return YES
    if event.get("how") == SPOKEN:
        return answer(bool(str(event.get("witness") or "").strip()))
    return answer(bool(event.get("how")))


def _closed_by_another(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != CLOSED:
        return YES
    plan = work.find("plan", str(event.get("plan_id")))
    if plan is None:
        return Answer(CANNOT_TELL, (str(event.get("plan_id")),))
    mine = who(event.get("recorded_by"))
    reason = str(event.get("reason") or "").strip()
    return answer(bool(reason) and (not mine or mine != who(plan.get("recorded_by"))))


def _revises_its_own(plan: Record, work: Working, on: date) -> Answer:
    if not plan.get("revises_id"):
        return YES
    earlier = work.find("plan", plan.get("revises_id"))
    if earlier is None:
        return Answer(CANNOT_TELL, (plan.get("revises_id"),))
    return answer(earlier.get("case_id") == plan.get("case_id"))


def _one_after_the_other(plan: Record, work: Working, on: date) -> Answer:
    """Two plans that start anew, or take the place of the same one, are looked at."""
    beside = work.below("plan", str(plan.get("case_id")))
    same = (p for p in beside if p.id != plan.id and not p.get("withdrawn_at"))
    rivals = [p for p in same if p.get("revises_id") == plan.get("revises_id")]
    return answer(not any(state_of(rival, work) != CLOSED for rival in rivals))


def _no_child_soldier(plan: Record, work: Working, on: date) -> Answer:
    if plan.get("track") != "security-sector":
        return YES
    case = work.find("case", str(plan.get("case_id")))
    if case is None:
        return Answer(CANNOT_TELL, (str(plan.get("case_id")),))
    return answer(case.compartment != CHILD)


def _before_the_agreement(need: Record, work: Working, on: date) -> Answer:
    plan = work.find("plan", str(need.get("plan_id")))
    if plan is None:
        return Answer(CANNOT_TELL, (str(need.get("plan_id")),))
    return NO if state_of(plan, work) != DRAFT else YES


SOURCE = "IDDRS 4.30, reintegration plan; domain 1.10"

RULES = (
    Rule(
        "child-plans-no-security-sector",
        "plan",
        FORBIDS,
        "Nobody who is, or may be, a child is planned into the security sector.",
        "Red line 3; IDDRS 5.20, 6.10",
        for_new(_no_child_soldier),
    ),
    Rule(
        "plan-revises-its-own-case",
        "plan",
        FORBIDS,
        "A plan takes the place of an earlier plan of the same person.",
        SOURCE,
        for_new(_revises_its_own),
    ),
    Rule(
        "plan-one-after-the-other",
        "plan",
        MARKS,
        "Another plan stands beside this one: say which of them it revises, or close one.",
        SOURCE,
        for_new(_one_after_the_other),
    ),
    Rule(
        "need-before-the-agreement",
        "need",
        MARKS,
        "This need came after the person had agreed to the plan: it may want a revision.",
        SOURCE,
        for_new(_before_the_agreement),
    ),
    Rule(
        "plan-agreement-says-how",
        "plan_event",
        FORBIDS,
        "An agreement says how it was given; a spoken one names the witness.",
        SOURCE,
        for_new(_agreement_says_how),
    ),
    Rule(
        "plan-closed-stays-closed",
        "plan_event",
        FORBIDS,
        "The plan is closed: draft another.",
        SOURCE,
        for_new(_closed_stays_closed),
    ),
    Rule(
        "plan-closed-by-another",
        "plan_event",
        FORBIDS,
        "A plan is closed by another person than who drafted it, and with a reason.",
        "Red line 9; IDDRS 4.30, exit",
        for_new(_closed_by_another),
    ),
)
