"""A record as somebody names it in a shell, and that they looked at it."""

from collections.abc import Sequence

import sqlalchemy as sa

from schema.entities import entity_of
from schema.fields import Ref
from schema.ids import is_id
from schema.policy import Sight
from schema.problems import NotFound, UnknownReference
from schema.record import Record
from server import accounts
from server.actor import SYSTEM, Actor
from server.db import aside
from server.registry import records, references


def named(conn: sa.Connection, sight: Sight, noun: str, text: str) -> Record:
    """The record by id, code, P-code or printed number. Raises NotFound, Ambiguous."""
    entity_of(noun)
    if is_id(text):
        return records.get(conn, sight, noun, text)
    try:
        found = references.resolve(conn, sight, Ref(noun, noun), text)
    except UnknownReference:
        raise NotFound from None
    return records.get(conn, sight, noun, found)


def noted(actor: Actor, noun: str, ids: Sequence[str]) -> None:
    """Reads by a person are kept; the system's are the shell's own affair."""
    if actor.account_id == SYSTEM.account_id:
        return
    with aside() as conn:
        accounts.note_reads(conn, actor.account_id, noun, ids)
