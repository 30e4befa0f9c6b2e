"""What a rule is, and what it sees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from schema.record import Record, Working

HOLDS, BROKEN, CANNOT_TELL = "holds", "broken", "cannot tell"
FORBIDS, MARKS = "forbids", "marks"


@dataclass(frozen=True)
class Answer:
    """holds, broken or cannot tell; missing: the fields or ids without which it cannot be told."""

    verdict: str
    missing: tuple[str, ...] = ()


YES = Answer(HOLDS)
NO = Answer(BROKEN)


@dataclass(frozen=True)
class Rule:
    """One rule about records of one noun (``*``: of every noun).

    name: permanent, in kebab case. sentence: what it says to people. source: standard and clause.
    """

    name: str
    noun: str
    kind: str
    sentence: str
    source: str
    ask: Callable[[Record, Working, date], Answer]


def answer(true: bool) -> Answer:  # noqa: FBT001 - the verdict itself
    """holds when true, broken when not."""
    return YES if true else NO
