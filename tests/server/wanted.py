"""What the policy wants answered: to whoever may, to who may only look, and to everybody else."""

from collections.abc import Callable

from schema.policy import Sight
from schema.record import Bucket

# What somebody is answered: what they asked for; no, though they see what it is about; and nothing at
# all, in the very words in which what does not exist is answered.
YES, REFUSED, ABSENT = "yes", "refused", "absent"
Wants = Callable[[Sight], str]


def everybody(_sight: Sight) -> str:
    """For whoever is signed in."""
    return YES


def nobody(_sight: Sight) -> str:
    """For no one."""
    return ABSENT


def anywhere(verb: str, *compartments: str) -> Wants:
    """For whoever may do this in some scope of one of the compartments."""

    def wants(sight: Sight) -> str:
        return YES if any(sight.anywhere(verb, name) for name in compartments) else ABSENT

    return wants


def on(where: Bucket | None, verb: str = "read") -> Wants:
    """For whoever may do this where the record is; who may not read it there is told nothing."""

    def wants(sight: Sight) -> str:
        if where is None or not sight.may("read", *where):
            return ABSENT
        return YES if sight.may(verb, *where) else REFUSED

    return wants


def acting(where: Bucket, verb: str, *compartments: str) -> Wants:
    """For whoever may do this there; whose role does it nowhere has no such page."""

    def wants(sight: Sight) -> str:
        if not (sight.may("read", *where) and any(sight.anywhere(verb, c) for c in compartments)):
            return ABSENT
        return YES if sight.may(verb, *where) else REFUSED

    return wants


def ages(where: Bucket) -> Wants:
    """For whoever reads the person and decides on ages in this caseload."""

    def wants(sight: Sight) -> str:
        decides = sight.may("approve", "child", where[1]) and sight.may("read", *where)
        return YES if decides else ABSENT

    return wants


def under(parent: Bucket | None, made: Bucket) -> Wants:
    """For whoever reads the parent and may create in the bucket of what is made there."""

    def wants(sight: Sight) -> str:
        seen = parent is not None and sight.may("read", *parent)
        return YES if seen and sight.may("create", *made) else ABSENT

    return wants


def held(where: Bucket | None, verb: str) -> Wants:
    """For whoever approves there; an administrator sees that it is held and decides nothing."""

    def wants(sight: Sight) -> str:
        if where is not None and sight.may("approve", *where):
            return YES
        sees = sight.anywhere("approve", "admin")
        return ABSENT if not sees else YES if verb == "read" else REFUSED

    return wants
