"""The outbox: every Unit saved here, in a chain without gaps, kept until a backup holds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from sqlite_utils import Database

from field_client import moments
from field_client.store.rows import Row, marks, one, parts, select
from schema import frames
from schema.change import DONE, DUPLICATE, HELD, Unit
from schema.ids import line_hash
from schema.problems import TooLarge
from schema.record import Key


def append(
    db: Database, unit: Unit, payload: str, shown: str | None, touched: Iterable[Key]
) -> None:
    """Put a Unit at the end of the chain, laid on top of what is shown. Raises TooLarge."""
    incarnation, n, prev = tip(db)
    line = line_hash(prev, payload)
    if len(frames.frame(frames.OPS, [n + 1, prev, line, payload, incarnation])) > frames.LINE_LIMIT:
        raise TooLarge("This is more than one entry may hold: 1 MB.")
    row = {
        "incarnation": incarnation,
        "n": n + 1,
        "prev": prev,
        "hash": line,
        "unit_id": unit.id,
        "payload": payload,
        "shown": shown,
        "saved_at": unit.said_at,
        "open": 1,
    }
    db.table("outbox").insert(row)
    sql = "UPDATE chain SET last_n = ?, last_hash = ? WHERE incarnation = ?"
    db.execute(sql, (n + 1, line, incarnation))
    for entity, record_id in touched:
        found = (unit.id, entity, record_id)
        db.execute(
            "INSERT OR IGNORE INTO touched (unit_id, entity, record_id) VALUES (?,?,?)", found
        )


def begin_chain(db: Database, incarnation: int) -> None:
    """Start counting Units from one."""
    db.table("chain").insert({"incarnation": incarnation, "last_n": 0, "last_hash": "", "acked": 0})


def tip(db: Database) -> tuple[int, int, str]:
    """(incarnation, last n, last hash) of the chain that is written now."""
    row = select(db, "SELECT * FROM chain ORDER BY incarnation DESC LIMIT 1")[0]
    return row["incarnation"], row["last_n"], row["last_hash"]


def laid(db: Database) -> Iterator[tuple[Unit, Row]]:
    """The open Units in order, as far as this laptop may read them, each with its row."""
    for row in select(db, "SELECT * FROM outbox WHERE open = 1 ORDER BY incarnation, n"):
        text = row["payload"] if row["shown"] is None else row["shown"]
        if text and not frames.is_sealed(text):
            yield Unit.from_text(text), row


def open_on(db: Database, record_id: str) -> Iterator[tuple[Unit, Row]]:
    """The open Units that touch a record, in order."""
    sql = (
        "SELECT o.* FROM outbox o JOIN touched t ON t.unit_id = o.unit_id"
        " WHERE o.open = 1 AND t.record_id = ? ORDER BY o.incarnation, o.n"
    )
    for row in select(db, sql, (record_id,)):
        text = row["payload"] if row["shown"] is None else row["shown"]
        if text and not frames.is_sealed(text):
            yield Unit.from_text(text), row


def texts_on(db: Database, record_id: str) -> list[tuple[str, str, str]]:
    """(unit id, payload, readable text) of the Units that touch a record."""
    sql = (
        "SELECT o.unit_id, o.payload, coalesce(o.shown, o.payload) AS text FROM outbox o"
        " JOIN touched t USING (unit_id) WHERE t.record_id = ?"
    )
    return [(row["unit_id"], row["payload"], row["text"]) for row in select(db, sql, (record_id,))]


def reseal(db: Database, unit_id: str, payload: str, shown: str) -> None:
    """Replace a Unit's text by its sealed form; what was not acknowledged is chained anew."""
    sql = "UPDATE outbox SET payload = ?, shown = ? WHERE unit_id = ?"
    db.execute(sql, (payload, shown, unit_id))
    sql = (
        "SELECT o.incarnation, o.n, c.acked FROM outbox o JOIN chain c USING (incarnation)"
        " WHERE unit_id = ?"
    )
    row = select(db, sql, (unit_id,))[0]
    if row["n"] > row["acked"]:
        _chain_from(db, row["incarnation"], row["n"])


def _chain_from(db: Database, incarnation: int, n: int) -> None:
    # What came before may have been pruned; its hash is kept where it is needed.
    prev = one(db, "SELECT prev FROM outbox WHERE incarnation = ? AND n = ?", (incarnation, n))
    sql = "SELECT n, payload FROM outbox WHERE incarnation = ? AND n >= ? ORDER BY n"
    for row in select(db, sql, (incarnation, n)):
        line = line_hash(prev, row["payload"])
        where = (prev, line, incarnation, row["n"])
        db.execute("UPDATE outbox SET prev = ?, hash = ? WHERE incarnation = ? AND n = ?", where)
        prev = line
    db.execute("UPDATE chain SET last_hash = ? WHERE incarnation = ?", (prev, incarnation))


def move_log(db: Database, beyond: int) -> int:
    """Give the whole log of this incarnation a new one, above ``beyond`` (R6); its number."""
    old, _, _ = tip(db)
    fresh = max(old, beyond) + 1
    begin_chain(db, fresh)
    prev, n = "", 0
    for row in select(db, "SELECT * FROM outbox WHERE incarnation = ? ORDER BY n", (old,)):
        n, line = n + 1, line_hash(prev, row["payload"])
        db.execute(
            "UPDATE outbox SET incarnation = ?, n = ?, prev = ?, hash = ? WHERE unit_id = ?",
            (fresh, n, prev, line, row["unit_id"]),
        )
        prev = line
    sql = "UPDATE chain SET last_n = ?, last_hash = ? WHERE incarnation = ?"
    db.execute(sql, (n, prev, fresh))
    return fresh


