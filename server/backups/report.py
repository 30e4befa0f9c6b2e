"""What became of a restore: what was lost, what laptops handed in again, what they still show."""

from dataclasses import dataclass

import sqlalchemy as sa

from server import devices, epochs, ledger
from server.arrivals import reports, witness
from server.arrivals.witness import Counted


@dataclass(frozen=True)
class Report:
    """The last restore. lost: numbers given after what was restored, where that is known.

    units: what laptops have handed in since; silent: laptops that have not been heard of since;
    given_up: entries that no laptop holds any more and that the registry does not have.
    """

    epoch: int
    opened_at: str
    why: str
    lost: int | None
    units: int
    silent: tuple[str, ...]
    given_up: int
    witnessed: Counted

    @property
    def to_look_at(self) -> int:
        """How many records laptops show that are not here, or are otherwise."""
        return self.witnessed.differ + self.witnessed.missing


def of_last(conn: sa.Connection) -> Report | None:
    """What became of the last restore; None when there was none."""
    before = epochs.past(conn)
    if not before:
        return None
    opened = ledger.opened_at(conn)
    return Report(
        epochs.standing(conn).epoch,
        opened,
        before[-1].why,
        before[-1].lost,
        reports.received_since(conn, opened),
        tuple(row["id"] for row in devices.listed(conn) if _is_silent(row, opened)),
        reports.given_up_since(conn, opened),
        witness.counted(conn),
    )


def _is_silent(row: sa.RowMapping, since: str) -> bool:
    return row["revoked_at"] is None and (row["last_seen_at"] or "") < since
