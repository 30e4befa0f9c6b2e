"""Acts upon a record, in the order in which they were recorded: what a record has come to follows from them."""

from schema.record import Record, Working


def acts_of(noun: str, parent_id: str, work: Working, before: Record | None = None) -> list[Record]:
    """The acts of this noun upon a record that still stand; before: only those earlier than this one."""
    found = (act for act in work.below(noun, parent_id) if not act.get("withdrawn_at"))
    ordered = sorted(found, key=order)
    return [act for act in ordered if before is None or order(act) < order(before)]


def order(act: Record) -> tuple[int, str]:
    """By number. A laptop knows that of the last change alone, which of what is never rewritten is the same."""
    return act.first or act.ver, act.id
