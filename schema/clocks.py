"""What is due, for whom, since when: one function over records, so that both ends come to the same.

A noun's author adds a line to CLOCKS: from which field it counts, how many days, which field must still be
empty, and, where that does not say it all, a function that says whether it still runs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from schema.codes import GATE
from schema.dates import ADULT_AGE
from schema.entities import BY_NOUN
from schema.record import Record, Working
from schema.rules import best_interest, children, referrals
from schema.rules.acts import acts_of
from schema.rules.lifecycle import is_open
from schema.rules.paying import DUE, events_of, state_of
from schema.rules.safeguards import CHILD
from schema.said import Said
from schema.stock_checks import FULL, HALF_A_YEAR, WEEK

Runs = Callable[[Record, Working], bool]


def _runs(_record: Record, _work: Working) -> bool:
    return True


@dataclass(frozen=True)
class Clock:
    """One clock. counts_from: the field with the day; days: how many are left from there.

    empty: the fields that stop it once they are filled; only: what must stand in others. compartment: the
    only one it is about. below: what ``runs`` looks at, each as (noun, the field of this record that it
    hangs by), so that it is loaded at once.
    """

    name: str
    noun: str
    label: Said
    counts_from: str
    days: int = 0
    empty: tuple[str, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    runs: Runs = _runs
    compartment: str = ""
    below: tuple[tuple[str, str], ...] = ()

    def latest(self, until: date) -> str:
        """Until which day it must have begun to be due by this day."""
        return (until - timedelta(days=self.days)).isoformat()


@dataclass(frozen=True)
class Due:
    """Something that is due: the record whose clock it is, its case or store where it has one, and the day."""

    clock: str
    noun: str
    record_id: str
    case_id: str
    day: str
    store_id: str = ""


def due(clock: Clock, records: Iterable[Record], work: Working, until: date) -> list[Due]:
    """What of these records is due by a day, the longest overdue first."""
    found = [one for record in records if (one := _due(clock, record, work, until))]
    return sorted(found, key=lambda one: (one.day, one.record_id))


def _due(clock: Clock, record: Record, work: Working, until: date) -> Due | None:
    begun = record.get(clock.counts_from)
    if not begun or begun > clock.latest(until) or record.get("withdrawn_at"):
        return None
    if any(record.get(name) not in (None, "") for name in clock.empty):
        return None
    if any(record.get(name) != value for name, value in clock.only.items()):
        return None
    if clock.compartment not in ("", record.compartment) or not clock.runs(record, work):
        return None
    day = (date.fromisoformat(begun) + timedelta(days=clock.days)).isoformat()
    store = str(record.get("store_id") or "")
    return Due(clock.name, clock.noun, record.id, _case_of(record, work), day, store)


def _case_of(record: Record, work: Working) -> str:
    if record.get("case_id"):
        return str(record.get("case_id"))
    if record.entity == "person":
        return next((case.id for case in _open_cases(record, work)), "")
    entity = BY_NOUN[record.entity]
    ref = entity.refs().get(entity.hangs_on)
    above = work.find(ref.to, str(record.get(entity.hangs_on) or "")) if ref else None
    return _case_of(above, work) if above else ""


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
    if person.get("age_decision") or not (open_cases := _open_cases(person, work)):
        return False
    over = ("transition", "ended")
    acts = (
        e.get("act") for c in open_cases for e in best_interest.standing("child_event", c.id, work)
    )
    return not any(act in over for act in acts)


def _open_cases(person: Record, work: Working) -> list[Record]:
    return [case for case in work.below("case", person.id) if is_open(case)]


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
    return not best_interest.approved("payments", _case_of(event, work), work)


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
