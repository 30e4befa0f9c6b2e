"""Referrals: sent with the consent of the person to exactly these data, some by a path of their own."""

from collections.abc import Iterable
from datetime import date

from schema.record import Record, Working
from schema.rules.acts import acts_of
from schema.rules.decisions import for_new
from schema.rules.plans import SPOKEN
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD

DRAFT, CONSENTED, SENT, DECLINED, WITHDRAWN = "draft", "consented", "sent", "declined", "withdrawn"
FEEDBACK, GBV, PROTECTION = "feedback", "gbv", "child-protection"
# In these nobody waits for the receiver's answer, or for the receiver at all.
ANSWERED = ("accepted", "in-service", "completed")
OVER = (DECLINED, "completed", "no-show", WITHDRAWN, "expired")
ITEMS = ("number", "name", "sex", "birth", "phone", "reason")
# What may follow what: a referral that is sent is answered, one that is answered is served.
AFTER = {
    "acknowledged": (SENT, "waiting"),
    "accepted": (SENT, "acknowledged", "waiting"),
    DECLINED: (SENT, "acknowledged", "waiting", "accepted"),
    "waiting": (SENT, "acknowledged", "accepted"),
    "in-service": ("accepted", "waiting"),
    "completed": ("in-service",),
    "no-show": ("accepted", "waiting", "acknowledged"),
    "expired": (SENT, "acknowledged", "waiting"),
}


def state_of(acts: Iterable[Record]) -> str:
    """What a referral has come to: the last act, feedback apart; a consent withdrawn stays withdrawn."""
    said = [str(act.get("act")) for act in acts if act.get("act") != FEEDBACK]
    if WITHDRAWN in said:
        return WITHDRAWN
    return said[-1] if said else DRAFT


def standing(referral_id: str, work: Working, before: Record | None = None) -> str:
    """What a referral has come to; before: as it was when this act was recorded."""
    return state_of(acts_of("referral_event", referral_id, work, before))


def may_go_out(referral: Record, work: Working) -> bool:
    """Whether the person's consent to this disclosure stands."""
    acts = [act.get("act") for act in acts_of("referral_event", referral.id, work)]
    return CONSENTED in acts and WITHDRAWN not in acts and not referral.get("withdrawn_at")


def person_of(referral: Record, work: Working) -> Record | None:
    """Who is referred."""
    case = work.find("case", str(referral.get("case_id")))
    return work.find("person", str(case.get("person_id"))) if case else None


def given(referral: Record, work: Working) -> dict[str, str]:
    """The data that go out, by item: those consented to and no others; none without consent."""
    if not may_go_out(referral, work):
        return {}
    person = person_of(referral, work)
    known = {name: person.get(_OF_PERSON[name]) for name in _OF_PERSON} if person else {}
    known["reason"] = referral.get("reason")
    return {n: str(known[n]) for n in ITEMS if referral.get(f"gives_{n}") and known.get(n)}


_OF_PERSON = {
    "number": "number",
    "name": "name",
    "sex": "sex",
    "birth": "birth_date",
    "phone": "phone",
}


def _child_to_protection(referral: Record, work: Working, on: date) -> Answer:
    """A child goes to a child-protection focal point, and so does nobody's guess about a body."""
    case = work.find("case", str(referral.get("case_id")))
    if case is None:
        return Answer(CANNOT_TELL, (str(referral.get("case_id")),))
    if case.compartment != CHILD:
        return YES
    return _to_a(PROTECTION, referral, work)


def _without_details(referral: Record, work: Working, on: date) -> Answer:
    if referral.get("path") != GBV:
        return YES
    if str(referral.get("reason") or "").strip() or referral.get("gives_reason"):
        return NO
    return _to_a(GBV, referral, work)


def _to_a(kind: str, referral: Record, work: Working) -> Answer:
    body = work.find("organisation", str(referral.get("to_id")))
    if body is None:
        return Answer(CANNOT_TELL, (str(referral.get("to_id")),))
    return answer(referral.get("path") == kind and body.get("kind") == kind)


def _consent_says_how(event: Record, work: Working, on: date) -> Answer:
    if event.get("act") != CONSENTED:
        return YES
    if event.get("how") == SPOKEN:
        return answer(bool(str(event.get("witness") or "").strip()))
    return answer(bool(event.get("how")))


def _sent_with_consent(event: Record, work: Working, on: date) -> Answer:
    """No consent, no sending; and nothing further once the person has taken the consent back."""
    if event.get("act") not in (SENT, CONSENTED):
        return YES
    referral = work.find("referral", str(event.get("referral_id")))
    if referral is None:
        return Answer(CANNOT_TELL, (str(event.get("referral_id")),))
    earlier = [act.get("act") for act in acts_of("referral_event", referral.id, work, event)]
    if WITHDRAWN in earlier or referral.get("withdrawn_at"):
        return NO
    return answer(event.get("act") == CONSENTED or CONSENTED in earlier)


def _in_order(event: Record, work: Working, on: date) -> Answer:
    wanted = AFTER.get(str(event.get("act")))
    if wanted is None:
        return YES
    return answer(standing(str(event.get("referral_id")), work, event) in wanted)


def _not_declined_before(event: Record, work: Working, on: date) -> Answer:
    """A second receiver who declines the same need is looked at by the supervisor."""
    if event.get("act") != DECLINED:
        return YES
    mine = work.find("referral", str(event.get("referral_id")))
    if mine is None:
        return YES
    beside = work.below("referral", str(mine.get("case_id")))
    same = (r for r in beside if r.id != mine.id and r.get("need") == mine.get("need"))
    return answer(not any(standing(other.id, work) == DECLINED for other in same))


SOURCE = "IASC inter-agency referral form; domain 6.3"

RULES = (
    Rule(
        "child-goes-to-child-protection",
        "referral",
        FORBIDS,
        "Who is, or may be, a child is referred to a child-protection focal point only.",
        "Domain 6.3, special paths; IDDRS 5.20",
        for_new(_child_to_protection),
    ),
    Rule(
        "gbv-referral-gives-no-details",
        "referral",
        FORBIDS,
        "After gender-based violence the referral goes to who helps there, without any details.",
        "Domain rule G6 and 6.3, special paths",
        for_new(_without_details),
    ),
    Rule(
        "referral-consent-says-how",
        "referral_event",
        FORBIDS,
        "A consent says how it was given; a spoken one names the witness.",
        SOURCE,
        for_new(_consent_says_how),
    ),
    Rule(
        "referral-sent-with-consent",
        "referral_event",
        FORBIDS,
        "A referral is sent with the person's consent to this disclosure, and never after it was withdrawn.",
        SOURCE,
        for_new(_sent_with_consent),
    ),
    Rule(
        "referral-in-order",
        "referral_event",
        MARKS,
        "This act does not follow from where the referral stood.",
        SOURCE,
        for_new(_in_order),
    ),
    Rule(
        "referral-declined-twice",
        "referral_event",
        MARKS,
        "A second receiver has declined: the supervisor decides what comes next.",
        SOURCE,
        for_new(_not_declined_before),
    ),
)
