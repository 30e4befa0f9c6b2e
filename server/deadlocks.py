"""What PostgreSQL gives up so that another transaction can go on is done again, a few times.

Whoever writes under the counter and then needs rows that another has locked, who waits for the counter,
is in its way: one of the two is undone whole. SQLite has one writer at a time and knows none of this.
"""

from collections.abc import Callable
from typing import TypeVar

import psycopg
import sqlalchemy as sa

TRIES = 4
_TRY_AGAIN = ("40P01", "40001")
Done = TypeVar("Done")


def is_deadlock(error: Exception) -> bool:
    """Whether PostgreSQL gave up this transaction so that another could go on."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in _TRY_AGAIN


def given_up() -> sa.exc.DBAPIError:
    """What a transaction raises that gives itself up, to begin again on what another has committed."""
    return sa.exc.OperationalError("", None, psycopg.errors.SerializationFailure())


def until_done(act: Callable[[], Done]) -> Done:
    """Do something that is a whole transaction, again when it was given up. Raises what it raises last."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except sa.exc.DBAPIError as error:
            if not is_deadlock(error):
                raise
    return act()
