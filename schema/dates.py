"""Dates of birth with their precision, and ages."""

from datetime import date, timedelta

ADULT_AGE = 18
A_DAY = timedelta(days=1)


def youngest_age(birth_date: str | None, precision: str | None, on: date) -> int | None:
    """The youngest age in years that date and precision allow on this day; None without a date.

    An estimate may be two years out either way, so the youngest reading takes two years off.
    """
    if not birth_date:
        return None
    born = _latest(date.fromisoformat(birth_date), precision)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _latest(born: date, precision: str | None) -> date:
    if precision == "month":
        following = date(born.year + born.month // 12, born.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    if precision == "year":
        return date(born.year, 12, 31)
    if precision == "estimated":
        return date(born.year + 2, 12, 31)
    return born


def may_be_child(birth_date: str | None, precision: str | None, on: date) -> bool:
    """Whether the youngest age allowed is under 18 (IDDRS 5.20: benefit of the doubt)."""
    age = youngest_age(birth_date, precision, on)
    return age is not None and age < ADULT_AGE


def not_before(day: date, known: date | None) -> date:
    """A day by a laptop's clock, held up by one that is known to be past: that of the last answer it had.

    A clock that starts again in 2000 would otherwise take adults for children. One day is left for zones.
    """
    return max(day, known - A_DAY) if known else day
