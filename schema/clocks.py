"""What is due, for whom, since when: one function over records, so that both ends come to the same.

A noun's author adds a line to CLOCKS: from which field it counts, how many days, which field must still be
empty, and, where that does not say it all, a function that says whether it still runs.
"""

from schema.clock import Clock, Due, case_of, due, open_cases
from schema.codes import GATE
from schema.dates import ADULT_AGE
from schema.record import Record, Working
from schema.rules import best_interest, children, complaints, referrals
from schema.rules.acts import acts_of
from schema.rules.paying import DUE, events_of, state_of
from schema.rules.safeguards import CHILD
from schema.said import Said
from schema.stock_checks import FULL, HALF_A_YEAR, WEEK

__all__ = ["BY_NAME", "CLOCKS", "Clock", "Due", "due"]


def _still_at_the_site(event: Record, work: Working) -> bool:
    """A child who was presented, and of whom neither a further gate nor a step of release and care is known."""
    case = work.find("case", str(event.get("case_id")))
    if case is None or case.compartment != CHILD or case.get("withdrawn_at"):
        return False
    at = GATE.values.index("presented")
    gates = (e.get("gate") for e in work.below("gate_event", case.id) if not e.get("withdrawn_at"))
    if any(gate in GATE and GATE.values.index(gate) > at for gate in gates):
        return False
    return not best_interest.standing("child_event", case.id, work)


def _waits_for_care(arrival: Record, work: Working) -> bool:
    """The 48 hours of a child, from the arrival as it was told (domain rule C6)."""
    return children.waits_for_care(arrival, work)


def _not_reported(arrival: Record, work: Working) -> bool:
    return children.waits_for_care(arrival, work, until="escalated")


def _still_here_as_a_child(person: Record, work: Working) -> bool:
    """Somebody of age on a child's file, with whom nothing further is agreed (domain rule C8)."""
    if person.get("age_decision") or not (still := open_cases(person, work)):
        return False
    over = ("transition", "ended")
    acts = (e.get("act") for c in still for e in best_interest.standing("child_event", c.id, work))
    return not any(act in over for act in acts)


def _waits_for_opinions(proposal: Record, work: Working) -> bool:
    opinions = work.below("best_interest_opinion", proposal.id)
    return best_interest.state_of(proposal, opinions) == best_interest.PROPOSED


def _not_seen_since(event: Record, work: Working) -> bool:
    """Nobody has visited a child who went back to the family (IDDRS 5.20, follow-up)."""
    acts = [
        one.get("act")
        for one in best_interest.standing("child_event", str(event.get("case_id")), work)
    ]
    return acts[-1:] == ["reunified"]


def _paid_as_an_adult(event: Record, work: Working) -> bool:
    """What was paid to somebody who was found to be a child, until it is decided what becomes of it."""
    return not best_interest.approved("payments", case_of(event, work), work)


def _not_dealt_with(instalment: Record, work: Working) -> bool:
    return state_of(events_of(instalment.id, work)) == DUE


def _not_checked_since(check: Record, work: Working) -> bool:
    """The last check of a store, of whatever kind: another is due in a week (IDDRS 4.10, stockpiles)."""
    return not any(_order(one) > _order(check) for one in _checks_beside(check, work))


def _not_counted_since(check: Record, work: Working) -> bool:
    """The last check of a store that looked at everything: another is due in six months."""
    full = (one for one in _checks_beside(check, work) if one.get("kind") == FULL)
    return not any(_order(one) > _order(check) for one in full)


def _checks_beside(check: Record, work: Working) -> list[Record]:
    ids = work.alike("stock_check", "store_id", check.get("store_id"))
    found = (work.find("stock_check", one) for one in ids)
    return [one for one in found if one and not one.get("withdrawn_at")]


def _order(check: Record) -> tuple[str, str]:
    return str(check.get("date")), check.id


def _undecided(complaint: Record, work: Working) -> bool:
    return complaints.state_of(complaint, work) != complaints.DECIDED


def _unanswered(referral: Record, work: Working) -> bool:
    """Nobody has accepted the person, and the referral is not over."""
    return referrals.standing(referral.id, work) not in (*referrals.ANSWERED, *referrals.OVER)


def _unacknowledged(sent: Record, work: Working) -> bool:
    return referrals.standing(str(sent.get("referral_id")), work) == referrals.SENT


