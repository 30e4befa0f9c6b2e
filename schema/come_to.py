"""What a record has come to by its acts, as further lines of its page: the same at both ends."""

from collections.abc import Callable, Iterator

from schema import codes_reintegration as codes
from schema import numbered
from schema.codes import SEX, CodeList
from schema.detail import Detail
from schema.record import Record, Working
from schema.rules import complaints, plans, referrals
from schema.said import Said

STATUS, REVISION = Said("Status"), Said("Revision")
GOES_OUT, NOTHING = Said("Goes out"), Said("Nothing: there is no consent to it")
ITEMS = {
    "number": Said("Goes out: printed number"),
    "name": Said("Goes out: name"),
    "sex": Said("Goes out: sex"),
    "birth": Said("Goes out: date of birth"),
    "phone": Said("Goes out: phone"),
    "reason": Said("Goes out: reason"),
}


def lines_of(record: Record, work: Working) -> list[Detail]:
    """The lines that follow from a record's acts; none for a noun that has no acts."""
    found = _OF.get(record.entity)
    return list(found(record, work)) if found else []


def _plan(plan: Record, work: Working) -> Iterator[Detail]:
    yield _status(codes.PLAN_STATE, plans.state_of(plan, work))
    yield Detail("revision", REVISION, "text", str(plans.revision_of(plan, work)))


def _forms(batch: Record, work: Working) -> Iterator[Detail]:
    events = map(numbered.values_of, work.below("form_event", batch.id))
    for label, figure in numbered.counted(batch.values, events).in_words():
        yield Detail("balance", label, "text", str(figure))


def _referral(referral: Record, work: Working) -> Iterator[Detail]:
    """Where it stands, and the slip: exactly what goes out, item by item."""
    yield _status(codes.REFERRAL_STATE, referrals.standing(referral.id, work))
    given = referrals.given(referral, work)
    for item, value in given.items():
        if item == "sex":
            yield Detail(f"out_{item}", ITEMS[item], "word", Said(SEX.label(value)))
        else:
            yield Detail(
                f"out_{item}",
                ITEMS[item],
                _KINDS.get(item, "text"),
                value,
                _precision(referral, item, work),
            )
    if not referrals.may_go_out(referral, work):
        yield Detail("out", GOES_OUT, "word", NOTHING)


def _precision(referral: Record, item: str, work: Working) -> str | None:
    """How exactly a day is known that goes out: no more is said than is known."""
    person = referrals.person_of(referral, work) if item == "birth" else None
    return (person.get("birth_date_precision") if person else None) or "day"


def _complaint(complaint: Record, work: Working) -> Iterator[Detail]:
    yield _status(codes.COMPLAINT_STATE, complaints.state_of(complaint, work))


def _status(states: CodeList, state: str) -> Detail:
    return Detail("status", STATUS, "word", Said(states.label(state)))


_KINDS = {"number": "code", "birth": "day"}
_OF: dict[str, Callable[[Record, Working], Iterator[Detail]]] = {
    "plan": _plan,
    "form_stock": _forms,
    "referral": _referral,
    "complaint": _complaint,
}
