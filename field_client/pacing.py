"""When a sync is tried again by itself. Pure: the time and a random number are given to it.

A registry that was away for an hour is not met by two hundred laptops in its first second: every wait
is drawn from the whole range below its ceiling (full jitter), and the ceiling doubles with each failure.
"""

from dataclasses import dataclass
from math import inf

# Seconds. LEAST: so that no draw comes to nothing.
FIRST, MOST, LEAST = 15.0, 900.0, 5.0
# Without any network a try costs nobody anything, so the link is noticed within a minute.
MOST_WITHOUT_NETWORK = 60.0
PERIOD = 900.0
# A registration saves several times: what is saved within this time goes together.
AFTER_SAVE = 20.0
_DOUBLINGS = 16


def backoff(failures: int, chance: float, most: float = MOST) -> float:
    """How long to wait after so many failures in a row; chance: from 0 to 1."""
    ceiling = min(most, FIRST * 2 ** min(failures - 1, _DOUBLINGS))
    return LEAST + chance * (ceiling - LEAST)


def period(chance: float) -> float:
    """How long to wait for the next look after one that worked: between half and all of PERIOD."""
    return PERIOD * (1 + chance) / 2


@dataclass
class Pace:
    """What is due, by a clock that only its owner reads.

    regular: the next try whatever is here. saved: the next look whether something is only here.
    failures: in a row.
    """

    regular: float = inf
    saved: float = inf
    failures: int = 0

    @property
    def due(self) -> float:
        """When there is something to do."""
        return min(self.regular, self.saved)

    def begin(self, now: float) -> None:
        """Somebody has unlocked or switched it on: try at once."""
        self.regular, self.saved, self.failures = now, inf, 0

    def end(self) -> None:
        """Try no more until somebody begins it again."""
        self.regular, self.saved = inf, inf

    def has_saved(self, now: float) -> None:
        """Something may have been saved. While nobody answers, saving does not make the tries come faster."""
        if not self.failures and self.regular < inf:
            self.saved = min(self.saved, now + AFTER_SAVE)

    def looked(self) -> None:
        """There was nothing to send after all."""
        self.saved = inf

    def worked(self, now: float, chance: float) -> None:
        """A sync has come to its end."""
        self.regular, self.saved, self.failures = now + period(chance), inf, 0

    def failed(self, now: float, chance: float, most: float = MOST) -> None:
        """Nobody answered."""
        self.failures += 1
        self.regular, self.saved = now + backoff(self.failures, chance, most), inf

    def paused(self, now: float) -> None:
        """Somebody stopped it: leave them alone for a whole period."""
        self.regular, self.saved = now + PERIOD, inf
