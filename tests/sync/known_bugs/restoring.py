"""Known bugs of copies: logs that fork, sticks that come late, registries that come back from a backup."""

from collections.abc import Mapping
from typing import Any
from unittest import mock

from sqlite_utils import Database

from field_client.store import outbox
from server import ledger
from server.arrivals import logbook, receiving, rights
from server.sync import bundle, push
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def only_the_laptop_knows_what_arrived() -> Patches:
    """A laptop believes what it was once told had arrived, whatever the registry says now."""
    acknowledge = outbox.acknowledge

    def for_ever(db: Database, last: Mapping[int, int]) -> int:
        rows = db.execute("SELECT incarnation, acked FROM chain").fetchall()
        once: dict[int, int] = dict(rows)
        return acknowledge(db, {i: max(n, once.get(i, 0)) for i, n in last.items()})

    yield mock.patch.object(outbox, "acknowledge", for_ever)


@flaw
def sealed_dropped_when_acknowledged() -> Patches:
    """R1: a child's Unit leaves the laptop when it has arrived, and no backup holds it yet."""
    acknowledge = outbox.acknowledge

    def dropping(db: Database, last: Mapping[int, int]) -> int:
        gained = acknowledge(db, last)
        db.execute("DELETE FROM outbox WHERE payload LIKE 'age:%' AND arrived_at IS NOT NULL")
        return gained

    yield mock.patch.object(outbox, "acknowledge", dropping)


@flaw
def epoch_of_the_backup() -> Patches:
    """R8: the epoch after a restore is that of the backup and one more, whatever was used since."""
    begin = ledger.begin_epoch
    yield mock.patch.object(ledger, "begin_epoch", lambda conn, above: begin(conn, 0))
    yield mock.patch.object(push, "heed", return_value=True)


@flaw
def a_stick_that_forks_waits() -> Patches:
    """R7: a stick's line that forks waits for a laptop that is gone."""
    yield mock.patch.object(receiving._Store, "_branch_off")


@flaw
def a_stick_counts_as_told() -> Patches:
    """R15: what was written on a reply stick counts as heard when it was written."""
    remember = bundle._remember

    def told(actor: Any, arrived: Any, *rest: Any) -> None:
        remember(actor, arrived, *rest)
        hello = arrived.hello
        with bundle.writing() as conn:
            rights.record_told(conn, hello.device, hello.announced, ledger.head(conn))

    yield mock.patch.object(bundle, "_remember", told)


@flaw
def a_gap_waits_for_ever() -> Patches:
    """R5: a registry waits for Units that their laptop has lawfully forgotten."""
    yield mock.patch.object(logbook.Log, "give_up_below")
