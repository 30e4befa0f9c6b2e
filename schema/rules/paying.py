"""What happens to an instalment: authorised by two, paid once by another, to who was found eligible."""

from collections.abc import Iterable
from datetime import date

from schema.fields import who
from schema.record import Record, Working
from schema.rules.acts import acts_of, order
from schema.rules.lifecycle import EXITED
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, NO, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD
from schema.rules.standing import eligible, standing

AUTHORISED, PAID, WITHHELD, RELEASED = "authorised", "paid", "withheld", "released"
# Takes back what was authorised so far: who looked wrongly looks again, and so does the other.
TAKEN_BACK = "authorisation-withdrawn"
UNDONE = ("failed", "returned")
# Two people authorise; who prepared is a third, who pays a fourth.
AUTHORISERS = 2
DUE = "due"
SOURCE = "IDDRS 4.20, reinsertion; domain 1.9"


def events_of(instalment_id: str, work: Working, before: Record | None = None) -> list[Record]:
    """What happened to an instalment, in the order in which it was recorded; before: only until then."""
    return acts_of("payment_event", instalment_id, work, before)


def authorisers(events: Iterable[Record]) -> set[str]:
    """The accounts whose authorisation stands."""
    found: set[str] = set()
    for event in events:
        if event.get("event") == AUTHORISED:
            found.add(who(event.get("recorded_by")))
        elif event.get("event") == TAKEN_BACK:
            found.clear()
    return found


def state_of(events: Iterable[Record]) -> str:
    """What an instalment has come to: ``due``, ``authorised``, ``paid`` or ``withheld``."""
    told = list(events)
    paid = withheld = False
    for event in told:
        said = event.get("event")
        paid = (paid or said == PAID) and said not in UNDONE
        withheld = (withheld or said == WITHHELD) and said != RELEASED
    if paid:
        return PAID
    if withheld:
        return WITHHELD
    return AUTHORISED if len(authorisers(told)) >= AUTHORISERS else DUE


def is_new(record: Record, work: Working) -> bool:
    """Whether it is written for the first time; what is only moved or sealed was judged when it was made."""
    return work.rows.find(*record.key) is None


def case_of(record: Record, work: Working) -> Record | None:
    """The case behind an entitlement or an instalment; None where it is out of sight."""
    if record.entity == "instalment":
        above = work.find("entitlement", str(record.get("entitlement_id")))
        return case_of(above, work) if above else None
    return work.find("case", str(record.get("case_id")))


def let_in(case: Record | None, case_id: str, work: Working, day: date) -> Answer:
    """Whether somebody had been found eligible by this day, and nobody has taken that from them by then."""
    if case is not None and standing(case, work).decision is not None:
        # What was decided counts, and what became of it: a gate that was passed before says no more.
        decided = standing(case, work, day.isoformat()).decision
        return eligible(case, work, day) if decided is not None else NO
    gates = [g for g in work.below("gate_event", case_id) if not g.get("withdrawn_at")]
    passed = (g for g in gates if g.get("gate") == "screened" and g.get("reason") == "eligible")
    if any(str(g.get("date") or "9999") <= day.isoformat() for g in passed):
        return YES
    return NO if gates else Answer(CANNOT_TELL, ("gate_event",))


def _to_who_may_have_it(event: Record, work: Working, on: date) -> Answer:
    """Nothing is authorised or paid to a child, or to who had not been found eligible on its day."""
    if event.get("event") not in (AUTHORISED, PAID) or not is_new(event, work):
        return YES
    instalment = work.find("instalment", instalment_of(event))
    case = case_of(instalment, work) if instalment else None
    if case is None:
        return Answer(CANNOT_TELL, ("case_id",))
    if case.compartment == CHILD:
        return NO
    return let_in(case, case.id, work, date.fromisoformat(str(event.get("date"))))


