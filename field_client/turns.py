"""One sync, stick or wipe of a device at a time, whichever program does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from field_client import home
from schema.problems import Wiped

# Seconds between two looks whether the one before has ended.
PATIENCE = 0.5


def locked(unlocked: home.Unlocked) -> FileLock:
    """Have the device for oneself: a second one waits here."""
    return FileLock(unlocked.folder / home.LOCK_FILE, mode=0o600)


@contextmanager
def turn(unlocked: home.Unlocked, wait: Callable[[], None]) -> Iterator[None]:
    """The same; ``wait`` is called again and again meanwhile, and may raise to give up.

    Raises Wiped when the one before has wiped the device: its folder is not made again.
    """
    lock = locked(unlocked)
    while not lock.is_locked:
        if not unlocked.exists:
            raise Wiped
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            wait()
        except FileNotFoundError:
            raise Wiped from None
    try:
        yield
    finally:
        lock.release()
