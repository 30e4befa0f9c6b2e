"""Money: after eligibility, prepared, authorised by two others, paid once by a fourth, never to a child."""

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
UNDONE = ("failed", "returned")
# Two people authorise; who prepared is a third, who pays a fourth.
AUTHORISERS = 2
DUE = "due"


def events_of(instalment_id: str, work: Working, before: Record | None = None) -> list[Record]:
    """What happened to an instalment, in the order in which it was recorded; before: only until then."""
    return acts_of("payment_event", instalment_id, work, before)


def state_of(events: Iterable[Record]) -> str:
    """What an instalment has come to: ``due``, ``authorised``, ``paid`` or ``withheld``."""
    authorised: set[str] = set()
    paid = withheld = False
    for event in events:
        said = event.get("event")
        if said == AUTHORISED:
            authorised.add(who(event.get("recorded_by")))
        paid = (paid or said == PAID) and said not in UNDONE
        withheld = (withheld or said == WITHHELD) and said != RELEASED
    if paid:
        return PAID
    if withheld:
        return WITHHELD
    return AUTHORISED if len(authorised) >= AUTHORISERS else DUE


def _case_of(record: Record, work: Working) -> Record | None:
    """The case behind an entitlement or an instalment; None where it is out of sight."""
    if record.entity == "instalment":
        above = work.find("entitlement", str(record.get("entitlement_id")))
        return _case_of(above, work) if above else None
    return work.find("case", str(record.get("case_id")))


def _is_new(record: Record, work: Working) -> bool:
    return work.rows.find(*record.key) is None


def _child_is_paid_nothing(record: Record, work: Working, on: date) -> Answer:
    if not _is_new(record, work):
        return YES
    case = _case_of(record, work)
    if case is None:
        return Answer(CANNOT_TELL, ("case_id",))
    return answer(case.compartment != CHILD)


def _after_eligibility(entitlement: Record, work: Working, on: date) -> Answer:
    if not _is_new(entitlement, work):
        return YES
    case = work.find("case", str(entitlement.get("case_id")))
    if case is not None and standing(case, work).decision is not None:
        # What was decided counts, and what became of it: a gate that was passed before says no more.
        return eligible(case, work, on)
    gates = [g for g in _gates(entitlement, work) if not g.get("withdrawn_at")]
    if any(g.get("gate") == "screened" and g.get("reason") == "eligible" for g in gates):
        return YES
    return NO if gates else Answer(CANNOT_TELL, ("gate_event",))


def _gates(entitlement: Record, work: Working) -> list[Record]:
    return work.below("gate_event", str(entitlement.get("case_id")))


def _instalment_once(instalment: Record, work: Working, on: date) -> Answer:
    beside = work.below("instalment", str(instalment.get("entitlement_id")))
    same = [i for i in beside if i.get("number") == instalment.get("number")]
    return answer(not any(i.id != instalment.id and not i.get("withdrawn_at") for i in same))


def _authorised_stands(instalment: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*instalment.key)
    if before is None or not events_of(instalment.id, work):
        return YES
    kept = ("amount", "currency", "number", "modality", "entitlement_id")
    return answer(all(before.get(name) == instalment.get(name) for name in kept))


def _nobody_his_own(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") not in (AUTHORISED, PAID, RELEASED):
        return YES
    instalment = work.find("instalment", _instalment_of(event))
    if instalment is None:
        return Answer(CANNOT_TELL, ("instalment_id",))
    entitlement = work.find("entitlement", str(instalment.get("entitlement_id")))
    others = {who(r.get("prepared_by")) for r in (instalment, entitlement) if r}
    earlier = events_of(instalment.id, work, before=event)
    clashing = {AUTHORISED: (AUTHORISED, PAID), PAID: (AUTHORISED,), RELEASED: (WITHHELD,)}
    said = clashing[str(event.get("event"))]
    others |= {who(e.get("recorded_by")) for e in earlier if e.get("event") in said}
    return answer(who(event.get("recorded_by")) not in others - {""})


def _in_order(event: Record, work: Working, on: date) -> Answer:
    if event.get("withdrawn_at"):
        return YES
    state = state_of(events_of(_instalment_of(event), work, before=event))
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
    if not event.get("withdrawn_at"):
        return YES
    return answer(all(order(e) < order(event) for e in events_of(_instalment_of(event), work)))


def _instalment_of(event: Record) -> str:
    return str(event.get("instalment_id"))


def _exit_stops_pay(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") not in (AUTHORISED, PAID):
        return YES
    instalment = work.find("instalment", _instalment_of(event))
    case = _case_of(instalment, work) if instalment else None
    if case is None:
        return Answer(CANNOT_TELL, ("case_id",))
    return answer(case.gate != EXITED)


def _payee_was_known(event: Record, work: Working, on: date) -> Answer:
    if event.get("event") != PAID:
        return YES
    return answer(bool(event.get("payee_check")) and bool(event.get("receipt")))


def _undone_says_why(event: Record, work: Working, on: date) -> Answer:
    asked = event.get("event") in (*UNDONE, WITHHELD)
    return answer(not asked or bool(str(event.get("reason") or "").strip()))


def _package_stands(package: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*package.key)
    if before is None or before.get("state") != "adopted":
        return YES
    kept = ("code", "state", "category", "modality", "currency", "valid_from")
    return answer(all(before.get(name) == package.get(name) for name in kept))


def _instalments_stand(part: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*part.key)
    if before is not None and dict(before.values) == dict(part.values):
        return YES
    homes = {str(one.get("package_id")) for one in (before, part) if one}
    packages = (work.rows.find("package", home) for home in homes)
    return answer(not any(p and p.get("state") == "adopted" for p in packages))


SOURCE = "IDDRS 4.20, reinsertion; domain 1.9"

RULES = (
    *(
        Rule(
            f"child-is-paid-nothing-by-{noun}",
            noun,
            FORBIDS,
            "No payment is prepared for somebody who is, or may be, a child.",
            "Red line 3; domain rule C7",
            _child_is_paid_nothing,
        )
        for noun in ("entitlement", "instalment")
    ),
    Rule(
        "entitled-after-eligibility",
        "entitlement",
        FORBIDS,
        "Nobody is entitled to anything before they were found eligible.",
        SOURCE,
        _after_eligibility,
    ),
    Rule(
        "instalment-once",
        "instalment",
        FORBIDS,
        "This instalment is prepared already.",
        SOURCE,
        _instalment_once,
    ),
    Rule(
        "authorised-instalment-stands",
        "instalment",
        FORBIDS,
        "What has been authorised is not changed: withhold it, and prepare what is right.",
        "Red line 9; domain 1.9",
        _authorised_stands,
    ),
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
        "Something has happened to the instalment since: record what undoes it.",
        "Red line 9: no silent correction",
        _last_alone_is_withdrawn,
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
        "What failed, came back or is withheld says why.",
        "Red line 5; domain 1.9",
        _undone_says_why,
    ),
    Rule(
        "adopted-package-stands",
        "package",
        FORBIDS,
        "An adopted package is not rewritten: draft another.",
        SOURCE,
        _package_stands,
    ),
    Rule(
        "adopted-instalments-stand",
        "package_instalment",
        FORBIDS,
        "The instalments of an adopted package are not rewritten: draft another.",
        SOURCE,
        _instalments_stand,
    ),
)
