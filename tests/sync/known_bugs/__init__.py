"""Known bugs, put back on purpose: each undoes one rule of the sync in the code as it runs."""

from tests.sync.known_bugs import files, judging, link, pictures, purging, restoring, rights, store
from tests.sync.known_bugs.flaw import FLAWS, put_in

__all__ = [
    "FLAWS",
    "files",
    "judging",
    "link",
    "pictures",
    "purging",
    "put_in",
    "restoring",
    "rights",
    "store",
]