def _nobody_his_own(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") not in (AUTHORISED, PAID, RELEASED):
        return YES
    instalment = work.find("instalment", instalment_of(event))
    if instalment is None:
        return Answer(CANNOT_TELL, ("instalment_id",))
    entitlement = work.find("entitlement", str(instalment.get("entitlement_id")))
    others = {who(r.get("prepared_by")) for r in (instalment, entitlement) if r}
    earlier = events_of(instalment.id, work, before=event)
    clashing = {AUTHORISED: (PAID,), PAID: (AUTHORISED,), RELEASED: (WITHHELD,)}
    said = clashing[str(event.get("event"))]
    others |= {who(e.get("recorded_by")) for e in earlier if e.get("event") in said}
    if event.get("event") == AUTHORISED:
        others |= authorisers(earlier)
    return answer(who(event.get("recorded_by")) not in others - {""})


def _in_order(event: Record, work: Working, on: date) -> Answer:
    if event.get("withdrawn_at"):
        return YES
    earlier = events_of(instalment_of(event), work, before=event)
    state = state_of(earlier)
    if event.get("event") == TAKEN_BACK:
        return answer(state != PAID and bool(authorisers(earlier)))
    allowed = {
        AUTHORISED: (DUE, AUTHORISED),
        PAID: (AUTHORISED,),
        "failed": (AUTHORISED, PAID),
        "returned": (PAID,),
        WITHHELD: (DUE, AUTHORISED),
        RELEASED: (WITHHELD,),
    }
    return answer(state in allowed.get(str(event.get("event")), (state,)))


def _last_alone_is_withdrawn(event: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*event.key)
    if (before.get("withdrawn_at") if before else None) == event.get("withdrawn_at"):
        return YES
    if event.get("event") == PAID:
        return NO
    others = (e for e in events_of(instalment_of(event), work) if e.id != event.id)
    return answer(all(order(e) < order(event) for e in others))


def instalment_of(event: Record) -> str:
    """The id of the instalment that an event is about."""
    return str(event.get("instalment_id"))


def _exit_stops_pay(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") not in (AUTHORISED, PAID) or not is_new(event, work):
        return YES
    instalment = work.find("instalment", instalment_of(event))
    case = case_of(instalment, work) if instalment else None
    if case is None:
        return Answer(CANNOT_TELL, ("case_id",))
    return answer(case.gate != EXITED)


def _payee_was_known(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") != PAID:
        return YES
    return answer(bool(event.get("payee_check")) and bool(event.get("receipt")))


def _undone_says_why(event: Record, work: Working, on: date) -> Answer:
    asked = event.get("event") in (*UNDONE, WITHHELD, TAKEN_BACK)
    return answer(not asked or bool(str(event.get("reason") or "").strip()))


RULES = (
    Rule(
        "nobody-pays-his-own",
        "payment_event",
        FORBIDS,
        "Nobody authorises what he prepared, or twice; nobody pays what he prepared or authorised.",
        "Red line 9; domain 6.4, separation of duties",
        _nobody_his_own,
    ),
    Rule(
        "payment-in-order",
        "payment_event",
        FORBIDS,
        "Two people authorise an instalment, then it is paid once; what failed or came back is paid again.",
        SOURCE,
        _in_order,
    ),
    Rule(
        "last-payment-event-alone-is-withdrawn",
        "payment_event",
        FORBIDS,
        "What was paid, or what something has followed, stays in the books: record what undoes it.",
        "Red line 9: no silent correction",
        _last_alone_is_withdrawn,
    ),
    Rule(
        "paid-to-the-eligible",
        "payment_event",
        FORBIDS,
        "Nothing is authorised or paid to a child, or to somebody who had not been found eligible by then.",
        "Red line 3; domain 1.9",
        _to_who_may_have_it,
    ),
    Rule(
        "exit-stops-pay",
        "payment_event",
        FORBIDS,
        "The person has left the programme: nothing is paid any more.",
        "Domain section 4: payment to an absent or dead person",
        _exit_stops_pay,
    ),
    Rule(
        "payee-was-known",
        "payment_event",
        MARKS,
        "It is not said how the payee was known, or by which receipt.",
        SOURCE,
        _payee_was_known,
    ),
    Rule(
        "undone-says-why",
        "payment_event",
        FORBIDS,
        "What failed, came back, is withheld or no longer authorised says why.",
        "Red line 5; domain 1.9",
        _undone_says_why,
    ),
)
