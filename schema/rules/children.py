"""A child's way: care within 48 hours, return after tracing, verification and a decision by two others.

What becomes of a proposal follows from the opinions on it: two others agree and nobody is against.
"""

from collections.abc import Iterable
from datetime import date

from schema.dates import ADULT_AGE, youngest_age
from schema.fields import who
from schema.record import Record, Working
from schema.rules.decisions import NOBODY, for_new
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD

NOUNS = ("child_event", "tracing_act", "best_interest", "age_assessment")
APPROVERS = 2
PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"
AT_A_SITE, CARED_FOR = "arrived", ("placed", "moved", "reunified", "transition", "ended")
FOUND, VERIFIED, UNVERIFIED = ("contact", "found"), "verified", "not-verified"
# What puts a child somewhere: a mother and her baby go together.
PLACING = ("placed", "moved", "reunified")


def standing(noun: str, case_id: str, work: Working) -> list[Record]:
    """What is recorded of this kind on a child's case and was not withdrawn, in the order of its dates."""
    found = [one for one in work.below(noun, case_id) if not one.get("withdrawn_at")]
    return sorted(found, key=lambda one: (str(one.get("date")), one.first or one.ver, one.id))


def state_of(proposal: Record, opinions: Iterable[Record]) -> str:
    """What has become of a proposal: ``proposed``, ``approved`` by two others, or ``refused`` by one."""
    given = [one for one in opinions if not one.get("withdrawn_at")]
    others = [one for one in given if who(one.get("given_by")) != who(proposal.get("proposed_by"))]
    if any(one.get("opinion") == "against" for one in others):
        return REFUSED
    agreed = {who(one.get("given_by")) for one in others if one.get("opinion") == "agreed"}
    return APPROVED if len(agreed) >= APPROVERS else PROPOSED


def approved(about: str, case_id: str, work: Working) -> bool:
    """Whether a decision about this stands for this child."""
    return any(
        one.get("about") == about
        and state_of(one, work.below("best_interest_opinion", one.id)) == APPROVED
        for one in standing("best_interest", case_id, work)
    )


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


def _opinion_of_another(opinion: Record, work: Working, on: date) -> Answer:
    """Each opinion is of somebody else, and nobody's is counted twice."""
    proposal = work.find("best_interest", str(opinion.get("best_interest_id")))
    if proposal is None:
        return Answer(CANNOT_TELL, (str(opinion.get("best_interest_id")),))
    beside = work.below("best_interest_opinion", proposal.id)
    others = [one for one in beside if one.id != opinion.id and not one.get("withdrawn_at")]
    taken = {who(proposal.get("proposed_by")), *(who(one.get("given_by")) for one in others)}
    return answer(who(opinion.get("given_by")) not in {*NOBODY, *taken})


def _against_says_why(opinion: Record, work: Working, on: date) -> Answer:
    return answer(opinion.get("opinion") != "against" or _said(opinion, "reason"))


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


def _grown_and_willing(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != "transition":
        return YES
    person = _person_of(event, work)
    if person is None:
        return Answer(CANNOT_TELL, ("person_id",))
    age = youngest_age(person.get("birth_date"), person.get("birth_date_precision"), on)
    return answer(bool(event.get("consent")) and age is not None and age >= ADULT_AGE)


def _file_of_its_own(event: Record, work: Working, on: date) -> Answer:
    other = event.get("adult_number")
    if not other:
        return YES
    person = _person_of(event, work)
    return answer(
        event.get("act") == "transition" and (not person or person.get("number") != other)
    )


def _person_of(record: Record, work: Working) -> Record | None:
    case = work.find("case", str(record.get("case_id")))
    return work.find("person", str(case.get("person_id"))) if case else None


def _with_assent(assessment: Record, work: Working, on: date) -> Answer:
    found = (assessment.get(name) for name in ("how", "youngest", "oldest"))
    return answer(assessment.get("assent") != "refused" or not any(v is not None for v in found))


def _span(assessment: Record, work: Working, on: date) -> Answer:
    youngest, oldest = assessment.get("youngest"), assessment.get("oldest")
    return answer(youngest is None or oldest is None or youngest <= oldest)


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
        "opinion-of-another",
        "best_interest_opinion",
        FORBIDS,
        "Two different people decide on a child, and neither is who proposed it.",
        f"{_IDDRS}; domain rule C9; red line 9",
        for_new(_opinion_of_another),
    ),
    Rule(
        "against-says-why",
        "best_interest_opinion",
        FORBIDS,
        "Who is against a decision says why.",
        f"{_IDDRS}; red line 5",
        for_new(_against_says_why),
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
        "transition-at-18-and-agreed",
        "child_event",
        FORBIDS,
        "Who goes on as an adult is 18 by their youngest possible age, and agrees to it.",
        f"{_IDDRS}; domain rule C8",
        for_new(_grown_and_willing),
    ),
    Rule(
        "adult-file-of-its-own",
        "child_event",
        FORBIDS,
        "The file as an adult is a new registration; what is on this one stays sealed.",
        f"{_IDDRS}; domain rule C8",
        for_new(_file_of_its_own),
    ),
    Rule(
        "assessed-with-assent",
        "age_assessment",
        FORBIDS,
        "Nobody's age is assessed who does not agree to it. That they did not is recorded, and no more.",
        f"{_IDDRS}; domain rule C1",
        for_new(_with_assent),
    ),
    Rule(
        "ages-in-order",
        "age_assessment",
        FORBIDS,
        "The youngest age is not above the oldest.",
        "Data quality",
        for_new(_span),
    ),
)
