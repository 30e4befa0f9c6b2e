"""Receiving a laptop's lines: stored as they came, before anybody judges them.

Exactly once: a line that is here already is no second one, and a Unit that came under another
incarnation of the same laptop is a duplicate. Whoever's log forks is told so and nothing more of it is
taken from that body. What is acknowledged is in the database, on the disk.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from schema import points
from schema.chains import of_laptop, owner_of
from schema.change import DUPLICATE
from server import bulk, devices, moments
from server.arrivals.logbook import Line, Link, Log
from server.arrivals.tables import Row, arrival, chain, given_up, rows

COLUMNS = (
    "chain",
    "key",
    "n",
    "unit_id",
    "acting",
    "prev",
    "hash",
    "payload",
    "received_at",
    "via",
    "account_id",
    "device_id",
    "attempts",
    "outcome",
    "seq",
    "reason",
    "sentence",
    "missing",
)
DIRECT, STICK = "direct", "stick"


@dataclass(frozen=True)
class Sender:
    """Whose laptop hands in, and how. first: the lowest number it holds of each incarnation."""

    device_id: str
    account_id: str
    first: Mapping[int, int]
    via: str = DIRECT


@dataclass
class Receipt:
    """What a body brought: Units stored now, lines that were here already, incarnations that forked.

    fresh: what those Units say, by their id; None where it has to be read from what is stored.
    branches: the chain on which what forked goes on, by incarnation. waits: something of this laptop
    stands behind a gap.
    """

    fresh: dict[str, Any] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    forks: set[int] = field(default_factory=set)
    branches: dict[int, Log] = field(default_factory=dict)
    waits: bool = False


def receive(conn: sa.Connection, sender: Sender, lines: Sequence[Line], receipt: Receipt) -> None:
    """Store these lines in this transaction, and take gaps as given up that the laptop cannot fill."""
    devices.lock(conn, sender.device_id)
    store = _Store(conn, sender, lines)
    for line in lines:
        store.take(line, receipt)
    for log in store.logs.values():
        log.give_up_below(sender.first.get(log.incarnation, 1))
    store.write()
    receipt.waits = any(log.ahead for log in store.logs.values())
    points.reach("while receiving")


def has_gap(conn: sa.Connection, sender: Sender) -> bool:
    """Whether the laptop no longer holds what would come next in one of its chains."""
    found = conn.execute(_CHAINS, {"device": sender.device_id})
    here = {row.incarnation: row.last_n for row in found}
    return any(lowest > here.get(number, 0) + 1 for number, lowest in sender.first.items())


class _Store:
    """What is stored of the chains that a group of lines touches, and what is to be written."""

    def __init__(self, conn: sa.Connection, sender: Sender, lines: Sequence[Line]) -> None:
        self.conn, self.sender = conn, sender
        self.logs = _logs(conn, sender.device_id, [*sender.first, *(x.incarnation for x in lines)])
        self.hashes = _hashes(conn, self.logs, lines)
        self.at = moments.moment()
        self.firsts = _acting(conn, [line.unit_id for line in lines])
        self.new: dict[tuple[str, str], dict[str, Any]] = {}
        self.branches: dict[str, Log] = {}
        self.outdone: list[Row] = []

    def take(self, line: Line, receipt: Receipt) -> None:
        """Store a line, unless it is here, or its log forks."""
        log = self.logs[line.incarnation]
        have = self.hashes.get((line.incarnation, line.n))
        if have == line.hash:
            receipt.repeated.append(line.unit_id)
        elif have is not None or line.incarnation in receipt.forks:
            receipt.forks.add(line.incarnation)
            if self.sender.via == STICK:
                self._branch_off(line, receipt)
        else:
            log.give_up_below(self.sender.first.get(line.incarnation, 1))
            self._store(log, line, receipt)
            self.hashes[line.incarnation, line.n] = line.hash
            log.add(line)
            if line.n in log.loose:
                receipt.forks.add(line.incarnation)
                receipt.branches[line.incarnation] = _branch_of(log, line.n, line.hash)

    def _branch_off(self, line: Line, receipt: Receipt) -> None:
        """Nobody can ask a stick to send a fork again: what forks goes on as a chain of its own (R7)."""
        before = self.firsts.get(line.unit_id)
        if before is not None and not self._may_outdo(before):
            receipt.repeated.append(line.unit_id)
            return
        branch = receipt.branches.get(line.incarnation)
        if branch is None or branch.last_hash != line.prev:
            branch = _branch_of(self.logs[line.incarnation], line.n - 1, line.hash)
            branch.last_hash, receipt.branches[line.incarnation] = None, branch
        self.branches[branch.chain] = branch
        self._store(branch, line, receipt)
        branch.add(line)

    def _store(self, log: Log, line: Line, receipt: Receipt) -> None:
        before = self.firsts.get(line.unit_id)
        row = self._row(log.chain, line)
        if before is not None and not self._may_outdo(before):
            row.update(acting=False, outcome=DUPLICATE)
            receipt.repeated.append(line.unit_id)
        else:
            # Its first copy waits behind a gap: this one comes before it (R6).
            if before is not None:
                self._outdo(before)
            self.firsts[line.unit_id] = row
            receipt.fresh[line.unit_id] = line.body
        self.new[row["chain"], row["key"]] = row

    def _may_outdo(self, before: Row) -> bool:
        return before["outcome"] is None and before["device_id"] == self.sender.device_id

    def _outdo(self, before: Row) -> None:
        fresh = self.new.get((before["chain"], before["key"]))
        if fresh is None:
            self.outdone.append(before)
        else:
            fresh.update(acting=False, outcome=DUPLICATE)

    def _row(self, name: str, line: Line) -> dict[str, Any]:
        return {
            "chain": name,
            "key": str(line.n),
            "n": line.n,
            "unit_id": line.unit_id,
            "acting": True,
            "prev": line.prev,
            "hash": line.hash,
            "payload": line.payload,
            "received_at": self.at,
            "via": self.sender.via,
            "account_id": self.sender.account_id,
            "device_id": self.sender.device_id,
            "attempts": 1,
            "outcome": None,
            "seq": 0,
            "reason": "",
            "sentence": "",
            "missing": "[]",
        }

    # -- writing

    def write(self) -> None:
        """Write what was taken and how far each chain goes now."""
        for log in self.logs.values():
            for n in log.loose:
                self._branch(log, n)
        for branch in self.branches.values():
            self._write_log(branch)
        done = {"acting": False, "outcome": DUPLICATE}
        for before in self.outdone:
            self.conn.execute(sa.update(arrival).where(_at(before)).values(done))
        bulk.insert_rows(self.conn, arrival, COLUMNS, [self._encoded(r) for r in self.new.values()])
        for log in self.logs.values():
            if log.moved or log.ahead or log.loose:
                self._write_log(log)

    def _branch(self, log: Log, n: int) -> None:
        """Give a line that links to nothing a chain of its own: it is judged, and the place is free."""
        row = self.new.pop((log.chain, str(n)), None)
        stored: Row = row or rows(self.conn, _select(log.chain, n))[0]
        branch = _branch_of(log, n, stored["hash"])
        moved = {"chain": branch.chain}
        if _stands(self.conn, branch.chain):
            if row is None:
                self.conn.execute(sa.delete(arrival).where(_at(stored)))
            return
        self._write_log(branch)
        if row is None:
            self.conn.execute(sa.update(arrival).where(_at(stored)).values(moved))
        else:
            self.new[branch.chain, row["key"]] = row | moved

    def _write_log(self, log: Log) -> None:
        values = {"last_n": log.last_n, "last_hash": log.last_hash}
        there = chain.c.chain == log.chain
        if not self.conn.execute(sa.update(chain).where(there).values(values)).rowcount:
            made = {"chain": log.chain, "incarnation": log.incarnation, "safe_n": 0, **values}
            self.conn.execute(sa.insert(chain), [made | {"device_id": self.sender.device_id}])
        gaps = [
            {"chain": log.chain, "first_n": low, "last_n": high, "at": moments.moment()}
            for low, high in log.given_up
        ]
        if gaps:
            self.conn.execute(sa.insert(given_up), gaps)

    def _encoded(self, row: Row) -> bulk.Row:
        ids = {
            name: bulk.encoded_id(self.conn, row[name])
            for name in ("unit_id", "account_id", "device_id")
        }
        return tuple(ids.get(name, row[name]) for name in COLUMNS)


def _branch_of(log: Log, n: int, line: str) -> Log:
    """The chain that a line begins which does not fit into its own; it keeps its number there."""
    return Log(of_laptop(owner_of(log.chain), f"b{line}"), 0, n, line)


def _logs(conn: sa.Connection, device_id: str, incarnations: Iterable[int]) -> dict[int, Log]:
    """The chains of these incarnations, with what waits in each behind a gap."""
    logs = {i: Log(of_laptop(device_id, i), i) for i in sorted(set(incarnations))}
    by_name = {log.chain: log for log in logs.values()}
    for row in conn.execute(_CHAINS, {"device": device_id}).mappings():
        if log := by_name.get(row["chain"]):
            log.last_n, log.last_hash = row["last_n"], row["last_hash"]
    for row in conn.execute(_BEHIND_GAPS, {"device": device_id}).mappings():
        if log := by_name.get(row["chain"]):
            log.ahead[row["n"]] = Link(row["prev"], row["hash"])
    return logs


_CHAINS = sa.select(chain).where(chain.c.device_id == sa.bindparam("device"))
_BEHIND_GAPS = _CHAINS.with_only_columns(
    arrival.c.chain, arrival.c.n, arrival.c.prev, arrival.c.hash
).join_from(chain, arrival, sa.and_(arrival.c.chain == chain.c.chain, arrival.c.n > chain.c.last_n))


def _hashes(
    conn: sa.Connection, logs: Mapping[int, Log], lines: Sequence[Line]
) -> dict[tuple[int, int], str]:
    """The hashes under which lines of these numbers are here; ``logs`` knows those behind a gap."""
    found = {(i, n): link.hash for i, log in logs.items() for n, link in log.ahead.items()}
    for incarnation in {line.incarnation for line in lines}:
        log = logs[incarnation]
        mine = [line.n for line in lines if line.incarnation == incarnation]
        keys = [str(n) for n in mine if n <= log.last_n]
        if not keys:
            continue
        query = sa.select(arrival.c.n, arrival.c.hash).where(
            arrival.c.chain == log.chain, arrival.c.key.in_(keys)
        )
        found.update({(incarnation, row.n): row.hash for row in conn.execute(query)})
    return found


def _acting(conn: sa.Connection, unit_ids: Collection[str]) -> dict[str, Row]:
    """The copies that count of these Units."""
    names = ("unit_id", "chain", "key", "outcome", "device_id")
    found = bulk.select_rows(conn, arrival, names, "unit_id", unit_ids, "AND acting")
    turns = [bulk.decoder(arrival.c[name], conn.dialect.name) for name in names]
    turned = [
        [turn(value) if turn and value else value for turn, value in zip(turns, row, strict=True)]
        for row in found
    ]
    return {row[0]: dict(zip(names, row, strict=True)) for row in turned}


def _at(row: Row) -> sa.ColumnElement[bool]:
    return sa.and_(arrival.c.chain == row["chain"], arrival.c.key == row["key"])


def _select(name: str, n: int) -> sa.Select[Any]:
    return sa.select(arrival).where(arrival.c.chain == name, arrival.c.key == str(n))


def _stands(conn: sa.Connection, name: str) -> bool:
    return bool(conn.execute(sa.select(chain.c.chain).where(chain.c.chain == name)).first())
