"""The lines of a log as a laptop writes them: whole, or short where the registry reads that."""

import json
from typing import Any

from sqlite_utils import Database

from field_client import sync
from field_client.store import facts, rows
from tests.field_client.registry import Registry
from tests.field_client.test_sync import register


def test_a_laptop_writes_short_lines_once_the_registry_has_said_that_it_reads_them(
    registry: Registry,
) -> None:
    awa = registry.laptop("awa")
    for _ in range(3):
        register(awa)
    with awa.opened() as db:
        told = facts.get(db, "told")
        facts.put(db, told={name: said for name, said in told.items() if name != "lines"})
        before = [len(line[1]) for line in lines_of(db)]
    sync.run(awa)
    for _ in range(4):
        register(awa)
    with awa.opened() as db:
        after = [len(line[1]) for line in lines_of(db)]
    done = sync.run(awa)
    assert (before, after, done.sent) == ([5, 5, 5], [5, 3, 3, 5], 4)
    with awa.opened() as db:
        told = rows.select(db, "SELECT outcome, seq, open FROM outbox ORDER BY n")
    assert [(row["outcome"], row["open"]) for row in told] == [("applied", 0)] * 7
    assert [row["seq"] for row in told] == sorted({row["seq"] for row in told})


def lines_of(db: Database) -> list[Any]:
    """The lines of the next request that carry a Unit."""
    body, _ = sync.request(db)
    return [json.loads(line) for line in body.splitlines() if line.startswith(b'["OPS"')]
