"""Families: each in their own right, no child as a spouse, and one phone or wallet for two is looked at."""

from datetime import date

from schema.record import Record, Working
from schema.rules.rule import CANNOT_TELL, FORBIDS, MARKS, YES, Answer, Rule, answer
from schema.rules.safeguards import CHILD

PHONE, WALLET = "phone-once", "wallet-once"
SPOUSES = ("spouse", "one-of-several", "informal", "former")


def _somebody_else(relative: Record, work: Working, on: date) -> Answer:
    case = work.find("case", relative.get("case_id") or "")
    if case is None:
        return Answer(CANNOT_TELL, (str(relative.get("case_id")),))
    return answer(case.get("person_id") != relative.get("person_id"))


def _no_child_as_a_spouse(relative: Record, work: Working, on: date) -> Answer:
    if relative.get("kind") not in SPOUSES:
        return YES
    person = work.find("person", relative.get("person_id") or "")
    if relative.compartment == CHILD:
        return answer(False)
    # Who is out of sight is judged where everybody is known.
    return answer(person is None or person.compartment != CHILD)


def _ends_after_it_began(relative: Record, work: Working, on: date) -> Answer:
    since, ended = relative.get("since"), relative.get("ended_on")
    return answer(not (since and ended) or since <= ended)


def _phone_once(person: Record, work: Working, on: date) -> Answer:
    """A child's phone is a family's, and what is a child's is no hint on anybody else."""
    if not person.get("phone") or person.compartment == CHILD:
        return YES
    others = work.alike("person", "phone", person.get("phone")) - {person.id}
    return answer(not any(_grown(work.find("person", other)) for other in others))


def _wallet_once(entitlement: Record, work: Working, on: date) -> Answer:
    wallet = entitlement.get("wallet")
    if not wallet or entitlement.get("withdrawn_at"):
        return YES
    others = work.alike("entitlement", "wallet", wallet) - {entitlement.id}
    whose = _payee(entitlement, work)
    found = (work.find("entitlement", other) for other in others)
    return answer(
        not any(o and not o.get("withdrawn_at") and _payee(o, work) != whose for o in found)
    )


def _payee(entitlement: Record, work: Working) -> str:
    """The person who is paid, or the case where it is out of sight."""
    case = work.find("case", entitlement.get("case_id") or "")
    return str((case and case.get("person_id")) or entitlement.get("case_id"))


def _grown(person: Record | None) -> bool:
    return bool(person and person.compartment != CHILD and not person.get("withdrawn_at"))


RULES = (
    Rule(
        "relative-is-somebody-else",
        "relative",
        FORBIDS,
        "A relative is another person, with a case of their own.",
        "IDDRS 5.10; domain rule G2",
        _somebody_else,
    ),
    Rule(
        "no-child-is-a-spouse",
        "relative",
        FORBIDS,
        "A child is with child protection and is recorded as nobody's spouse.",
        "IDDRS 5.20; domain rule C1",
        _no_child_as_a_spouse,
    ),
    Rule(
        "tie-ends-after-it-began",
        "relative",
        MARKS,
        "The tie ends before it began.",
        "Data quality",
        _ends_after_it_began,
    ),
    Rule(
        PHONE,
        "person",
        MARKS,
        "Another person has the same phone.",
        "Domain rule G2; section 4, ghosts and double registration",
        _phone_once,
    ),
    Rule(
        WALLET,
        "entitlement",
        MARKS,
        "Another person is paid into the same wallet or account.",
        "Domain rule G2: no shared wallet",
        _wallet_once,
    ),
)
