"""People who sign in, and what each may do where.

Asked at each request: a grant that ends, or an account that is disabled, ends at the next one.
"""

from server.accounts.grants import (
    ALL_PLACES,
    ALWAYS,
    Days,
    Place,
    end_grant,
    grant,
    grants_given,
    grants_of,
    held_by,
    place_of,
    sight_of,
)
from server.accounts.hands import Hands, hands
from server.accounts.people import (
    add_account,
    disable,
    enable,
    find,
    folded,
    listed,
    note_reads,
    seek,
    set_password,
)

__all__ = [
    "ALL_PLACES",
    "ALWAYS",
    "Days",
    "Hands",
    "Place",
    "add_account",
    "disable",
    "enable",
    "end_grant",
    "find",
    "folded",
    "grant",
    "grants_given",
    "grants_of",
    "hands",
    "held_by",
    "listed",
    "note_reads",
    "place_of",
    "seek",
    "set_password",
    "sight_of",
]
