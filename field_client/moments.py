"""The one place on the laptop that makes what differs each time: moments, ids and printed numbers.

The laptop's clock is shown to people and obeyed by nothing.
"""

from datetime import UTC, date, datetime, timedelta
from random import SystemRandom
from threading import Event
from time import perf_counter

from schema import ids

_chance = SystemRandom()


def now() -> str:
    """This moment by the laptop's clock, with its offset."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def later(seconds: float) -> str:
    """The moment so many seconds from now, by the laptop's clock, with its offset."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).astimezone().isoformat("T", "seconds")


def today() -> date:
    """The day by the laptop's clock."""
    return datetime.now(UTC).astimezone().date()


def new_id() -> str:
    """A fresh id for a record, a Unit or a draft."""
    return ids.new_id(int(datetime.now(UTC).timestamp() * 1000))


def new_number() -> str:
    """A fresh printed number."""
    return ids.new_number()


def seconds() -> float:
    """A clock that only measures how long something took."""
    return perf_counter()


def wait(seconds: float) -> None:
    """Leave the registry alone for about so long, others for another time."""
    Event().wait(seconds * (0.5 + _chance.random()))