def is_rewritten(lines: Iterable[Row]) -> bool:
    """Whether a line that must be sent was sealed after the registry had it in clear.

    It no longer has the hash it was chained with, so the log needs a new incarnation to go again.
    """
    return any(
        row["hash"] != line_hash(row["prev"], row["payload"])
        for row in lines
        if frames.is_sealed(row["payload"])
    )


def held(db: Database) -> list[Row]:
    """Every line that is kept here, in order: the log above what a backup holds."""
    return select(db, "SELECT * FROM outbox ORDER BY incarnation, n")


def unsent(db: Database) -> list[Row]:
    """The lines that the registry has not acknowledged, in order."""
    return select(db, f"SELECT o.* {_UNSENT} ORDER BY o.incarnation, o.n")


def count_unsent(db: Database) -> int:
    """How many lines the registry has not acknowledged."""
    return int(one(db, f"SELECT count(*) {_UNSENT}"))


# The chains first, so that what has been acknowledged is not looked through.
_UNSENT = "FROM chain c CROSS JOIN outbox o ON o.incarnation = c.incarnation WHERE o.n > c.acked"


def waits(db: Database) -> bool:
    """Whether the registry has not acknowledged all of it."""
    sql = "SELECT 1 FROM outbox JOIN chain USING (incarnation) WHERE n > acked LIMIT 1"
    return one(db, sql) is not None


def kilobytes(db: Database) -> int:
    """How much has not been acknowledged."""
    sql = "SELECT sum(length(payload)) FROM outbox JOIN chain USING (incarnation) WHERE n > acked"
    return (one(db, sql) or 0) // 1000


def lowest_held(db: Database) -> dict[str, int]:
    """The lowest n held of each incarnation that is held at all, and of the present one (R5)."""
    incarnation, n, _ = tip(db)
    lowest = "SELECT min(n) FROM outbox o WHERE o.incarnation = c.incarnation"
    found = select(db, f"SELECT incarnation, ({lowest}) AS n FROM chain c")
    held = {str(row["incarnation"]): row["n"] for row in found if row["n"] is not None}
    return {str(incarnation): n + 1, **held}


def mark(db: Database, results: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Keep what became of Units; {unit id: outcome} of what is news.

    An outcome in force is not taken back by an older word that it is held.
    """
    news: dict[str, str] = {}
    inforce = _outcomes(db, [unit_id for unit_id, *_ in results])
    kept = []
    for unit_id, outcome, *rest in results:
        before = inforce.get(unit_id)
        known = unit_id in inforce
        if not known or not outcome or (before in DONE and outcome in (HELD, DUPLICATE)):
            continue
        if outcome != before:
            news[unit_id] = inforce[unit_id] = outcome
        kept.append((outcome, *rest, unit_id))
    sql = "UPDATE outbox SET outcome = ?, seq = ?, reason = ?, sentence = ? WHERE unit_id = ?"
    db.conn.executemany(sql, kept)
    return news


def of_runs(db: Database, runs: Mapping[str, Sequence[Any]]) -> Iterator[list[Any]]:
    """Results that were told by the numbers of their Units, as ``mark`` takes them."""
    sql = "SELECT unit_id FROM outbox WHERE incarnation = ? AND n >= ? ORDER BY n LIMIT ?"
    for incarnation, told in runs.items():
        for first, outcomes, steps in told:
            units = select(db, sql, (int(incarnation), first, len(outcomes)))
            numbers = accumulate(steps)
            for row, outcome, number in zip(units, outcomes, numbers, strict=False):
                yield [row["unit_id"], outcome, number, "", ""]


def _outcomes(db: Database, unit_ids: Sequence[str]) -> dict[str, str | None]:
    """What became of these Units so far, as far as they are held here."""
    return {
        row["unit_id"]: row["outcome"]
        for part in parts(unit_ids)
        for row in select(
            db, f"SELECT unit_id, outcome FROM outbox WHERE unit_id IN ({marks(part)})", part
        )
    }


def acknowledge(db: Database, last: Mapping[int, int]) -> int:
    """Keep how far the registry has these chains; how many Units it has that it never had before.

    A registry that was restored has fewer: what it lost lies on top again and is sent again.
    """
    gained = 0
    for incarnation, n in last.items():
        where = (incarnation, n)
        db.execute(
            "UPDATE outbox SET open = 1, outcome = NULL, seq = NULL, arrived_at = NULL"
            " WHERE incarnation = ? AND n > ? AND arrived_at IS NOT NULL",
            where,
        )
        sql = "SELECT acked FROM chain WHERE incarnation = ?"
        acked = one(db, sql, (incarnation,))
        if n == acked:
            continue
        # Up to there they have arrived already.
        sql = (
            "UPDATE outbox SET arrived_at = ?"
            " WHERE incarnation = ? AND n <= ? AND n > ? AND arrived_at IS NULL"
        )
        gained += int(db.execute(sql, (moments.now(), *where, acked)).rowcount)
        db.execute("UPDATE chain SET acked = ? WHERE incarnation = ?", (n, incarnation))
    return gained


def chains(db: Database) -> list[int]:
    """The incarnations of this laptop."""
    return [row["incarnation"] for row in select(db, "SELECT incarnation FROM chain")]


def end_overlays(db: Database, head: int) -> list[str]:
    """Close the Units whose result lies within this snapshot (R2); their ids."""
    where = f"open = 1 AND outcome IN ({marks(DONE)}) AND coalesce(seq, 0) <= ?"
    ended = select(db, f"SELECT unit_id FROM outbox WHERE {where}", (*DONE, head))
    if ended:
        db.execute(f"UPDATE outbox SET open = 0 WHERE {where}", (*DONE, head))
    return [row["unit_id"] for row in ended]
