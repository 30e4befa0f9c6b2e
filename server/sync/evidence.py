"""What a laptop's HELLO proves about this registry: that numbers were given which it does not know of.

A registry that was put back to an older state would tell such a laptop "nothing new", and give others
the same numbers again. What no restore has said, a laptop says here, and the registry opens a further
epoch at once (R8): above all that it and the laptop ever used, so that nothing is mistaken for something
else. One laptop may bring that about ``MOST_BY_ONE`` times, and name an epoch that is ``MOST_AHEAD``; after
that it is answered that this registry is older than what it has seen. All together come to
``MOST_BY_LAPTOPS`` and no further, or laptops that lie would leave no epoch for a restore.
"""

import sqlalchemy as sa

from schema.ids import LAST_EPOCH, epoch_of
from server import epochs, highwater, ledger
from server.actor import SYSTEM
from server.config import settings
from server.db import reading, writing
from server.highwater import Mark
from server.sync.hello import Hello

MOST_BY_ONE = 3
MOST_AHEAD = 16
MOST_BY_LAPTOPS = LAST_EPOCH // 2


def heed(hello: Hello, device_id: str) -> bool:
    """Open a further epoch when this HELLO proves that one is due; whether numbers may be given now.

    They may not while the high-water file knows more than the database: who put it back has to say so.
    """
    reached = highwater.read(settings().data)
    with reading() as conn:
        here = epochs.standing(conn)
        proven = not here.is_behind(reached) and is_beyond(conn, here, hello)
    if not proven:
        return not here.is_behind(reached)
    with writing() as conn:
        ledger.lock(conn)
        now = epochs.standing(conn)
        if is_beyond(conn, now, hello) and _may_bring_about(conn, now, hello, device_id):
            epochs.open_further(
                conn,
                SYSTEM,
                epochs.LAPTOP,
                reached=reached,
                above=_claimed(hello),
                device_id=device_id,
            )
    return True


def is_beyond(conn: sa.Connection, here: Mark, hello: Hello) -> bool:
    """Whether a laptop has seen what a registry that stands here has not given, or gives anew."""
    if hello.epoch != here.epoch:
        return hello.epoch > here.epoch
    if hello.epoch_id and hello.epoch_id != here.epoch_id:
        return True
    if max((hello.base, *hello.cursors.values())) > epochs.head_of(here):
        return True
    return bool(hello.link) and _was_other(conn, hello)


def _was_other(conn: sa.Connection, hello: Hello) -> bool:
    """Whether the number to which a laptop has pulled was given to another commit there."""
    same_epoch = epoch_of(hello.base) == hello.epoch
    return same_epoch and ledger.link_at(conn, hello.base) != hello.link


def _may_bring_about(conn: sa.Connection, here: Mark, hello: Hello, device_id: str) -> bool:
    brought = [one for one in epochs.past(conn) if one.device_id == device_id]
    claimed = _claimed(hello)
    is_near = claimed <= here.epoch + MOST_AHEAD and max(here.epoch, claimed) < MOST_BY_LAPTOPS
    return len(brought) < MOST_BY_ONE and is_near


def _claimed(hello: Hello) -> int:
    """The highest epoch of which a laptop says that it was used."""
    return max(hello.epoch, *map(epoch_of, (hello.base, *hello.cursors.values())))
