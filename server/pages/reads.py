"""Who looked at whose file is kept, as who changed it is."""

from server import access, accounts
from server.db import aside


def noted(noun: str, *record_ids: str) -> None:
    """Keep that the reader of this page looked at these records."""
    with aside() as conn:
        accounts.note_reads(conn, access.actor().account_id, noun, record_ids)
