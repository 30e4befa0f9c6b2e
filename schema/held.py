"""Why a Unit cannot be in force: kept and shown, never thrown away."""

from dataclasses import dataclass, field

from schema.change import Change
from schema.record import Key


@dataclass(frozen=True)
class Held:
    """Why a Unit is held. reason: a code; missing: the ids it waits for; fields: sentences by field."""

    reason: str
    sentence: str
    missing: tuple[str, ...] = ()
    fields: dict[str, list[str]] = field(default_factory=dict)
    record: Key = ("", "")


class Stop(Exception):
    """Ends the judging of a Unit. held: why."""

    def __init__(self, held: Held) -> None:
        self.held = held
        super().__init__(held.reason)


def key_of(change: Change) -> Key:
    """(entity, id) that a change names."""
    return (change.entity, change.record)


def unknown(missing: str, record: Key) -> Held:
    """Held for something that is not here yet."""
    return Held(
        "unknown-reference",
        "It refers to a record that is not here yet.",
        (missing,),
        record=record,
    )


def not_allowed(record: Key, sentence: str = "You may not create this record there.") -> Held:
    """Held because the author had no right to it."""
    return Held("not-allowed", sentence, record=record)


def invalid(record: Key, fields: dict[str, list[str]]) -> Held:
    """Held because values cannot be stored."""
    sentence = " ".join(f"{name}: {' '.join(said)}" for name, said in fields.items())
    return Held("invalid", sentence, fields=fields, record=record)
