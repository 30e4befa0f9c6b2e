"""Whether a laptop and the registry come to the same, and what is saved on the way there."""

from collections.abc import Iterator

from sqlite_utils import Database

from field_client import home
from field_client.store import digests, facts, rows, saving
from schema import frames
from schema.change import Change
from schema.digest import entry_hash
from schema.entities import ENTITIES
from server import digests as there
from server.db import reading
from server.tables import bucket
from tests.field_client import acting
from tests.field_client.registry import Registry
from tests.schema.programme import A

MANY = 300


def person(**values: object) -> Change:
    """A grown man of the caseload that the registry calls A."""
    return acting.person(**{"caseload_id": A, **values})


def case(who: Change) -> Change:
    """An adult's case there."""
    return acting.case(who, caseload_id=A)


def save(laptop: home.Unlocked, *changes: Change) -> None:
    """Save a Unit on a laptop."""
    with laptop.opened() as db:
        saving.save(db, list(changes))


def edit(laptop: home.Unlocked, noun: str, record_id: str, **values: object) -> None:
    """Save new values of a record on a laptop."""
    with laptop.opened() as db:
        acting.edit(db, noun, record_id, **values)


def told(registry: Registry) -> dict[str, tuple[int, int]]:
    """What the registry's buckets come to."""
    with registry.app.app_context(), reading() as conn:
        names = {
            row.id: frames.bucket_name(row.compartment, row.scope)
            for row in conn.execute(bucket.select())
        }
        return {names[number]: digest for number, digest in there.told(conn, names).items()}


def kept(laptop: home.Unlocked) -> dict[str, tuple[int, int]]:
    """What a laptop's buckets come to."""
    with laptop.opened() as db:
        return {name: tuple(digest) for name, digest in facts.get(db, "digests").items()}


def agrees(laptop: home.Unlocked, registry: Registry) -> bool:
    """Whether every bucket kept here comes to what it comes to there, and its kept hashes are true."""
    everywhere = told(registry)
    with laptop.opened() as db:
        readable = [
            name for name, verbs in facts.get(db, "told")["buckets"].items() if "read" in verbs
        ]
        found = digests.agreement(db)
        assert found
        true = all(map(_is_true, _hashed(db)))
    mine = {name: digest for name, digest in everywhere.items() if name in readable}
    return true and not found.unequal and kept(laptop) == mine


def _hashed(db: Database) -> Iterator[tuple[int | None, str, rows.Row]]:
    for entity in ENTITIES:
        for row in rows.select(db, f'SELECT * FROM "{entity.noun}"'):
            yield row["entry_hash"], entity.noun, rows.understood(entity.noun, row)


def _is_true(one: tuple[int | None, str, rows.Row]) -> bool:
    hashed, noun, row = one
    return hashed is None or hashed == entry_hash(rows.as_record(noun, row))


def person_row(db: Database, record_id: str) -> rows.Row:
    """A person as this laptop shows them."""
    found = rows.fetch(db, "person", record_id)
    assert found
    return found
