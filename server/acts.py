"""Acts of administration, numbered and chained like every change."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from server import ledger
from server.actor import Actor


def record(
    conn: sa.Connection, actor: Actor, kind: str, record_id: str, payload: Mapping[str, Any]
) -> int:
    """Number an act; the last thing its transaction does but for stamping the number."""
    said = {**payload, "by": actor.account_id}
    shown = f"{actor.name} ({actor.os_user})" if actor.os_user else actor.name
    (seq,) = ledger.record(conn, shown[:200], [(kind, record_id, said)])
    return seq
