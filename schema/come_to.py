"""What a record has come to by its acts, as further lines of its page: the same at both ends."""

from collections.abc import Callable, Iterator

from schema import codes_reintegration as codes
from schema import numbered
from schema.codes import CodeList
from schema.detail import Detail
from schema.record import Record, Working
from schema.rules import plans
from schema.said import Said

STATUS, REVISION = Said("Status"), Said("Revision")


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


def _status(states: CodeList, state: str) -> Detail:
    return Detail("status", STATUS, "word", Said(states.label(state)))


_OF: dict[str, Callable[[Record, Working], Iterator[Detail]]] = {
    "plan": _plan,
    "form_stock": _forms,
}
