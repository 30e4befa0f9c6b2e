"""What may go wrong while a Unit is judged, and whose fault it is."""

from schema.change import HELD, Outcome
from schema.problems import Problem
from server import apply

# What a Unit can make the judging or the database raise: it is held, and the others go on.
ITS_FAULT = (*apply.RAISED, RuntimeError, Problem)
NOT_ITS_FAULT = apply.NOT_ITS_FAULT
_SENTENCE = "The registry could not apply this. It is kept, and somebody will look at it."


def raised_alone(unit_id: str, error: Exception) -> Outcome:
    """What becomes of a Unit that made the judging raise."""
    return Outcome(unit_id, HELD, 0, f"raised:{type(error).__name__}", _SENTENCE)


def never_ended(unit_id: str) -> Outcome:
    """What becomes of a Unit that was tried several times and never came to an end."""
    return Outcome(unit_id, HELD, 0, "never-ended", _SENTENCE)
