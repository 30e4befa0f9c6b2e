"""``ddr-server verify``: whether the registry agrees with itself.

Chain: every commit's digest and link, every payload's digest. Numbers: no gap, no repeat, none beyond
the counter. Rows: each is what its last line of history says. Entries: each record lives in its own
bucket and nowhere else, at its own number, with the hash of what it says; a bucket comes to the sum of
its entries. Tokens: each person is found by the names they have. Custody: what came into each store is
what it holds and what went; each weapon and lot is where its events say.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa

from schema.digest import NONE, entry_hash
from schema.entities import ENTITIES, NUMBERS
from schema.ids import change_number, place_of
from schema.names import tokens as folded
from server import digests, epochs, ledger
from server.loaded import record_of
from server.registry import forms, stock
from server.tables import bucket, commit_row, entry, history, name_token, table_of

MOST_SHOWN = 20
STREAM = {"stream_results": True, "yield_per": 2000}


@dataclass
class Report:
    """What was counted, and what does not agree (the first MOST_SHOWN sentences)."""

    counted: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    faults: int = 0

    def fault(self, sentence: str) -> None:
        """Note something that does not agree."""
        self.faults += 1
        if len(self.wrong) < MOST_SHOWN:
            self.wrong.append(sentence)


def verify(conn: sa.Connection) -> Report:
    """Check everything, in one reading transaction."""
    report = Report()
    _chain(conn, report)
    _numbers(conn, report)
    for entity in ENTITIES:
        _rows(conn, report, entity.noun)
    _entries(conn, report)
    _digests(conn, report)
    _tokens(conn, report)
    _custody(conn, report)
    _forms(conn, report)
    return report


def _custody(conn: sa.Connection, report: Report) -> None:
    """Each store's account of each type; events that do not fit are counted, they are no fault of ours."""
    found = stock.whole(conn)
    for store, kind in found.unbalanced:
        report.fault(f"store {store}: its account of {kind} does not balance")
    for noun, record_id in stock.misplaced(conn):
        report.fault(f"{noun} {record_id}: it is not where its events say")
    report.counted |= {"accounts": len(found.lines), "custody_discrepancies": len(found.odd)}


def _forms(conn: sa.Connection, report: Report) -> None:
    """The batches of numbered forms; events that do not fit are counted, they are no fault of ours."""
    found = list(forms.balances(conn))
    report.counted |= {
        "forms": sum(balance.received for balance in found),
        "form_discrepancies": sum(len(balance.odd) for balance in found),
    }


def _chain(conn: sa.Connection, report: Report) -> None:
    lines = _lines(conn, report)
    before, expected = b"", 1
    for row in conn.execution_options(**STREAM).execute(
        sa.select(commit_row).order_by(commit_row.c.no)
    ):
        if row.no != expected:
            report.fault(f"commit {expected} is missing")
        digests = [next(lines, b"") for _ in range(row.last_seq - row.first_seq + 1)]
        if ledger.commit_digest(row.first_seq, digests) != row.digest:
            report.fault(f"commit {row.no}: its history is not what was committed")
        if ledger.link(before, row.no, row.digest, row.actor, row.at) != row.link:
            report.fault(f"commit {row.no}: it does not link to the one before")
        before, expected = row.link, row.no + 1
    if sum(1 for _ in lines):
        report.fault("there is history after the last commit")
    report.counted["commits"] = expected - 1


def _lines(conn: sa.Connection, report: Report) -> Iterator[bytes]:
    """The digests of history in order, each payload checked on the way."""
    query = sa.select(history.c.seq, history.c.payload, history.c.salt, history.c.digest)
    for row in conn.execution_options(**STREAM).execute(query.order_by(history.c.seq)):
        if row.payload is not None and _digest(row.salt, row.payload) != row.digest:
            report.fault(f"number {place_of(row.seq)}: its payload was altered")
        yield bytes(row.digest)


def _digest(salt: bytes | None, payload: str) -> bytes:
    return hashlib.sha256((salt or b"") + payload.encode()).digest()


def _numbers(conn: sa.Connection, report: Report) -> None:
    """The numbers of every epoch, from 1 to the last without a gap; none of an epoch that never was."""
    here = ledger.standing(conn)
    ended = {**{one.no: one.last_n for one in epochs.past(conn)}, here.epoch: here.n}
    report.counted |= {"numbers": 0, "epochs": len(ended)}
    given = sa.select(sa.func.count(), sa.func.min(history.c.seq), sa.func.max(history.c.seq))
    for number, n in ended.items():
        low, high = change_number(number, 0), change_number(number + 1, 0)
        within = given.where(history.c.seq > low, history.c.seq < high)
        count, first, last = conn.execute(within).one()
        report.counted["numbers"] += count
        if count != n or (count and (place_of(first), place_of(last)) != (1, n)):
            report.fault(f"the counter says {n} numbers, history holds {count}")
    total = conn.execute(sa.select(sa.func.count()).select_from(history)).scalar_one()
    if total != report.counted["numbers"]:
        report.fault("history holds numbers of an epoch that never was")