def _without_feedback(sent: Record, work: Working) -> bool:
    acts = acts_of("referral_event", str(sent.get("referral_id")), work)
    told = any(act.get("act") == referrals.FEEDBACK for act in acts)
    return not told and referrals.state_of(acts) not in referrals.OVER


# How long a referral may go unanswered, in days, by its urgency (IASC referral form).
_URGENCIES = (
    ("emergency", Said("Emergency referrals unanswered after 24 hours"), 1),
    ("urgent", Said("Urgent referrals unanswered after 72 hours"), 3),
    ("normal", Said("Referrals unanswered after two weeks"), 14),
)

CLOCKS: tuple[Clock, ...] = (
    Clock("visit", "follow_up", Said("Visits due"), "due_date", empty=("done_date",)),
    Clock(
        "child-48-hours",
        "child_event",
        Said("Children more than 48 hours at a site"),
        "date",
        2,
        only={"act": children.AT_A_SITE},
        runs=_waits_for_care,
        compartment=CHILD,
        below=(("child_event", "case_id"),),
    ),
    Clock(
        "child-not-reported",
        "child_event",
        Said("Children more than 48 hours at a site, and nobody higher up was told"),
        "date",
        2,
        only={"act": children.AT_A_SITE},
        runs=_not_reported,
        compartment=CHILD,
        below=(("child_event", "case_id"),),
    ),
    Clock(
        "child-presented",
        "gate_event",
        Said("Children of whom no care is known since they came"),
        "date",
        2,
        only={"gate": "presented"},
        runs=_still_at_the_site,
        compartment=CHILD,
        below=(("gate_event", "case_id"), ("child_event", "case_id")),
    ),
    Clock(
        "best-interest",
        "best_interest",
        Said("Best-interest decisions that wait for opinions"),
        "date",
        runs=_waits_for_opinions,
        compartment=CHILD,
        below=(("best_interest_opinion", "id"),),
    ),
    Clock(
        "child-was-paid",
        "payment_event",
        Said("Children who were paid as adults: to settle by a best-interest decision"),
        "date",
        only={"event": "paid"},
        runs=_paid_as_an_adult,
        compartment=CHILD,
    ),
    Clock(
        "turning-18",
        "person",
        Said("Children who are 18, or may be: to plan with them what follows"),
        "birth_date",
        ADULT_AGE * 365 + 4,
        runs=_still_here_as_a_child,
        compartment=CHILD,
        below=(("case", "id"),),
    ),
    Clock(
        "child-return-visit",
        "child_event",
        Said("Children back with their family whom nobody has visited"),
        "date",
        30,
        only={"act": "reunified"},
        runs=_not_seen_since,
        compartment=CHILD,
        below=(("child_event", "case_id"),),
    ),
    Clock(
        "instalment",
        "instalment",
        Said("Instalments due and not authorised"),
        "due_date",
        runs=_not_dealt_with,
        below=(("payment_event", "id"),),
    ),
    Clock(
        "stock-weekly",
        "stock_check",
        Said("Weekly stock checks due"),
        "date",
        WEEK.days,
        runs=_not_checked_since,
    ),
    Clock(
        "stock-full",
        "stock_check",
        Said("Full stock checks due, every six months"),
        "date",
        HALF_A_YEAR.days,
        only={"kind": FULL},
        runs=_not_counted_since,
    ),
    *(
        Clock(
            f"referral-{urgency}",
            "referral",
            label,
            "date",
            days,
            only={"urgency": urgency},
            runs=_unanswered,
            below=(("referral_event", "id"),),
        )
        for urgency, label, days in _URGENCIES
    ),
    Clock(
        "complaint",
        "complaint",
        Said("Complaints undecided after 30 days"),
        "received_on",
        30,
        runs=_undecided,
        below=(("complaint_event", "id"),),
    ),
    Clock(
        "referral-acknowledge",
        "referral_event",
        Said("Referrals not acknowledged in 48 hours"),
        "date",
        2,
        only={"act": referrals.SENT},
        runs=_unacknowledged,
        below=(("referral_event", "referral_id"),),
    ),
    Clock(
        "referral-feedback",
        "referral_event",
        Said("Referrals without feedback after two weeks"),
        "date",
        14,
        only={"act": referrals.SENT},
        runs=_without_feedback,
        below=(("referral_event", "referral_id"),),
    ),
)
BY_NAME = {clock.name: clock for clock in CLOCKS}
