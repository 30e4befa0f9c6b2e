"""The stock of a store as this laptop knows it: the same reckoning as the registry's, over fewer rows."""

from collections.abc import Iterator

from sqlite_utils import Database

from field_client.store import rows
from field_client.store.rows import Row
from schema.custody import Item
from schema.entities import hanging_on
from schema.inventory import EVENTS, item_of
from schema.record import Record
from schema.stock import Ledger, ledger

MOST = 200


def account(db: Database, store_id: str, on: str) -> Ledger:
    """The ledger of a store at the end of a day. What has moved on is no longer here to be counted."""
    found = ledger(_items(db, store_id), on)
    lines = {key: line for key, line in found.lines.items() if key[0] == store_id}
    return Ledger(lines, found.odd)


def _items(db: Database, store_id: str) -> Iterator[Item]:
    for noun, event in EVENTS.items():
        name = f"{noun}_id"
        where = f'"{name}" IN (SELECT id FROM "{noun}" WHERE store_id = ?)'
        steps: dict[str, list[Record]] = {}
        for row in rows.fetch_where(db, event, where, (store_id,)):
            steps.setdefault(row[name], []).append(Record(event, row["id"], row))
        for row in rows.fetch_where(db, noun, "store_id = ? AND withdrawn_at IS NULL", (store_id,)):
            yield item_of(Record(noun, row["id"], row), steps.get(row["id"], ()))


def listed(db: Database, noun: str, store_id: str) -> list[Row]:
    """The newest records of a noun in this store."""
    where = f"store_id = ? AND withdrawn_at IS NULL ORDER BY id DESC LIMIT {MOST}"
    return rows.fetch_where(db, noun, where, (store_id,))


def hanging(db: Database, noun: str, record_id: str) -> dict[str, list[Row]]:
    """What hangs on a record, by noun, the oldest first."""
    return {
        child.noun: rows.fetch_where(db, child.noun, f'"{name}" = ? ORDER BY id', (record_id,))
        for child, name in hanging_on(noun)
    }


def stored(db: Database, noun: str, store_id: str) -> list[Row]:
    """All records of a noun that are in this store, and not on their way, out or gone."""
    where = "store_id = ? AND state IS NULL AND withdrawn_at IS NULL ORDER BY id"
    return rows.fetch_where(db, noun, where, (store_id,))