def _rows(conn: sa.Connection, report: Report, noun: str) -> None:
    """Each row beside its last line of history."""
    table = table_of(noun)
    then = sa.select(table, history.c.payload, history.c.scope.label("h_scope")).add_columns(
        history.c.compartment.label("h_compartment"), entry.c.hash.label("e_hash")
    )
    said = sa.and_(history.c.seq == table.c.ver, history.c.record_id == table.c.id)
    lives = sa.and_(bucket.c.compartment == table.c.compartment, bucket.c.scope == table.c.scope)
    placed = sa.and_(
        entry.c.bucket_id == bucket.c.id,
        entry.c.entity == NUMBERS[noun],
        entry.c.record_id == table.c.id,
    )
    joined = table.outerjoin(history, said).outerjoin(bucket, lives).outerjoin(entry, placed)
    count = 0
    for row in conn.execution_options(**STREAM).execute(then.select_from(joined)).mappings():
        count += 1
        _row(report, noun, row)
    report.counted[noun] = count


def _row(report: Report, noun: str, row: Any) -> None:
    record = record_of(noun, row)
    if row["h_scope"] is None:
        report.fault(f"{noun} {record.id}: no history at its number")
    elif (row["h_scope"], row["h_compartment"]) != (record.scope, record.compartment):
        report.fault(f"{noun} {record.id}: its bucket is not that of its history")
    elif row["payload"] is not None:
        said = orjson.loads(row["payload"])
        values = {name: value for name, value in said["values"].items() if value is not None}
        if values != record.values or said.get("gate") != record.gate:
            report.fault(f"{noun} {record.id}: its row is not what its history says")
    if row["e_hash"] != entry_hash(record):
        report.fault(f"{noun} {record.id}: its entry is not of what its row says")


def _digests(conn: sa.Connection, report: Report) -> None:
    """What each bucket comes to beside its entries."""
    added, kept = digests.summed(conn), digests.kept(conn)
    agree = sum(added.get(number, NONE) == digest for number, digest in kept.items())
    report.counted |= {"buckets": len(kept), "buckets that agree": agree}
    if agree < len(kept):
        report.fault(f"{len(kept) - agree} buckets do not come to what their entries do")


def _entries(conn: sa.Connection, report: Report) -> None:
    """Each record in its bucket and in no other, at its number."""
    report.counted["entries"] = conn.execute(
        sa.select(sa.func.count()).select_from(entry).where(~entry.c.removed)
    ).scalar_one()
    expected = 0
    for noun, number in NUMBERS.items():
        table = table_of(noun)
        home = sa.and_(
            entry.c.entity == number,
            entry.c.record_id == table.c.id,
            ~entry.c.removed,
            entry.c.seq == table.c.ver,
            bucket.c.id == entry.c.bucket_id,
            bucket.c.scope == table.c.scope,
            bucket.c.compartment == table.c.compartment,
        )
        total, placed = conn.execute(
            sa.select(
                sa.select(sa.func.count()).select_from(table).scalar_subquery(),
                sa.select(sa.func.count())
                .select_from(table, entry, bucket)
                .where(home)
                .scalar_subquery(),
            )
        ).one()
        expected += total
        if total != placed:
            report.fault(f"{noun}: {total} records, {placed} of them where their row says")
    if report.counted["entries"] != expected:
        report.fault(f"{report.counted['entries']} live entries for {expected} records")


def _tokens(conn: sa.Connection, report: Report) -> None:
    """Each person's tokens beside those of their names."""
    people = table_of("person")
    held: dict[str, set[tuple[str, str, str]]] = {}
    for row in conn.execution_options(**STREAM).execute(sa.select(name_token)):
        held.setdefault(row.person_id, set()).add((row.token, row.scope, row.compartment))
    for person in conn.execution_options(**STREAM).execute(sa.select(people)).mappings():
        record = record_of("person", person)
        wanted = {(word, record.scope, record.compartment) for word in folded(record.values)}
        if held.pop(record.id, set()) != wanted:
            report.fault(f"person {record.id}: its name tokens are not those of its names")
    if held:
        report.fault(f"{len(held)} people have tokens and no row")
