"""Known bugs of the registry's end of the link: what is acknowledged, numbered, told."""

from collections.abc import Sequence
from typing import Any
from unittest import mock

import sqlalchemy as sa

from server import access, ledger, rows
from server.arrivals import faults, ready, receiving
from server.arrivals.tables import arrival
from server.sync import pages, pull
from server.tables import history
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def acknowledged_before_stored() -> Patches:
    """A line is acknowledged, and its row never reaches the disk."""
    insert = receiving.bulk.insert_rows

    def nothing(conn: Any, table: sa.Table, *given: Any) -> None:
        if table is not arrival:
            insert(conn, table, *given)

    yield mock.patch.object(receiving.bulk, "insert_rows", nothing)


@flaw
def membership_by_version() -> Patches:
    """A record that comes into a bucket has no number there of its own, only that of its last edit."""
    entries = rows.entries

    def by_version(conn: Any, last: Any, before: Any, *rest: Any) -> None:
        old = {
            key: record.but(ver=max([record.first, *(v[0] for v in record.fver.values())]))
            if before[key] is not None and before[key].bucket != record.bucket
            else record
            for key, record in last.items()
        }
        entries(conn, old, before, *rest)

    yield mock.patch.object(rows, "entries", by_version)


@flaw
def no_isolation() -> Patches:
    """One Unit that raises takes along all that are judged with it."""

    def all_alike(device_id: str, waiting: Sequence[Any]) -> Any:
        try:
            return judge_some(device_id, waiting)
        except faults.ITS_FAULT as error:
            return [one for each in waiting for one in ready._hold(device_id, each, error)]

    judge_some = ready._judge_some
    yield mock.patch.object(ready, "_judge_some", all_alike)


@flaw
def echo_left_out() -> Patches:
    """R23: a laptop is not sent the rows that it wrote last, whichever request brought them."""
    page = pages.page

    def without_echo(conn: sa.Connection, *given: Any) -> Any:
        told = page(conn, *given)
        mine = _last_written_by(conn, access.device_row()["id"])
        for table in told.tables:
            ids = table["rows"][table["columns"].index("id")] if table["columns"] else []
            kept = [place for place, record_id in enumerate(ids) if record_id not in mine]
            table["rows"] = [[column[p] for p in kept] for column in table["rows"]]
        return told

    yield mock.patch.object(pull.pages, "page", without_echo)


def _last_written_by(conn: sa.Connection, device_id: str) -> set[str]:
    query = sa.select(history.c.record_id, history.c.chain).order_by(history.c.seq)
    last = {row.record_id: row.chain for row in conn.execute(query)}
    return {i for i, chain in last.items() if chain.startswith(f"d:{device_id}/")}


@flaw
def results_of_this_request() -> Patches:
    """R12: what became of Units is told once, in the answer to the request that brought them."""
    results = pull.reports.results

    def once(conn: Any, device_id: str, since: int, *_: Any) -> Any:
        seen, found, _runs = results(conn, device_id, since, [])
        head = ledger.head(conn)
        return seen, [one for one in found if one[2] == head], {}

    yield mock.patch.object(pull.reports, "results", once)
