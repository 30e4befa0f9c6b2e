"""A child's way: care within 48 hours, return after tracing, verification and a decision by two others."""

from datetime import date

from schema.fields import who
from schema.record import Record, Working
from schema.rules.best_interest import approved, standing
from schema.rules.decisions import NOBODY, for_new
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD

NOUNS = ("child_event", "tracing_act", "best_interest", "age_assessment")
AT_A_SITE, CARED_FOR = "arrived", ("placed", "moved", "reunified", "transition", "ended")
FOUND, VERIFIED, UNVERIFIED = ("contact", "found"), "verified", "not-verified"
ADULT_PAY = ("released", "returned")
# What puts a child somewhere: a mother and her baby go together.
PLACING = ("placed", "moved", "reunified")


def waits_for_care(arrival: Record, work: Working, until: str = "") -> bool:
    """Whether this is the arrival from which the 48 hours of a child run, and nothing has ended them.

    until: a further act that ends it.
    """
    acts = standing("child_event", str(arrival.get("case_id")), work)
    places = [place for place, one in enumerate(acts) if one.id == arrival.id]
    if not places:
        return False
    ended = [p for p, one in enumerate(acts) if one.get("act") in (*CARED_FOR, until)]
    if any(place > places[0] for place in ended):
        return False
    since = max((p for p in ended if p < places[0]), default=-1)
    return not any(one.get("act") == AT_A_SITE for one in acts[since + 1 : places[0]])


def has_baby(case_id: str, work: Working) -> bool:
    """Whether somebody's own child is in the household of this case."""
    members = work.below("household_member", case_id)
    return any(m.get("relation") == "child" and not m.get("withdrawn_at") for m in members)


def _of_a_child(record: Record, work: Working, on: date) -> Answer:
    case = work.find("case", str(record.get("case_id")))
    if case is None:
        return Answer(CANNOT_TELL, (str(record.get("case_id")),))
    return answer(case.compartment == CHILD)


def _with_a_receipt(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") not in ("placed", "moved"):
        return YES
    return answer(all(_said(event, name) for name in ("received_by", "receipt")))


def _after_all_three(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != "reunified":
        return YES
    case_id = str(event.get("case_id"))
    known = verified(case_id, work) and approved("reunification", case_id, work)
    return answer(known)


def verified(case_id: str, work: Working) -> bool:
    """Whether a family was traced, and what was last said of its verification is that it is theirs."""
    acts = [one.get("act") for one in standing("tracing_act", case_id, work)]
    said = [act for act in acts if act in (VERIFIED, UNVERIFIED)]
    return any(act in FOUND for act in acts) and said[-1:] == [VERIFIED]


def _verified_by_another(act: Record, work: Working, on: date) -> Answer:
    if act.get("act") != VERIFIED:
        return YES
    if not act.get("verified_by"):
        return NO
    traced = standing("tracing_act", str(act.get("case_id")), work)
    found = [one for one in traced if one.get("act") in FOUND]
    finders = {who(one.get("recorded_by")) for one in found}
    return answer(bool(found) and who(act.get("recorded_by")) not in {*NOBODY, *finders})


def _together(event: Record, work: Working, on: date) -> Answer:
    case_id = str(event.get("case_id"))
    if event.get("act") not in PLACING or event.get("with_baby"):
        return YES
    return answer(not has_baby(case_id, work) or approved("separation", case_id, work))


def _baby_stays(member: Record, work: Working, on: date) -> Answer:
    """A baby is not taken off the file of its mother: neither to another case, nor as if it were none."""
    before = work.rows.find(*member.key)
    if before is None or before.get("relation") != "child" or before.compartment != CHILD:
        return YES
    case_id = str(before.get("case_id"))
    same = all(member.get(name) == before.get(name) for name in ("case_id", "relation"))
    return answer(same or approved("separation", case_id, work))


def _baby_withdrawn(member: Record, work: Working, on: date) -> Answer:
    gone = member.get("withdrawn_at") and member.get("relation") == "child"
    return answer(not gone or member.compartment != CHILD)


def _paid_no_more(event: Record, work: Working, on: date) -> Answer:
    """Nothing further is paid to a child, and what was paid is settled by a decision, not asked back."""
    return answer(event.compartment != CHILD or event.get("event") not in ADULT_PAY)


def _said(record: Record, name: str) -> bool:
    return bool(str(record.get(name) or "").strip())


_IDDRS = "IDDRS 5.20"
RULES = (
    *(
        Rule(
            f"{noun.replace('_', '-')}-is-a-childs",
            noun,
            FORBIDS,
            "This is recorded for a child. An adult's way is recorded by other steps.",
            f"{_IDDRS}; domain rule C7",
            for_new(_of_a_child),
        )
        for noun in NOUNS
    ),
    Rule(
        "care-has-a-receipt",
        "child_event",
        FORBIDS,
        "Who hands a child over to care says who took the child over, and on which receipt.",
        f"{_IDDRS}; domain rule C6",
        for_new(_with_a_receipt),
    ),
    Rule(
        "back-after-all-three",
        "child_event",
        FORBIDS,
        "A child goes back to the family once the family is traced and verified, and two people who did "
        "not propose it have agreed that it is in the child's best interest.",
        f"{_IDDRS}; domain rule C9",
        for_new(_after_all_three),
    ),
    Rule(
        "verified-by-another",
        "tracing_act",
        FORBIDS,
        "A family that was found is verified by somebody else, who says how.",
        f"{_IDDRS}; domain rule C9",
        for_new(_verified_by_another),
    ),
    Rule(
        "mother-and-baby-together",
        "child_event",
        FORBIDS,
        "A girl and her baby go together. Only a best-interest decision by two people parts them.",
        f"{_IDDRS}, girl mothers",
        for_new(_together),
    ),
    Rule(
        "baby-stays-with-its-mother",
        "household_member",
        FORBIDS,
        "A baby stays on the file of its mother. Only a best-interest decision by two people parts them.",
        f"{_IDDRS}, girl mothers",
        _baby_stays,
    ),
    Rule(
        "baby-was-withdrawn",
        "household_member",
        MARKS,
        "A child's own baby was taken off the file: somebody has to look whether it was a mistake.",
        f"{_IDDRS}, girl mothers",
        _baby_withdrawn,
    ),
    Rule(
        "child-is-paid-no-more",
        "payment_event",
        FORBIDS,
        "Nothing more is paid to somebody who was found to be a child, and nothing is asked back: what was "
        "paid is settled by a best-interest decision.",
        f"{_IDDRS}; domain rule C7; red line 3",
        for_new(_paid_no_more),
    ),
)
