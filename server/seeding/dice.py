"""The one source of chance of a seeded programme: the same words give the same throws for ever."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from schema.ids import new_id, new_number

# The programme's today. Fixed, so that the same seed gives the same values on every day.
TODAY = date(2025, 6, 30)
_START = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp() * 1000)
_DAYS = [(date(1945, 1, 1) + timedelta(days=n)).isoformat() for n in range(84 * 366)]
_FIRST = date(1945, 1, 1).toordinal()
Item = TypeVar("Item")


class Dice(Random):
    """Throws for one person or list. ``place`` orders the ids that are made."""

    def __init__(self, *words: object, place: int = 0) -> None:
        super().__init__("/".join(map(str, words)))
        self._milliseconds = _START + place

    def beside(self, *words: object) -> "Dice":
        """Throws of their own for the same person: what they come to moves none of these."""
        return Dice(*words, place=self._milliseconds - _START)

    def id(self) -> str:
        """A record's id."""
        return new_id(self._milliseconds, self.randbytes)

    def number(self) -> str:
        """A printed number."""
        return new_number(self.randbytes)

    def chance(self, of_a_hundred: float) -> bool:
        """Yes, so many times of a hundred."""
        return self.random() * 100 < of_a_hundred

    def one(self, items: Sequence[Item]) -> Item:
        """One of these, each as likely."""
        return items[int(self.random() * len(items))]

    def weighed(self, items: Sequence[tuple[Item, float]]) -> Item:
        """One of these, as likely as the figure beside it; the figures add up to 100."""
        thrown = self.random() * 100
        for item, weight in items:
            thrown -= weight
            if thrown < 0:
                return item
        return items[-1][0]

    def whole(self, least: int, most: int) -> int:
        """A whole number between these two."""
        return least + int(self.random() * (most - least + 1))


def day(ordinal: int) -> str:
    """The ISO text of a day, by its ordinal."""
    return _DAYS[ordinal - _FIRST]
