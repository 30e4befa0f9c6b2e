"""Keeping arrivals: stored with their outcome, found again by their key."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress

import sqlalchemy as sa

from schema.change import Outcome, Source, Unit
from schema.ids import is_id
from server import bulk, moments
from server.arrivals import payloads
from server.arrivals.tables import Row, arrival, arrival_wait, rows

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
VIA = {"a": "web", "i": "import", "s": "shell"}
PART = 500
Stored = tuple[Source, str, Outcome]


def known(conn: sa.Connection, chain: str, key: str) -> Outcome | None:
    """What became of what came under this key before, or None. Its records are those it named."""
    return known_many(conn, chain, [key]).get(key)


def known_many(conn: sa.Connection, chain: str, keys: Sequence[str]) -> dict[str, Outcome]:
    """What became of what came under these keys before."""
    found: dict[str, Outcome] = {}
    for start in range(0, len(keys), PART):
        query = sa.select(arrival).where(
            arrival.c.chain == chain,
            arrival.c.key.in_(keys[start : start + PART]),
            arrival.c.outcome.is_not(None),
        )
        for row in rows(conn, query):
            found[row["key"]] = outcome_of(row)
    return found


def units(conn: sa.Connection, unit_ids: Sequence[str]) -> dict[str, Unit]:
    """What these Units say, as they came; of a line that is no Unit nothing."""
    found: dict[str, Unit] = {}
    for start in range(0, len(unit_ids), PART):
        some = arrival.c.unit_id.in_(unit_ids[start : start + PART])
        for row in rows(conn, sa.select(arrival).where(arrival.c.acting, some)):
            with suppress(payloads.Unreadable):
                found[row["unit_id"]] = payloads.read(row["payload"])
    return found


def store(conn: sa.Connection, source: Source, unit_text: str, outcome: Outcome) -> None:
    """Keep a Unit with what became of it, in the transaction that applies it."""
    store_many(conn, [(source, unit_text, outcome)])


def store_many(conn: sa.Connection, stored: Iterable[Stored]) -> None:
    """Keep Units with what became of them, in the transaction that applies them."""
    at = moments.moment()
    bulk.insert_rows(conn, arrival, COLUMNS, [_row(conn, at, *one) for one in stored])


def _row(conn: sa.Connection, at: str, source: Source, text: str, outcome: Outcome) -> bulk.Row:
    return (
        source.chain,
        source.key,
        source.n,
        bulk.encoded_id(conn, outcome.unit),
        True,
        None,
        None,
        text,
        at,
        VIA.get(source.chain[0], "other"),
        bulk.encoded_id(conn, source.author) if is_id(source.author) else None,
        None,
        1,
        outcome.outcome,
        outcome.seq,
        outcome.reason,
        outcome.sentence,
        json.dumps(outcome.missing),
    )


def outcome_of(row: Row) -> Outcome:
    """A stored outcome. Its records are those the Unit names: what it derived is in the history."""
    return Outcome(
        row["unit_id"],
        row["outcome"],
        row["seq"],
        row["reason"],
        row["sentence"],
        tuple(json.loads(row["missing"])),
        records=_named(row["payload"]),
    )


def _named(payload: str) -> tuple[tuple[str, str], ...]:
    try:
        unit = payloads.read(payload)
    except payloads.Unreadable:
        return ()
    return tuple(dict.fromkeys((change.entity, change.record) for change in unit.changes))


def undecided(conn: sa.Connection) -> list[str]:
    """The text of every Unit that is held, closed ones too, or waits to be judged."""
    still = sa.or_(arrival.c.outcome.is_(None), arrival.c.outcome == sa.literal_column("'held'"))
    return list(conn.execute(sa.select(arrival.c.payload).where(still)).scalars())


def waiting_for(conn: sa.Connection, ids: Sequence[str]) -> list[str]:
    """The Units that are held until one of these comes."""
    if not conn.execute(sa.select(arrival_wait.c.unit_id).limit(1)).first():
        return []
    found: dict[str, None] = {}
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        query = sa.select(arrival_wait.c.unit_id).where(arrival_wait.c.missing.in_(part))
        found.update(dict.fromkeys(conn.execute(query).scalars()))
    return list(found)
