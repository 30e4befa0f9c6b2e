"""Who answers for a record, as far as it says so itself or what it hangs on does."""

from schema.entities import BY_NOUN
from schema.policy import PROGRAMME
from schema.record import Record, Working


def scope_of(record: Record, work: Working) -> str:
    """Who answers for a record that has no stamp yet."""
    entity = BY_NOUN[record.entity]
    ref = entity.refs().get(entity.hangs_on)
    if ref is None:
        return PROGRAMME
    target = record.get(entity.hangs_on)
    if ref.to in ("caseload", "store"):
        return str(target or "")
    parent = work.find(ref.to, target) if target else None
    return (parent.scope or scope_of(parent, work)) if parent else ""
