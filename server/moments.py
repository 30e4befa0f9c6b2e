"""The server's clock, as the text that is stored: UTC, ISO 8601, so text sorts as time does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

LONGEST = 30


def moment(later: timedelta = timedelta()) -> str:
    """Now, or this much later, as stored text."""
    return as_text(datetime.now(UTC) + later)


def as_text(instant: datetime) -> str:
    """An instant as stored text, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """The instant that a stored text means."""
    return datetime.fromisoformat(text)


def age(text: str) -> timedelta:
    """How long ago a stored instant was."""
    return datetime.now(UTC) - from_text(text)


def milliseconds() -> int:
    """Now, as the milliseconds that an id begins with."""
    return int(datetime.now(UTC).timestamp() * 1000)


def today(zone: ZoneInfo) -> date:
    """The day it is in the deployment's zone."""
    return datetime.now(zone).date()


def column(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    """A column that holds an instant."""
    return sa.Column(name, sa.String(LONGEST), nullable=nullable)
