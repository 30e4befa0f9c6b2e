"""The named points of a save and of a sync at which a test kills the process: a power cut, made exact.

In production nothing is done at a point and nothing can be: only code of the same process can ask for
it (``at``), no setting, file or request. docs/faults.md says what is left behind at each.
"""

from collections.abc import Callable

FIELD = (
    "while saving",
    "after save, before send",
    "after RESULTS, before storing them",
    "between stage and promote",
    "while promoting",
)
SERVER = (
    "while receiving",
    "after receipt, before apply",
    "while applying a chunk",
    "before commit",
    "after commit, before RESULTS",
    "while answering",
)
# While the bytes of attachments are carried, which follows a sync.
FIELD_CARRYING = (
    "after a chunk was sent, before its answer is kept",
    "after a piece was fetched, before it is whole",
)
SERVER_CARRYING = (
    "after a chunk is on the disk, before its row",
    "after a blob has its name, before its row",
)
# A snapshot file, made at the registry and fetched by a laptop.
SNAPSHOT = ("while writing a snapshot", "before a snapshot takes its name")
FETCHING = ("while fetching a snapshot", "between snapshot and stage")
ALL = FIELD + SERVER + FIELD_CARRYING + SERVER_CARRYING + SNAPSHOT + FETCHING

_acts: dict[str, Callable[[], None]] = {}


def reach(name: str) -> None:
    """Say that this process has come to a point."""
    if name in _acts:
        _acts[name]()


def at(name: str, act: Callable[[], None]) -> None:
    """Have something done in this process at a point. Raises LookupError when there is no such point."""
    if name not in ALL:
        raise LookupError(f"there is no point called {name!r}")
    _acts[name] = act
