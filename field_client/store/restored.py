"""After the registry was restored: what it lost is sent again, and what only this laptop shows is offered.

A new epoch voids what the registry had said of Units (R12), and what had been staged of the old one. Rows
with numbers that the registry no longer knows are compared with what it sends anew; what it does not have,
or has otherwise, is kept here and offered as a witness before it is gone. Nobody applies a witness.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from field_client.store import facts, outbox, rows, staging
from field_client.store.rows import Row, one, select
from schema import frames
from schema.entities import BY_NOUN, ORDER
from schema.ids import change_number
from schema.record import Key

# How many rows one request offers at most.
MOST = 300


def goes_on(db: Database) -> bool:
    """Whether, after a restore, anything is still to be sent again, offered or asked anew."""
    if not facts.get(db, "restored"):
        return False
    again = facts.get(db, "again")
    if again or outbox.unsent(db) or one(db, "SELECT 1 FROM witness"):
        facts.put(db, again=False)
        return True
    facts.put(db, restored=False)
    return False


def handed_in(db: Database, said: Mapping[str, Any]) -> None:
    """A registry that was put back keeps what it gets, and answers nothing: how far it has this log."""
    last = {int(name): place for name, place in said.get("last", {}).items()}
    if last and not said.get("forks"):
        outbox.acknowledge(db, {number: last.get(number, (0,))[0] for number in outbox.chains(db)})


def gather(db: Database) -> None:
    """Keep what is shown and the registry lost; called while no overlay lies and the stage is whole."""
    kept = facts.get(db, "kept")
    if kept is None:
        return
    candidates = dict(_unknown(db, {int(number): n for number, n in kept.items()}))
    for noun, said in _staged(db):
        row = candidates.get((noun, said["id"]))
        if row and all(said.get(name) == value for name, value in row.items() if name != "ver"):
            del candidates[noun, said["id"]]
    found = [(noun, json.dumps(row, ensure_ascii=False)) for (noun, _), row in candidates.items()]
    db.conn.executemany("INSERT INTO witness (entity, body) VALUES (?, ?)", found)
    facts.put(db, kept=None)


def offered(db: Database) -> list[bytes]:
    """The next WITNESS lines; what is offered is forgotten with ``heard``."""
    found = select(db, "SELECT * FROM witness ORDER BY place LIMIT ?", (MOST,))
    if found:
        facts.put(db, offered=found[-1]["place"])
    said = [[row["entity"], json.loads(row["body"])] for row in found]
    return [frames.frame(frames.WITNESS, one) for one in said]


def heard(db: Database) -> bool:
    """The registry has answered to the end of what it was offered; whether that was anything."""
    upto = facts.get(db, "offered", 0)
    if not upto:
        return False
    db.execute("DELETE FROM witness WHERE place <= ?", (upto,))
    facts.put(db, offered=0)
    return True


def _unknown(db: Database, kept: Mapping[int, int]) -> Iterator[tuple[Key, Row]]:
    """The rows with numbers of epochs that are over, beyond what the registry knows of them."""
    epoch = facts.get(db, "epoch")[0]
    known = [(change_number(number, 0), change_number(number, n)) for number, n in kept.items()]
    within = " ".join("AND NOT ver BETWEEN ? AND ?" for _ in known)
    limits = [number for pair in known for number in pair]
    for noun in sorted(BY_NOUN, key=ORDER.__getitem__):
        where = f"ver > 0 AND ver < ? {within}"
        for row in rows.fetch_where(db, noun, where, (change_number(epoch, 0), *limits)):
            yield (noun, row["id"]), row


def _staged(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    for page in staging.pages(db):
        for table in page["tables"]:
            for row in frames.from_columnar(table["columns"], table["rows"]):
                yield table["entity"], row
