"""Where somebody stands with their eligibility, as far as acts say so: nothing of it is typed.

A refusal is in force once it was read out. Of two decisions the later day counts; two that differ on one
day, or on one appeal, count for neither: somebody has to decide, and not who happened to come first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, NO, YES, Answer

PROPOSALS = ("proposed-eligible", "proposed-ineligible", "proposed-unclear")
REFUSALS = ("ineligible", "revoked")
DECISIONS = ("eligible", *REFUSALS, "referred-child", "referred-cvr")
APPEAL_DECISIONS = ("upheld", "dismissed")

NOT_SCREENED, SCREENED, ELIGIBLE = "not-screened", "screened", "eligible"
UNTOLD, REFUSED, APPEALED = "untold", "refused", "appealed"
REFERRED, DIFFERS, CHILD = "referred", "differs", "child"


@dataclass(frozen=True)
class Standing:
    """state: one of the words above. decision: the act it rests on. told: the act of reading it out.

    proposal: the last screening that nobody has decided on yet. appeal: against the decision, the last one.
    """

    state: str
    decision: Record | None = None
    told: Record | None = None
    proposal: Record | None = None
    appeal: Record | None = None


def standing(case: Record, work: Working, on: str = "9999") -> Standing:
    """Where a case stood at the end of this day (ISO text)."""
    if case.compartment == "child":
        return Standing(CHILD)
    acts = in_force(work.below("eligibility_event", case.id), on)
    made = [act for act in acts if act.get("act") in DECISIONS]
    proposal = _open_proposal(acts, made)
    if not made:
        return Standing(SCREENED if proposal else NOT_SCREENED, proposal=proposal)
    heads = _latest(made)
    if len({head.get("act") for head in heads}) > 1:
        return Standing(DIFFERS, heads[0], proposal=proposal)
    return _of(case, heads[0], acts, work, on, proposal)


def in_force(acts: Iterable[Record], on: str) -> list[Record]:
    """The acts that were done by this day and stand, the earliest first."""
    found = [a for a in acts if not a.get("withdrawn_at") and str(a.get("date") or "") <= on]
    return sorted(found, key=lambda act: (str(act.get("date")), act.first, act.id))


def appeal_state(appeal: Record, work: Working, on: str = "9999") -> str:
    """``open``, ``upheld``, ``dismissed``, ``dropped``, or ``differs`` where two decided differently."""
    steps = work.below("appeal_event", str(appeal.get("case_id")))
    mine = [step for step in steps if step.get("appeal_id") == appeal.id]
    said = {str(step.get("act")) for step in in_force(mine, on)}
    decided = said.intersection(APPEAL_DECISIONS)
    if len(decided) > 1:
        return DIFFERS
    if decided:
        return decided.pop()
    return "dropped" if "dropped" in said else "open"


def appeal_until(told: Record | None, criteria_set: Record | None) -> str | None:
    """The last day on which an appeal is in time; None while nothing was read out, or nothing says how long."""
    days = criteria_set.get("appeal_days") if criteria_set else None
    return _after(told.get("date"), days) if told and days else None


def answer_until(appeal: Record, criteria_set: Record | None) -> str | None:
    """The day by which an appeal should be decided."""
    days = criteria_set.get("answer_days") if criteria_set else None
    return _after(appeal.get("filed_on"), days) if days and appeal.get("filed_on") else None


def eligible(case: Record | None, work: Working, on: date) -> Answer:
    """Whether somebody may have what only eligible people get, on this day.

    holds: found eligible, or an appeal was upheld. broken: refused, revoked or referred, and told; or a
    child, who gets nothing from here. cannot tell: nobody has decided, or what was decided is not here.
    """
    if case is None:
        return Answer(CANNOT_TELL, ("case_id",))
    state = standing(case, work, on.isoformat()).state
    if state == ELIGIBLE:
        return YES
    if state in (NOT_SCREENED, SCREENED, UNTOLD, DIFFERS):
        return Answer(CANNOT_TELL, ("eligibility_event",))
    return NO


def told_of(decision: Record, acts: Iterable[Record]) -> Record | None:
    """The act by which a decision was read out, None while nobody has."""
    said = (act for act in acts if act.get("act") == "told" and not act.get("withdrawn_at"))
    return next((act for act in said if act.get("about_id") == decision.id), None)


def _open_proposal(acts: list[Record], made: list[Record]) -> Record | None:
    decided_on = {decision.get("about_id") for decision in made}
    waiting = [a for a in acts if a.get("act") in PROPOSALS and a.id not in decided_on]
    last = waiting[-1] if waiting else None
    later = [d for d in made if last and str(d.get("date")) > str(last.get("date"))]
    return None if later else last


def _latest(made: list[Record]) -> list[Record]:
    """The decisions of the last day but those that another one of that day follows."""
    day = max(str(decision.get("date")) for decision in made)
    last = [decision for decision in made if str(decision.get("date")) == day]
    followed = {decision.get("about_id") for decision in last}
    return [decision for decision in last if decision.id not in followed] or last


def _of(
    case: Record,
    decision: Record,
    acts: list[Record],
    work: Working,
    on: str,
    proposal: Record | None,
) -> Standing:
    act = str(decision.get("act"))
    if act not in REFUSALS:
        state = ELIGIBLE if act == "eligible" else REFERRED
        return Standing(state, decision, proposal=proposal)
    told = told_of(decision, acts)
    appeal, said = _appeal(case, decision, work, on)
    if said == "upheld":
        return Standing(ELIGIBLE, decision, told, proposal, appeal)
    if said == DIFFERS:
        return Standing(DIFFERS, decision, told, proposal, appeal)
    if told is None:
        return Standing(UNTOLD, decision, None, proposal, appeal)
    state = APPEALED if said == "open" else REFUSED
    return Standing(state, decision, told, proposal, appeal)


def _appeal(case: Record, decision: Record, work: Working, on: str) -> tuple[Record | None, str]:
    """The last appeal against a decision, and what all of them come to: one that was upheld is enough."""
    mine = [
        one
        for one in work.below("appeal", case.id)
        if one.get("about_id") == decision.id
        and not one.get("withdrawn_at")
        and str(one.get("filed_on") or "") <= on
    ]
    if not mine:
        return None, ""
    mine.sort(key=lambda one: (str(one.get("filed_on")), one.first, one.id))
    said = [appeal_state(one, work, on) for one in mine]
    for word in (DIFFERS, "upheld", "open"):
        if word in said:
            return mine[said.index(word)], word
    return mine[-1], said[-1]


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
