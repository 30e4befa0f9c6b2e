"""Best-interest decisions on a child: proposed by one, agreed by two others, refused by anybody against."""

from collections.abc import Iterable
from datetime import date

from schema.fields import who
from schema.record import Record, Working
from schema.rules.decisions import NOBODY, for_new
from schema.rules.rule import CANNOT_TELL, FORBIDS, Answer, Rule, answer

APPROVERS = 2
PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"


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
    return answer(
        opinion.get("opinion") != "against" or bool(str(opinion.get("reason") or "").strip())
    )


RULES = (
    Rule(
        "opinion-of-another",
        "best_interest_opinion",
        FORBIDS,
        "Two different people decide on a child, and neither is who proposed it.",
        "IDDRS 5.20; domain rule C9; red line 9",
        for_new(_opinion_of_another),
    ),
    Rule(
        "against-says-why",
        "best_interest_opinion",
        FORBIDS,
        "Who is against a decision says why.",
        "IDDRS 5.20; red line 5",
        for_new(_against_says_why),
    ),
)
