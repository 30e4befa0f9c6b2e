"""What is prepared to be paid: by a package that stands, after eligibility, once, and never to a child."""

from datetime import date

from schema.record import Record, Working
from schema.rules.paying import (
    AUTHORISED,
    SOURCE,
    WITHHELD,
    case_of,
    events_of,
    is_new,
    let_in,
    state_of,
)
from schema.rules.rule import CANNOT_TELL, FORBIDS, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD

# What two people looked at before they authorised.
_LOOKED_AT = ("amount", "currency", "number", "modality", "entitlement_id", "withdrawn_at")
_OF_WHOM = ("case_id", "package_id", "withdrawn_at")


def _child_is_paid_nothing(record: Record, work: Working, on: date) -> Answer:
    if not is_new(record, work):
        return YES
    case = case_of(record, work)
    if case is None:
        return Answer(CANNOT_TELL, ("case_id",))
    return answer(case.compartment != CHILD)


def _after_eligibility(entitlement: Record, work: Working, on: date) -> Answer:
    if not is_new(entitlement, work):
        return YES
    case_id = str(entitlement.get("case_id"))
    return let_in(work.find("case", case_id), case_id, work, on)


def _entitled_once(entitlement: Record, work: Working, on: date) -> Answer:
    if entitlement.get("withdrawn_at"):
        return YES
    beside = work.below("entitlement", str(entitlement.get("case_id")))
    same = (e for e in beside if e.get("package_id") == entitlement.get("package_id"))
    return answer(not any(e.id != entitlement.id and not e.get("withdrawn_at") for e in same))


def _entitlement_stands(entitlement: Record, work: Working, on: date) -> Answer:
    """Of what something came it stays; and while money is on its way nobody turns it elsewhere."""
    before = work.rows.find(*entitlement.key)
    if before is None:
        return YES
    changed = {n for n in (*_OF_WHOM, "wallet") if before.get(n) != entitlement.get(n)}
    if not changed:
        return YES
    told = [events_of(one.id, work) for one in work.below("instalment", entitlement.id)]
    if changed.intersection(_OF_WHOM):
        return answer(not any(told))
    return answer(all(state_of(events) not in (AUTHORISED, WITHHELD) for events in told))


def _instalment_once(instalment: Record, work: Working, on: date) -> Answer:
    beside = work.below("instalment", str(instalment.get("entitlement_id")))
    same = [i for i in beside if i.get("number") == instalment.get("number")]
    return answer(not any(i.id != instalment.id and not i.get("withdrawn_at") for i in same))


def _authorised_stands(instalment: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*instalment.key)
    if before is None or not events_of(instalment.id, work):
        return YES
    return answer(all(before.get(name) == instalment.get(name) for name in _LOOKED_AT))


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
        "entitled-once",
        "entitlement",
        FORBIDS,
        "They are entitled to this package already.",
        SOURCE,
        _entitled_once,
    ),
    Rule(
        "entitlement-stands",
        "entitlement",
        FORBIDS,
        "Something has come of it: it is neither withdrawn nor another's, and its wallet waits until nothing "
        "authorised is unpaid.",
        "Red line 9; domain 1.9",
        _entitlement_stands,
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
