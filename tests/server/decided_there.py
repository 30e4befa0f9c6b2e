"""What others decided on each side of the border: a refusal with its appeal, an opinion on a child."""

from collections.abc import Iterator

from schema.change import Change
from tests.schema.programme import ident
from tests.server.standing import text_of

# The verifier has an account of their own: nobody is refused by nobody.
REFUSING = ("eligibility_event", "appeal", "appeal_event")


def refusal_of(side: str) -> Iterator[Change]:
    """A screening, a refusal, an appeal against it and its hearing."""
    day, within = {"date": "2026-11-02"}, {"case_id": ident("case", side)}
    screened, refused = ident("screening", side), ident("eligibility_event", side)
    said = {n: text_of(n, side) for n in REFUSING}
    refusing = {"about_id": screened, "reason": "not-verified", "said": said["eligibility_event"]}
    acts = (
        ("eligibility_event", screened, {"act": "proposed-ineligible", **day}),
        ("eligibility_event", refused, {"act": "ineligible", **day, **refusing}),
        (
            "appeal",
            ident("appeal", side),
            {"about_id": refused, "filed_on": "2026-11-03", "statement": said["appeal"]},
        ),
        (
            "appeal_event",
            ident("appeal_event", side),
            {
                "appeal_id": ident("appeal", side),
                "act": "hearing",
                **day,
                "said": said["appeal_event"],
            },
        ),
    )
    for noun, record_id, values in acts:
        yield Change("create", noun, record_id, {**values, **within})


def opinion_of(side: str) -> Change:
    """What a second officer says to what is proposed for the child of this side."""
    said = {"best_interest_id": ident("best_interest", side), "opinion": "against"}
    why = {"date": "2026-11-02", "reason": text_of("best_interest_opinion", side)}
    return Change(
        "create",
        "best_interest_opinion",
        ident("best_interest_opinion", side),
        {**said, **why},
    )
