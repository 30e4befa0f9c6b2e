"""Appeals: against a refusal of the same case, decided by somebody who had no part in it, heard when late."""

from datetime import date

from schema.fields import who
from schema.record import Record, Working
from schema.rules.decisions import ELIGIBILITY_SOURCE, NOBODY, TWO_PEOPLE, for_new, screeners
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, YES, Answer, Rule, answer
from schema.rules.standing import APPEAL_DECISIONS, DECISIONS, REFUSALS, appeal_until, told_of


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
    return answer(mine in NOBODY or mine not in parts | screeners(event, work))


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


RULES = (
    Rule(
        "appeal-decided-by-another",
        "appeal_event",
        FORBIDS,
        "Who had a part in a refusal, or filed the appeal, does not decide on it.",
        TWO_PEOPLE,
        for_new(_appeal_by_another),
    ),
    *(
        Rule(
            f"{noun.replace('_', '-')}-within-its-case",
            noun,
            FORBIDS,
            "An appeal is against a refusal in the same case.",
            ELIGIBILITY_SOURCE,
            for_new(_of_one_case),
        )
        for noun in _WITHIN
    ),
    Rule(
        "appeal-in-time",
        "appeal",
        MARKS,
        "The appeal came after its last day; it is heard all the same.",
        ELIGIBILITY_SOURCE,
        for_new(_in_time),
    ),
)
