"""Acts upon a record, in the order in which they were recorded: what a record has come to follows from them."""

from itertools import takewhile

from schema.record import NOW, Record, Working


def acts_of(noun: str, parent_id: str, work: Working, before: Record | None = None) -> list[Record]:
    """The acts of this noun upon a record that still stand; before: only those earlier than this one."""
    ordered = sorted(work.below(noun, parent_id), key=order)
    until = takewhile(lambda act: before is None or act.id != before.id, ordered)
    return [act for act in until if not act.get("withdrawn_at")]


def order(act: Record) -> tuple[int, str]:
    """By number. A laptop knows that of the last change alone, which of what is never rewritten is the same.

    Those of one Unit have no number yet, and stand in the order of the Unit.
    """
    number = act.first or act.ver
    return number, "" if number == NOW else act.id
