"""Takes Units out of the log that a backup of the registry holds: from the front, and never a shown one.

What was sealed for the registry alone goes with them (R1). A Unit that is still laid on top stays, and all
that came after it: the log has no holes, and HELLO's lowest number stands for all below it (R5, R25).
"""

from collections.abc import Mapping

from sqlite_utils import Database

from field_client.store import rows
from field_client.store.rows import Row, select
from schema.entities import BY_NOUN


def prune(db: Database, safe: Mapping[int, int]) -> int:
    """Take out what a backup holds, as far as the registry has it; how many Units.

    safe: up to which Unit each incarnation is in a backup.
    """
    gone = [unit for number, n in safe.items() for unit in _front(db, number, n)]
    for unit in gone:
        where = (unit["incarnation"], unit["n"])
        db.execute("DELETE FROM outbox WHERE incarnation = ? AND n = ?", where)
        _forget_hidden(db, unit["unit_id"])
    return len(gone)


def _front(db: Database, incarnation: int, safe: int) -> list[Row]:
    """The Units at the front of a log that may go."""
    sql = (
        "SELECT o.incarnation, o.n, o.unit_id FROM outbox o JOIN chain c USING (incarnation)"
        " WHERE o.incarnation = ? AND o.n <= min(?, c.acked) AND o.n < coalesce("
        " (SELECT min(n) FROM outbox WHERE incarnation = o.incarnation AND open = 1), o.n + 1)"
    )
    return select(db, sql, (incarnation, safe))


def _forget_hidden(db: Database, unit_id: str) -> None:
    """Forget what a Unit touched that is not shown here; of the rest, that it is in a backup stays."""
    for key in select(db, "SELECT * FROM touched WHERE unit_id = ?", (unit_id,)):
        known = key["entity"] in BY_NOUN
        if not known or rows.fetch(db, key["entity"], key["record_id"]) is None:
            where = (unit_id, key["record_id"])
            db.execute("DELETE FROM touched WHERE unit_id = ? AND record_id = ?", where)
